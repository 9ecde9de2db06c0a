//! A code for a lasting key: nobody is registered, `state` is not returned, and the exchange is JSON.

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::{RawQuery, State},
    http::{HeaderMap, StatusCode, header},
    response::Response,
};
use serde_json::{Value, json};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};
use url::{Host, Url};

use super::token::verify;
use crate::{
    browser::AuthorizationRequest,
    config::Dialect,
    control::count,
    grants::KeyTerms,
    pages,
    provider::{Provider, locked, now},
    reply::{ApiError, ok},
    secrets::access_token,
    wire::Parameters,
};

/// How long a key is good if nobody set an end, in seconds: a century.
const FOREVER: i64 = 100 * 365 * 24 * 3600;

/// `GET /auth`: the consent page.
pub(crate) async fn authorize(
    State(provider): State<Arc<Provider>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    count(&provider.tally.authorizations);
    match checked(&provider, query.as_deref().unwrap_or_default()) {
        Ok(request) => {
            let browser = pages::browser_cookie(&provider, &headers);
            pages::consent_page(&provider, browser, request)
        }
        Err(description) => pages::refused(&provider, "invalid_request", description),
    }
}

fn checked(provider: &Provider, query: &str) -> Result<AuthorizationRequest, &'static str> {
    let parameters = Parameters::parse(query.as_bytes()).map_err(|_| "a parameter came twice")?;
    let callback = parameters.get("callback_url").unwrap_or_default();
    if !may_return_to(callback) {
        return Err("callback_url must be https, or http to localhost or 127.0.0.1");
    }
    if parameters.get("code_challenge_method") != Some("S256") {
        return Err("code_challenge_method must be S256");
    }
    let challenge = parameters.get("code_challenge").unwrap_or_default();
    let in_alphabet = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if challenge.len() != 43 || !challenge.bytes().all(in_alphabet) {
        return Err("code_challenge is not 43 characters of base64url");
    }
    if let Some(state) = parameters.get("state") {
        provider.tally.secret(state);
    }
    let key = terms(&parameters)?;
    let mut scopes = vec!["key".to_owned()];
    if key.limit_micro.is_some() {
        scopes.push("key.limit".to_owned());
    }
    Ok(AuthorizationRequest {
        redirect_uri: callback.to_owned(),
        state: None,
        scopes,
        challenge: Some(challenge.to_owned()),
        nonce: None,
        key: Some(key),
        device: None,
    })
}

fn may_return_to(callback: &str) -> bool {
    let Ok(url) = Url::parse(callback) else {
        return false;
    };
    let is_here = match url.host() {
        Some(Host::Ipv4(address)) => address.octets() == [127, 0, 0, 1],
        Some(Host::Domain(name)) => name == "localhost",
        _ => false,
    };
    url.fragment().is_none() && (url.scheme() == "https" || url.scheme() == "http" && is_here)
}

fn terms(parameters: &Parameters) -> Result<KeyTerms, &'static str> {
    let limit = parameters.get("limit").map(|dollars| {
        let dollars: f64 = dollars.parse().map_err(|_| "limit is not a number")?;
        micro(dollars).ok_or("limit must be above zero")
    });
    let reset = parameters.get("usage_limit_type");
    if reset.is_some_and(|reset| !["daily", "weekly", "monthly"].contains(&reset)) {
        return Err("usage_limit_type is daily, weekly or monthly");
    }
    let ends_at = parameters.get("expires_at").map(|time| {
        let time = OffsetDateTime::parse(time, &Rfc3339).map_err(|_| "expires_at is not a time")?;
        let seconds = time.unix_timestamp();
        (seconds > now())
            .then_some(seconds)
            .ok_or("expires_at is in the past")
    });
    Ok(KeyTerms {
        limit_micro: limit.transpose()?,
        reset: reset.map(str::to_owned),
        ends_at: ends_at.transpose()?,
    })
}

#[allow(clippy::cast_possible_truncation)] // within the range checked before
fn micro(dollars: f64) -> Option<i64> {
    let micro = (dollars * 1e6).round();
    (1.0..1e15).contains(&micro).then_some(micro as i64)
}

/// `POST /api/v1/auth/keys`. A code is spent by its first use, whatever becomes of it.
pub(crate) async fn exchange(
    State(provider): State<Arc<Provider>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    count(&provider.tally.token_requests);
    match key(&provider, &headers, &body).await {
        Ok(answer) => ok(&answer),
        Err(error) => error.reply(Dialect::OpenRouter),
    }
}

async fn key(
    provider: &Arc<Provider>,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Value, ApiError> {
    let content_type = headers.get(header::CONTENT_TYPE);
    if content_type.is_none_or(|it| !it.as_bytes().starts_with(b"application/json")) {
        return Err(ApiError::bad_request("the body must be JSON"));
    }
    let body: Value =
        serde_json::from_slice(body).map_err(|_| ApiError::bad_request("this is no JSON"))?;
    let text = |name: &str| body[name].as_str().unwrap_or_default();
    if text("code_challenge_method") != "S256" {
        return Err(ApiError::bad_request("code_challenge_method must be S256"));
    }
    let verifier = text("code_verifier");
    provider.tally.secret(verifier);
    let refused = || {
        let message = "Invalid code or code_verifier";
        ApiError::new(StatusCode::FORBIDDEN, "permission_denied", message)
    };
    let code = text("code");
    let authorization = locked(&provider.grants).take_code(code);
    let authorization = authorization.map_err(|_| refused())?;
    verify(&authorization, Some(verifier)).map_err(|_| refused())?;
    let key = access_token(Dialect::OpenRouter);
    provider.tally.secret(&key);
    let ends_at = authorization.key.as_ref().and_then(|terms| terms.ends_at);
    {
        let mut grants = locked(&provider.grants);
        let grant = grants.open(code, &authorization);
        let lifetime = ends_at.map_or(FOREVER, |ends_at| ends_at - now());
        grants.add_tokens(&grant, &key, None, lifetime);
    }
    provider.save().await;
    Ok(json!({ "key": key, "user_id": authorization.subject }))
}
