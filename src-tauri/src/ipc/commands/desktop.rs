//! What the desktop does for the page: its browser and its clipboard.

use tauri::{AppHandle, Runtime, State};
use tauri_plugin_clipboard_manager::ClipboardExt as _;
use tuppence_core::Failure;

use super::Answer;
use crate::ipc::CoreHandle;

#[tauri::command]
pub(crate) async fn link_open(core: State<'_, CoreHandle>, url: String) -> Answer<()> {
    Ok(core.core().await?.open_link(&url).await?)
}

#[tauri::command]
pub(crate) async fn message_copy<R: Runtime>(
    app: AppHandle<R>,
    core: State<'_, CoreHandle>,
    message_id: String,
) -> Answer<()> {
    let text = core.core().await?.message_text(&message_id).await?;
    copy(&app, &text)
}

#[tauri::command]
pub(crate) async fn text_copy<R: Runtime>(app: AppHandle<R>, text: String) -> Answer<()> {
    copy(&app, &text)
}

pub(super) fn copy<R: Runtime>(app: &AppHandle<R>, text: &str) -> Answer<()> {
    app.clipboard()
        .write_text(text)
        .map_err(|error| Failure::internal(error).into())
}

/// Empties the clipboard if it still holds this.
pub(super) fn take_back<R: Runtime>(app: &AppHandle<R>, text: &str) {
    let clipboard = app.clipboard();
    let holds_it = clipboard
        .read_text()
        .is_ok_and(|held| held.trim() == text.trim());
    if holds_it && let Err(error) = clipboard.clear() {
        tracing::warn!(%error, "the clipboard could not be emptied");
    }
}
