//! `--upstream`: another OpenAI-compatible server on this machine answers; the sandbox meters.

use std::{io, sync::Arc, time::Duration};

use axum::{body::Bytes, http::StatusCode, response::Response};
use futures_util::StreamExt;
use serde_json::{Value, json};
use tokio::sync::mpsc::{self, Sender};
use url::Url;

use super::{chunks::Chunks, event_stream, meter::Meter, request::ChatRequest};
use crate::{
    api::models::{Model, upstream_model},
    control::count,
    provider::Provider,
    reply::{ApiError, ok},
};

/// How long the upstream may take to begin.
const FIRST_BYTE: Duration = Duration::from_secs(120);
/// The longest line of a stream, and the longest answer in one piece, in bytes.
const LONGEST_LINE: usize = 4 << 20;

/// The upstream's models, at a price of ours.
pub(crate) async fn models(provider: &Provider, upstream: &Url) -> Result<Vec<Model>, ApiError> {
    let request = provider
        .http
        .get(address(upstream, "models"))
        .timeout(Duration::from_secs(10));
    let list: Value = request
        .send()
        .await
        .map_err(|_| unavailable())?
        .json()
        .await
        .map_err(|_| unavailable())?;
    let ids = list["data"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|model| model["id"].as_str());
    Ok(ids.map(upstream_model).collect())
}

/// Sends the request on and the answer back.
pub(crate) async fn forward(
    provider: &Arc<Provider>,
    upstream: &Url,
    request: &ChatRequest,
    meter: Meter,
) -> Result<Response, ApiError> {
    let mut body = request.raw.clone();
    if request.stream {
        body["stream_options"] = json!({ "include_usage": true });
    }
    let sending = provider
        .http
        .post(address(upstream, "chat/completions"))
        .json(&body)
        .send();
    let answer = match tokio::time::timeout(FIRST_BYTE, sending).await {
        Ok(Ok(answer)) if answer.status().is_success() => answer,
        Ok(Ok(answer)) => {
            meter.waive();
            let status = if answer.status().is_client_error() {
                answer.status()
            } else {
                StatusCode::BAD_GATEWAY
            };
            return Err(ApiError::new(
                status,
                "upstream_error",
                format!("The upstream answered {}.", answer.status().as_u16()),
            ));
        }
        Ok(Err(_)) | Err(_) => {
            meter.waive();
            return Err(unavailable());
        }
    };
    let chunks = Chunks::new(
        provider.dialect(),
        request.model.clone(),
        request.include_usage,
    );
    if request.stream {
        let (sender, receiver) = mpsc::channel(16);
        tokio::spawn(relay(Arc::clone(provider), answer, chunks, meter, sender));
        return Ok(event_stream(receiver));
    }
    whole(answer, &chunks, meter).await
}

async fn whole(
    answer: reqwest::Response,
    chunks: &Chunks,
    mut meter: Meter,
) -> Result<Response, ApiError> {
    let Ok(mut body) = answer.json::<Value>().await else {
        meter.waive();
        return Err(unavailable());
    };
    take_usage(&mut meter, &body["usage"]);
    if body["usage"].is_null() {
        meter.produced(
            body["choices"][0]["message"]["content"]
                .as_str()
                .map_or(0, str::len),
        );
        body["usage"] = chunks.usage(&meter);
    }
    let settlement = meter.bill().await;
    chunks.add_bill(&mut body, settlement);
    Ok(ok(&body))
}

/// Passes deltas through, holds back usage and `[DONE]`, and closes in the dialect's own way.
async fn relay(
    provider: Arc<Provider>,
    answer: reqwest::Response,
    chunks: Chunks,
    mut meter: Meter,
    sender: Sender<Result<Bytes, io::Error>>,
) {
    let mut incoming = answer.bytes_stream();
    let mut buffer = Vec::new();
    loop {
        let received = tokio::select! {
            received = incoming.next() => received,
            () = sender.closed() => {
                count(&provider.tally.cancelled_chats);
                return;
            }
            () = provider.stop.cancelled() => return,
        };
        let Some(received) = received else { break };
        let Ok(bytes) = received else {
            // What the upstream broke, breaks here too; a client that is gone does not mind.
            let _ = sender
                .send(Err(io::Error::from(io::ErrorKind::ConnectionReset)))
                .await;
            return;
        };
        buffer.extend_from_slice(&bytes);
        while let Some(end) = buffer.iter().position(|byte| *byte == b'\n') {
            let line: Vec<u8> = buffer.drain(..=end).collect();
            if let Some(event) = passed_on(&String::from_utf8_lossy(&line), &mut meter)
                && sender.send(Ok(event)).await.is_err()
            {
                count(&provider.tally.cancelled_chats);
                return;
            }
        }
        if buffer.len() > LONGEST_LINE {
            return;
        }
    }
    let usage = chunks.usage(&meter);
    let settlement = meter.bill().await;
    let closing = chunks
        .closing(usage, settlement)
        .map_or_else(String::new, |chunk| format!("data: {chunk}\n\n"));
    // The answer is complete and paid; a client that left before its last line does not need it.
    let _ = sender
        .send(Ok(Bytes::from(format!("{closing}data: [DONE]\n\n"))))
        .await;
}

/// One event for the client, or `None` for a line that is not passed on.
fn passed_on(line: &str, meter: &mut Meter) -> Option<Bytes> {
    let data = line.strip_prefix("data:")?.trim();
    let chunk: Value = serde_json::from_str(data).ok()?;
    take_usage(meter, &chunk["usage"]);
    let choice = chunk["choices"].get(0)?;
    for field in ["content", "reasoning_content", "reasoning"] {
        meter.produced(choice["delta"][field].as_str().map_or(0, str::len));
    }
    Some(Bytes::from(format!("data: {chunk}\n\n")))
}

fn take_usage(meter: &mut Meter, usage: &Value) {
    if let (Some(prompt), Some(completion)) = (
        usage["prompt_tokens"].as_u64(),
        usage["completion_tokens"].as_u64(),
    ) {
        meter.counted(prompt, completion);
    }
}

fn address(upstream: &Url, path: &str) -> String {
    format!("{}/{path}", upstream.as_str().trim_end_matches('/'))
}

fn unavailable() -> ApiError {
    ApiError::new(
        StatusCode::BAD_GATEWAY,
        "upstream_error",
        "The upstream does not answer.",
    )
}
