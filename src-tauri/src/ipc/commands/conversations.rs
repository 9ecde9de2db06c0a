//! Conversations, their drafts, and the search through them.

use tauri::State;

use super::Answer;
use crate::ipc::CoreHandle;
use crate::ipc::contract::{ConversationDetail, ConversationView, SearchHitView};
use crate::ipc::view;

#[tauri::command]
pub(crate) async fn conversations_list(
    core: State<'_, CoreHandle>,
) -> Answer<Vec<ConversationView>> {
    let core = core.core().await?;
    let rows = core.conversations().await?;
    Ok(rows.into_iter().map(view::conversation).collect())
}

#[tauri::command]
pub(crate) async fn conversation_open(
    core: State<'_, CoreHandle>,
    conversation_id: String,
) -> Answer<ConversationDetail> {
    let open = core.core().await?.conversation(&conversation_id).await?;
    Ok(view::conversation_detail(open))
}

#[tauri::command]
pub(crate) async fn conversation_rename(
    core: State<'_, CoreHandle>,
    conversation_id: String,
    title: String,
) -> Answer<()> {
    Ok(core
        .core()
        .await?
        .rename_conversation(&conversation_id, &title)
        .await?)
}

#[tauri::command]
pub(crate) async fn conversation_delete(
    core: State<'_, CoreHandle>,
    conversation_id: String,
) -> Answer<()> {
    Ok(core
        .core()
        .await?
        .delete_conversation(&conversation_id)
        .await?)
}

#[tauri::command]
pub(crate) async fn conversation_restore(
    core: State<'_, CoreHandle>,
    conversation_id: String,
) -> Answer<()> {
    Ok(core
        .core()
        .await?
        .restore_conversation(&conversation_id)
        .await?)
}

/// Hits of one search that are shown: more than anybody reads.
const HITS: u32 = 50;
#[tauri::command]
pub(crate) async fn search(
    core: State<'_, CoreHandle>,
    words: String,
) -> Answer<Vec<SearchHitView>> {
    let hits = core.core().await?.search(&words, None, HITS).await?;
    Ok(hits.into_iter().map(view::search_hit).collect())
}

#[tauri::command]
pub(crate) async fn draft_get(
    core: State<'_, CoreHandle>,
    conversation_id: Option<String>,
) -> Answer<String> {
    Ok(core.core().await?.draft(conversation_id.as_deref()).await?)
}

#[tauri::command]
pub(crate) async fn draft_save(
    core: State<'_, CoreHandle>,
    conversation_id: Option<String>,
    text: String,
) -> Answer<()> {
    Ok(core
        .core()
        .await?
        .save_draft(conversation_id.as_deref(), &text)
        .await?)
}
