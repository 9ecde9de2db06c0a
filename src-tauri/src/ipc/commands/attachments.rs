//! Files that go with a person's words. Their bytes come as the request's body; the page names no path.

use tauri::State;
use tauri::ipc::{InvokeBody, Request, Response};
use tuppence_core::{AttachTo, Failure, FailureKind, Url};

use super::Answer;
use crate::ipc::CoreHandle;
use crate::ipc::contract::AttachmentView;
use crate::ipc::view;

/// What a body belongs to, as a query.
const ABOUT: &str = "x-about";

#[tauri::command]
pub(crate) async fn attachment_add(
    core: State<'_, CoreHandle>,
    request: Request<'_>,
) -> Answer<AttachmentView> {
    let (name, conversation) = (about(&request, "name"), about(&request, "conversation"));
    let (core, bytes) = (core.core().await?, body(&request)?);
    let to = AttachTo::Draft(conversation);
    let attached = core
        .attach_file(to, &name.unwrap_or_default(), bytes)
        .await?;
    Ok(view::attachment(attached))
}

#[tauri::command]
pub(crate) async fn attachment_remove(
    core: State<'_, CoreHandle>,
    attachment_id: String,
) -> Answer<()> {
    Ok(core.core().await?.remove_attachment(&attachment_id).await?)
}

#[tauri::command]
pub(crate) async fn attachments_of_draft(
    core: State<'_, CoreHandle>,
    conversation_id: Option<String>,
) -> Answer<Vec<AttachmentView>> {
    let core = core.core().await?;
    let attachments = core.draft_attachments(conversation_id.as_deref()).await?;
    Ok(attachments.into_iter().map(view::attachment).collect())
}

#[tauri::command]
pub(crate) async fn attachment_bytes(
    core: State<'_, CoreHandle>,
    attachment_id: String,
) -> Answer<Response> {
    let (_, bytes) = core.core().await?.attachment(&attachment_id).await?;
    Ok(Response::new(bytes))
}

/// The bytes of a request, also where the platform can carry them as a list of numbers only.
pub(super) fn body(request: &Request<'_>) -> Answer<Vec<u8>> {
    match request.body() {
        InvokeBody::Raw(bytes) => Ok(bytes.clone()),
        InvokeBody::Json(list) => serde_json::from_value(list.clone())
            .map_err(|_| Failure::lasting(FailureKind::Internal, "the body is no file").into()),
    }
}

fn about(request: &Request<'_>, name: &str) -> Option<String> {
    let query = request.headers().get(ABOUT)?.to_str().ok()?;
    let url = Url::parse(&format!("about:body?{query}")).ok()?;
    let value = url
        .query_pairs()
        .find(|(key, _)| key == name)?
        .1
        .into_owned();
    Some(value).filter(|value| !value.is_empty())
}
