//! Diagrams of an answer, once a person asks for them.

use tauri::State;

use super::Answer;
use crate::ipc::CoreHandle;
use crate::ipc::contract::DrawingView;
use crate::ipc::view;

#[tauri::command]
pub(crate) async fn diagram_draw(
    core: State<'_, CoreHandle>,
    source: String,
) -> Answer<DrawingView> {
    let drawing = core.core().await?.draw_diagram(&source).await?;
    Ok(view::drawing(drawing))
}
