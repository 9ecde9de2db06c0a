//! Images of an answer, once a person asks for them.

use tauri::State;

use super::Answer;
use crate::ipc::CoreHandle;
use crate::ipc::contract::RemoteImageView;
use crate::ipc::view;

#[tauri::command]
pub(crate) async fn remote_image_get(
    core: State<'_, CoreHandle>,
    url: String,
) -> Answer<RemoteImageView> {
    let image = core.core().await?.remote_image(&url).await;
    Ok(view::remote_image(image))
}
