//! Conversations out of the app, and into it; what a conversation tells the model beside its messages.

use tauri::ipc::Request;
use tauri::{AppHandle, Runtime, State};
use tauri_plugin_dialog::DialogExt as _;
use tokio::sync::oneshot;
use tuppence_core::Failure;

use super::Answer;
use super::attachments::body;
use crate::ipc::CoreHandle;
use crate::ipc::contract::{CompositionView, ExportParams, ExportedView, ImportedView};
use crate::ipc::view;

/// Asks where to, and writes there; nothing for a person who thinks better of it.
#[tauri::command]
pub(crate) async fn conversations_export<R: Runtime>(
    app: AppHandle<R>,
    core: State<'_, CoreHandle>,
    params: ExportParams,
) -> Answer<Option<ExportedView>> {
    let core = core.core().await?;
    let export = view::export(&params);
    let conversation = params.conversation_id.as_deref();
    let name = core.export_name(conversation).await?;
    let (answer, asked) = oneshot::channel();
    app.dialog()
        .file()
        .set_file_name(format!("{name}.{}", export.extension()))
        .add_filter(export.extension(), &[export.extension()])
        .save_file(move |path| {
            // The window may be gone by then.
            let _ = answer.send(path);
        });
    let Ok(Some(path)) = asked.await else {
        return Ok(None);
    };
    let path = path.into_path().map_err(Failure::internal)?;
    let exported = core.export(conversation, export, &path);
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
