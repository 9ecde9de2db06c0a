//! Opening a chat stream.

use bytes::Bytes;
use futures_util::stream;
use reqwest::Response;
use reqwest::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_TYPE, HeaderMap};
use serde_json::Value;
use tokio_util::sync::CancellationToken;

use super::{Api, Subject, accepted, not_json, read_bounded};
use crate::chat::{ChatRequest, ChatStream, StreamLimits};
use crate::error::{ApiError, ErrorBody, UnreadableAnswer, stream_verdict};
use crate::profile::joined;

/// Most bytes of an answer that came whole.
const WHOLE_ANSWER: u64 = 16 << 20;
/// Headers with the provider's own id of an invocation.
const INVOCATION_HEADERS: [&str; 3] = ["x-chutes-invocationid", "x-generation-id", "x-request-id"];

impl Api {
    /// A refusal for want of a scope that does not say which: the profile knows what answers take.
    fn with_chat_scope(&self, error: ApiError) -> ApiError {
        match error {
            ApiError::InsufficientScope {
                scope: None,
                detail,
            } => ApiError::InsufficientScope {
                scope: self.profile.feature_scopes.answers.clone(),
                detail,
            },
            other => other,
        }
    }

    /// Sends the request and waits for the answer to begin.
    pub(crate) async fn open_chat(
        &self,
        request: &ChatRequest,
        limits: &StreamLimits,
        cancel: &CancellationToken,
    ) -> Result<ChatStream, ApiError> {
        let url = joined(&self.profile.api_base, "chat/completions");
        self.check(&url)?;
        let body = request.body();
        let request = || {
            self.http
                .inner()
                .post(url.clone())
                .header(ACCEPT, "text/event-stream")
                // Compression would hold text back on its way.
                .header(ACCEPT_ENCODING, "identity")
                .json(&body)
        };
        let response = self.with_token(request, limits.first_byte).await?;
        let response = accepted(response, Subject::Model).await;
        let response = response.map_err(|error| self.with_chat_scope(error))?;
        let invocation_id = invocation_id(response.headers());
        let play_money = self.profile.play_money;
        match content_type(response.headers()).as_str() {
            "text/html" => {
                let bytes = read_bounded(response, WHOLE_ANSWER).await?;
                let detail = ErrorBody::read(&bytes).detail();
                let what = UnreadableAnswer::Html;
                Err(ApiError::Unreadable { what, detail })
            }
            "application/json" => {
                let event = whole_answer(response, limits).await?;
                let body = stream::iter([Ok(event)]);
                Ok(ChatStream::new(
                    body,
                    invocation_id,
                    play_money,
                    *limits,
                    cancel.clone(),
                ))
            }
            _ => {
                let body = response.bytes_stream();
                Ok(ChatStream::new(
                    body,
                    invocation_id,
                    play_money,
                    *limits,
                    cancel.clone(),
                ))
            }
        }
    }
}

/// An answer that came in one piece, as one event of a stream; or the error that came with 200.
async fn whole_answer(response: Response, limits: &StreamLimits) -> Result<Bytes, ApiError> {
    let reading = read_bounded(response, WHOLE_ANSWER.min(limits.line as u64));
    let bytes = tokio::time::timeout(limits.first_byte, reading).await;
    let bytes = bytes.map_err(|_| ApiError::Stalled {
        after: limits.first_byte,
    })??;
    let value: Value = serde_json::from_slice(&bytes).map_err(|_| not_json(&bytes))?;
    let has_choices = value.get("choices").is_some_and(Value::is_array);
    match ErrorBody::of_answer(&value) {
        Some(refusal) if !has_choices => Err(match stream_verdict(&refusal) {
            ApiError::StreamInterrupted { detail } => ApiError::ProviderFailing {
                status: refusal.status,
                detail,
            },
            other => other,
        }),
        _ => Ok(Bytes::from(format!("data: {value}\n\n"))),
    }
}

fn content_type(headers: &HeaderMap) -> String {
    let value = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let essence = value
        .and_then(|value| value.split(';').next())
        .unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

fn invocation_id(headers: &HeaderMap) -> Option<String> {
    let value = INVOCATION_HEADERS
        .iter()
        .find_map(|name| headers.get(*name))?;
    let is_plain = |byte: u8| byte.is_ascii_graphic();
    let text = value.to_str().ok()?;
    (text.len() <= 128 && !text.is_empty() && text.bytes().all(is_plain)).then(|| text.to_owned())
}
