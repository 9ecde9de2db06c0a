//! Backups of the database.

use tauri::{AppHandle, Runtime, State};

use super::Answer;
use crate::ipc::CoreHandle;
use crate::ipc::contract::BackupView;
use crate::ipc::view;

#[tauri::command]
pub(crate) async fn backups_list(core: State<'_, CoreHandle>) -> Answer<Vec<BackupView>> {
    let backups = core.core().await?.backups().await?;
    Ok(backups.into_iter().map(view::backup).collect())
}

#[tauri::command]
pub(crate) async fn backup_make(core: State<'_, CoreHandle>) -> Answer<BackupView> {
    Ok(view::backup(core.core().await?.back_up().await?))
}

/// The app starts again: a database that is open cannot be replaced.
#[tauri::command]
pub(crate) async fn backup_restore<R: Runtime>(
    app: AppHandle<R>,
    core: State<'_, CoreHandle>,
    name: String,
) -> Answer<()> {
    core.core().await?.restore_at_next_start(&name).await?;
    app.request_restart();
    Ok(())
}

#[tauri::command]
pub(crate) async fn backups_purge(core: State<'_, CoreHandle>) -> Answer<u32> {
    Ok(view::count(core.core().await?.purge_backups().await?))
}
