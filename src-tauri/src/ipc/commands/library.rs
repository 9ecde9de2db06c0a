//! The list of conversations: where each lies, the archive, the bin, and finding words in all of it.

use tauri::State;

use super::Answer;
use crate::ipc::CoreHandle;
use crate::ipc::contract::{
    DeletedMessageView, EmptiedView, ListNamesView, ListPageView, ListParams, SearchHitView,
    SearchParams,
};
use crate::ipc::view;

/// Hits of one search that are shown: more than anybody reads.
const HITS: u32 = 50;
/// Rows of a list that cross at once, at most.
const PAGE: u32 = 2_000;

#[tauri::command]
pub(crate) async fn conversations_list(
    core: State<'_, CoreHandle>,
    params: ListParams,
) -> Answer<ListPageView> {
    let (shelf, after) = (
        view::shelf(params.shelf),
        params.after.map(view::list_place),
    );
    let core = core.core().await?;
    let page = core.list_page(shelf, after, params.count.min(PAGE)).await?;
    Ok(view::list_page(page))
}

#[tauri::command]
pub(crate) async fn conversation_names(core: State<'_, CoreHandle>) -> Answer<ListNamesView> {
    Ok(view::list_names(core.core().await?.list_names().await?))
}

#[tauri::command]
pub(crate) async fn conversation_rename(
    core: State<'_, CoreHandle>,
    conversation_id: String,
    title: String,
) -> Answer<()> {
    let core = core.core().await?;
    Ok(core.rename_conversation(&conversation_id, &title).await?)
}

#[tauri::command]
pub(crate) async fn conversation_pin(
    core: State<'_, CoreHandle>,
    conversation_id: String,
    pinned: bool,
) -> Answer<()> {
    let core = core.core().await?;
    Ok(core.pin_conversation(&conversation_id, pinned).await?)
}

#[tauri::command]
pub(crate) async fn conversation_archive(
    core: State<'_, CoreHandle>,
    conversation_id: String,
    archived: bool,
) -> Answer<()> {
    let core = core.core().await?;
    Ok(core
        .archive_conversation(&conversation_id, archived)
        .await?)
}

#[tauri::command]
pub(crate) async fn conversation_file(
    core: State<'_, CoreHandle>,
    conversation_id: String,
    folder: Option<String>,
) -> Answer<()> {
    let core = core.core().await?;
    Ok(core
        .file_conversation(&conversation_id, folder.as_deref())
        .await?)
}

#[tauri::command]
pub(crate) async fn conversation_delete(
    core: State<'_, CoreHandle>,
    conversation_id: String,
) -> Answer<()> {
    let core = core.core().await?;
    Ok(core.delete_conversation(&conversation_id).await?)
}

#[tauri::command]
pub(crate) async fn conversation_restore(
    core: State<'_, CoreHandle>,
    conversation_id: String,
) -> Answer<()> {
    let core = core.core().await?;
    Ok(core.restore_conversation(&conversation_id).await?)
}

#[tauri::command]
pub(crate) async fn messages_deleted(
    core: State<'_, CoreHandle>,
) -> Answer<Vec<DeletedMessageView>> {
    let deleted = core.core().await?.deleted_messages(None).await?;
    Ok(deleted.into_iter().map(view::deleted_message).collect())
}

#[tauri::command]
pub(crate) async fn bin_empty(core: State<'_, CoreHandle>) -> Answer<EmptiedView> {
    Ok(view::emptied(core.core().await?.empty_bin().await?))
}

#[tauri::command]
pub(crate) async fn search(
    core: State<'_, CoreHandle>,
    params: SearchParams,
) -> Answer<Vec<SearchHitView>> {
    let request = view::search_request(params);
    let hits = core.core().await?.search(request, HITS).await?;
    Ok(hits.into_iter().map(view::search_hit).collect())
}
