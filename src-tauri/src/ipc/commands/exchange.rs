//! Conversations out of the app, and into it; what a conversation tells the model beside its messages.

use tauri::ipc::Request;
use tauri::{AppHandle, Runtime, State};
use tauri_plugin_dialog::DialogExt as _;
use tokio::sync::oneshot;
use tuppence_core::Failure;

use super::Answer;
use super::attachments::body;
use crate::ipc::CoreHandle;
use crate::ipc::contract::{CompositionView, ExportFormat, ExportedView, ImportedView};
use crate::ipc::view;

/// Asks where to, and writes there; nothing for a person who thinks better of it.
#[tauri::command]
pub(crate) async fn conversations_export<R: Runtime>(
    app: AppHandle<R>,
    core: State<'_, CoreHandle>,
    conversation_id: Option<String>,
    format: ExportFormat,
) -> Answer<Option<ExportedView>> {
    let core = core.core().await?;
    let format = view::export_format(format);
    let name = core.export_name(conversation_id.as_deref()).await?;
    let (answer, asked) = oneshot::channel();
    app.dialog()
        .file()
        .set_file_name(format!("{name}.{}", format.extension()))
        .add_filter(format.extension(), &[format.extension()])
        .save_file(move |path| {
            // The window may be gone by then.
            let _ = answer.send(path);
        });
    let Ok(Some(path)) = asked.await else {
        return Ok(None);
    };
    let path = path.into_path().map_err(Failure::internal)?;
    let exported = core.export(conversation_id.as_deref(), format, &path);
    Ok(Some(view::exported(exported.await?)))
}

#[tauri::command]
pub(crate) async fn conversations_import(
    core: State<'_, CoreHandle>,
    request: Request<'_>,
) -> Answer<ImportedView> {
    let bytes = body(&request)?;
    Ok(view::imported(core.core().await?.import(bytes).await?))
}

#[tauri::command]
pub(crate) async fn composition_get(
    core: State<'_, CoreHandle>,
    conversation_id: String,
) -> Answer<CompositionView> {
    let core = core.core().await?;
    Ok(view::composition(core.composition(&conversation_id).await?))
}

#[tauri::command]
pub(crate) async fn composition_set(
    core: State<'_, CoreHandle>,
    conversation_id: String,
    composition: CompositionView,
) -> Answer<()> {
    let core = core.core().await?;
    let (instructions, parameters) = view::parameters(composition);
    Ok(core
        .set_composition(&conversation_id, &instructions, parameters)
        .await?)
}
