//! One conversation: its messages page by page, its branches, and its draft.

use tauri::State;

use super::Answer;
use crate::ipc::CoreHandle;
use crate::ipc::contract::{ConversationDetail, FoundView, MessagePage};
use crate::ipc::view;

#[tauri::command]
pub(crate) async fn conversation_open(
    core: State<'_, CoreHandle>,
    conversation_id: String,
    message_id: Option<String>,
) -> Answer<ConversationDetail> {
    let core = core.core().await?;
    let open = match message_id {
        None => core.conversation(&conversation_id).await?,
        Some(message) => core.conversation_at(&conversation_id, &message).await?,
    };
    Ok(view::conversation_detail(open))
}

#[tauri::command]
pub(crate) async fn messages_page(
    core: State<'_, CoreHandle>,
    conversation_id: String,
    first: u32,
    count: u32,
) -> Answer<MessagePage> {
    let core = core.core().await?;
    let page = core
        .messages(&conversation_id, first as usize, count as usize)
        .await?;
    Ok(view::message_page(page))
}

#[tauri::command]
pub(crate) async fn conversation_find(
    core: State<'_, CoreHandle>,
    conversation_id: String,
    words: String,
) -> Answer<Vec<FoundView>> {
    let core = core.core().await?;
    let found = core.find_in_conversation(&conversation_id, &words).await?;
    Ok(found.into_iter().map(view::found).collect())
}

#[tauri::command]
pub(crate) async fn branch_choose(
    core: State<'_, CoreHandle>,
    message_id: String,
) -> Answer<ConversationDetail> {
    let open = core.core().await?.choose_branch(&message_id).await?;
    Ok(view::conversation_detail(open))
}

#[tauri::command]
pub(crate) async fn message_delete(core: State<'_, CoreHandle>, message_id: String) -> Answer<()> {
    Ok(core.core().await?.delete_message(&message_id).await?)
}

#[tauri::command]
pub(crate) async fn message_restore(
    core: State<'_, CoreHandle>,
    message_id: String,
) -> Answer<ConversationDetail> {
    let open = core.core().await?.restore_message(&message_id).await?;
    Ok(view::conversation_detail(open))
}

#[tauri::command]
pub(crate) async fn draft_get(
    core: State<'_, CoreHandle>,
    conversation_id: Option<String>,
) -> Answer<String> {
    Ok(core.core().await?.draft(conversation_id.as_deref()).await?)
}

#[tauri::command]
pub(crate) async fn edit_draft_save(
    core: State<'_, CoreHandle>,
    message_id: String,
    text: Option<String>,
) -> Answer<()> {
    Ok(core
        .core()
        .await?
        .save_edit_draft(&message_id, text.as_deref())
        .await?)
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
