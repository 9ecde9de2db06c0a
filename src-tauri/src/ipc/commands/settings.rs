//! What the person chose, and where their data lies.

use tauri::{AppHandle, Runtime, State};

use super::Answer;
use crate::ipc::CoreHandle;
use crate::ipc::contract::{DataFolderView, SettingsView};
use crate::window;

#[tauri::command]
pub(crate) async fn settings_set<R: Runtime>(
    app: AppHandle<R>,
    core: State<'_, CoreHandle>,
    settings: SettingsView,
) -> Answer<()> {
    let preferences = settings.into();
    window::suit(&app, &preferences);
    Ok(core.core().await?.set_preferences(preferences).await?)
}

#[tauri::command]
pub(crate) async fn data_folder_get(core: State<'_, CoreHandle>) -> Answer<DataFolderView> {
    let path = core.core().await?.data_directory().display().to_string();
    Ok(DataFolderView { path })
}

#[tauri::command]
pub(crate) async fn data_folder_open(core: State<'_, CoreHandle>) -> Answer<()> {
    Ok(core.core().await?.open_data_directory().await?)
}

/// The person has read that the database was damaged; other notices hold for as long as their cause.
#[tauri::command]
pub(crate) async fn storage_notice_dismiss(core: State<'_, CoreHandle>) -> Answer<()> {
    Ok(core.core().await?.damage_read().await?)
}
