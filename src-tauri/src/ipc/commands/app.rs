//! The application as a whole.

use tauri::State;

use super::Answer;
use crate::ipc::CoreHandle;
use crate::ipc::contract::{AppView, SettingsView};
use crate::ipc::view;

#[tauri::command]
pub(crate) async fn app_get(core: State<'_, CoreHandle>) -> Answer<AppView> {
    Ok(view::app(&core.core().await?))
}

#[tauri::command]
pub(crate) async fn settings_set(
    core: State<'_, CoreHandle>,
    settings: SettingsView,
) -> Answer<()> {
    Ok(core.core().await?.set_preferences(settings.into()).await?)
}
