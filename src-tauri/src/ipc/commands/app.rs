//! The application as a whole.

use tauri::{AppHandle, Runtime, State};

use super::Answer;
use crate::ipc::CoreHandle;
use crate::ipc::contract::AppView;
use crate::ipc::view;
use crate::window;

/// The page asks this first, so it is as large as it was left before it shows anything.
#[tauri::command]
pub(crate) async fn app_get<R: Runtime>(
    app: AppHandle<R>,
    core: State<'_, CoreHandle>,
) -> Answer<AppView> {
    let core = core.core().await?;
    window::suit(&app, &core.preferences());
    Ok(view::app(&core))
}
