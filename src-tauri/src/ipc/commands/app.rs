//! The application as a whole.

use tauri::{AppHandle, Runtime, State};

use super::Answer;
use crate::ipc::CoreHandle;
use crate::ipc::contract::AppView;
use crate::ipc::view;
use crate::window;

/// A page that was not told with itself (`first_view`) asks this first, so it is as large as it was left
/// before it shows anything.
#[tauri::command]
pub(crate) async fn app_get<R: Runtime>(
    app: AppHandle<R>,
    core: State<'_, CoreHandle>,
) -> Answer<AppView> {
    core.page_asks();
    let core = core.core().await?;
    window::suit(&app, &core.preferences());
    Ok(view::app(&core))
}
