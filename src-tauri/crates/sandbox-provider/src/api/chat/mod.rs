//! `POST /v1/chat/completions`, streaming and not, metered per token.

mod chunks;
mod faults;
mod meter;
mod plan;
mod request;
mod stream;
mod upstream;

use std::sync::Arc;

use axum::{
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

pub(crate) use self::request::ChatRequest;
use self::{chunks::Chunks, meter::Meter, plan::Plan};
use super::{
    Caller,
    caller::unauthorized,
    models::{self, Model},
};
use crate::{
    books::{Account, Payer},
    config::{Dialect, Typing},
    control::count,
    grants::Key,
    provider::{Provider, locked},
    reply::{ApiError, ok},
    secrets::random_uuid,
};

pub(crate) use upstream::models as upstream_models;

/// The longest that an answer in one piece takes to arrive.
const LONGEST_WAIT: std::time::Duration = std::time::Duration::from_secs(2);

pub(crate) async fn completions(
    State(provider): State<Arc<Provider>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    count(&provider.tally.chats);
    let dialect = provider.dialect();
    let mut response = match answer(&provider, &headers, &body).await {
        Ok(response) => response,
        Err(error) => error.reply(dialect),
    };
    if dialect == Dialect::OpenRouter
        && let Ok(id) = HeaderValue::from_str(&format!("gen-{}", random_uuid()))
    {
        response.headers_mut().insert("x-generation-id", id);
    }
    if dialect == Dialect::Chutes {
        let headers = response.headers_mut();
        if let Ok(id) = HeaderValue::from_str(&random_uuid()) {
            headers.insert("x-chutes-invocationid", id);
        }
        headers.insert("x-chutes-rl-user", HeaderValue::from_static("60"));
    }
    response
}

async fn answer(
    provider: &Arc<Provider>,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Response, ApiError> {
    let caller = caller(provider, headers)?;
    if let Some(response) = faults::before_answer(provider).await {
        return response;
    }
    let request = ChatRequest::parse(provider.dialect(), body)?;
    let model = match &provider.config.upstream {
        Some(_) => models::upstream_model(&request.model),
        None => models::named(provider.dialect(), &request.model)
            .ok_or_else(|| no_such_model(provider.dialect(), &request.model))?,
    };
    if request.has_images() && !model.sees {
        return Err(ApiError::bad_request("this model takes no images"));
    }
    provider.tally.heard(&request);
    if provider.config.upstream.is_none() {
        refuse_too_long(provider, &request)?;
    }
    let meter = pay_for(provider, &caller, &model, &request)?;
    if let Some(upstream) = provider.config.upstream.clone() {
        return upstream::forward(provider, &upstream, &request, meter).await;
    }
    let plan = Plan::new(&request, &model);
    let chunks = Chunks::new(provider.dialect(), model.id, request.include_usage);
    if request.stream {
        let (sender, receiver) = mpsc::channel(16);
        tokio::spawn(stream::write(
            Arc::clone(provider),
            plan,
            chunks,
            meter,
            sender,
        ));
        return Ok(event_stream(receiver));
    }
    Ok(whole(provider, &plan, &chunks, meter).await)
}

/// A prompt and the answer that is asked for share one context.
fn refuse_too_long(provider: &Provider, request: &ChatRequest) -> Result<(), ApiError> {
    let most = provider.config.context_length;
    let prompt = request.prompt_tokens();
    let answer = request.max_tokens.unwrap_or(1);
    if prompt.saturating_add(answer) <= most {
        return Ok(());
    }
    let message = format!(
        "This model's maximum context length is {most} tokens. However, you requested {} tokens \
         ({prompt} in the messages, {answer} in the completion).",
        prompt.saturating_add(answer)
    );
    Err(ApiError::new(
        StatusCode::BAD_REQUEST,
        "context_length_exceeded",
        message,
    ))
}

fn caller(provider: &Provider, headers: &HeaderMap) -> Result<Caller, ApiError> {
    let scopes: &[&str] = match provider.dialect() {
        Dialect::Quota => &["credits.spend"],
        Dialect::Chutes => &["chutes:invoke", "invoke", "admin"],
        Dialect::Oidc | Dialect::OpenRouter => &[],
    };
    Caller::with_any_scope(provider, headers, scopes).map_err(|error| {
        // The host that serves models has its own words for it.
        if provider.dialect() == Dialect::Chutes && error.status == StatusCode::UNAUTHORIZED {
            ApiError {
                message: "Authentication required.".to_owned(),
                ..unauthorized(Dialect::Chutes, "invalid_token")
            }
        } else {
            error
        }
    })
}

fn no_such_model(dialect: Dialect, name: &str) -> ApiError {
    let message = match dialect {
        Dialect::Chutes => format!("model not found: {name}"),
        Dialect::Quota | Dialect::Oidc | Dialect::OpenRouter => {
            "The model does not exist.".to_owned()
        }
    };
    ApiError::new(StatusCode::NOT_FOUND, "model_not_found", message)
}

/// Quota holds the most that the answer can cost; chutes looks for something left of the plan or a positive balance
/// and bills afterwards, so that it can go below zero; so does openrouter, which looks at the key's limit too; oidc has no wallet.
fn pay_for(
    provider: &Arc<Provider>,
    caller: &Caller,
    model: &Model,
    request: &ChatRequest,
) -> Result<Meter, ApiError> {
    let subject = caller.account.subject.clone();
    let prompt_tokens = request.prompt_tokens();
    match provider.dialect() {
        Dialect::Quota => {
            let most = model.price.of(
                prompt_tokens,
                request
                    .max_tokens
                    .unwrap_or(model.max_output_tokens)
                    .min(model.max_output_tokens),
            );
            locked(&provider.books)
                .reserve(&subject, most)
                .map_err(|_| faults::insufficient_credits())?;
            Ok(Meter::new(
                provider,
                Some(subject),
                model.price,
                prompt_tokens,
                most,
            ))
        }
        Dialect::Chutes if is_broke(&caller.account) => {
            Err(faults::plan_used_up(&caller.account.plan))
        }
        Dialect::Chutes => Ok(Meter::new(
            provider,
            Some(subject),
            model.price,
            prompt_tokens,
            0,
        )),
        Dialect::OpenRouter => {
            let left = caller.key.as_ref().and_then(Key::left_micro);
            if left.is_some_and(|left| left <= 0) {
                return Err(faults::payment_required("Key limit exceeded."));
            }
            if caller.account.balance_micro <= 0 {
                return Err(faults::payment_required("Insufficient credits."));
            }
            let meter = Meter::new(provider, Some(subject), model.price, prompt_tokens, 0);
            Ok(meter.of_key(caller.grant.clone()))
        }
        Dialect::Oidc => Ok(Meter::new(provider, None, model.price, prompt_tokens, 0)),
    }
}

/// Nothing is left of the plan, if there is one, and nothing in the wallet.
fn is_broke(account: &Account) -> bool {
    let mut plan = account.plan.clone();
    plan.roll();
    plan.payer() == Payer::Balance && account.balance_micro <= 0
}

fn event_stream(receiver: mpsc::Receiver<Result<Bytes, std::io::Error>>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/event-stream; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, Body::from_stream(ReceiverStream::new(receiver))).into_response()
}

/// The answer in one piece.
async fn whole(provider: &Provider, plan: &Plan, chunks: &Chunks, mut meter: Meter) -> Response {
    if let Typing::Paced(pause) = provider.config.typing {
        let deltas = u32::try_from(plan.pieces.len()).unwrap_or(u32::MAX);
        provider
            .pause(pause.saturating_mul(deltas).min(LONGEST_WAIT))
            .await;
    }
    let (mut text, mut reasoning) = (String::new(), String::new());
    for piece in &plan.pieces {
        meter.produced(piece.text().len());
        match piece {
            plan::Piece::Text(piece) => text.push_str(piece),
            plan::Piece::Reasoning(piece) => reasoning.push_str(piece),
        }
    }
    let usage = chunks.usage(&meter);
    let settlement = meter.bill().await;
    let mut message = json!({ "role": "assistant", "content": text });
    if !reasoning.is_empty() {
        message[chunks.thought_member()] = json!(reasoning);
    }
    let mut body = json!({
        "id": chunks.id,
        "object": "chat.completion",
        "created": chunks.created,
        "model": chunks.model,
        "choices": [{ "index": 0, "message": message, "finish_reason": plan.finish_reason }],
        "usage": usage,
    });
    chunks.add_bill(&mut body, settlement);
    ok(&body)
}
