//! The token endpoint (RFC 6749 sections 4.1.3 and 6).

mod client;
mod faults;
mod grant;

use std::sync::Arc;

pub(super) use self::client::authenticate;
pub(super) use self::grant::issue;
pub(crate) use self::grant::verify;

use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use serde_json::json;

use crate::{
    config::Dialect,
    control::count,
    provider::Provider,
    reply::{json_reply, quota_envelope},
    wire::{Parameters, Unusable},
};

/// How long a refresh token is good, in seconds: 30 days.
pub(crate) const REFRESH_LIFETIME: i64 = 30 * 24 * 3600;

/// The grant type of RFC 8628 section 3.4, of the oidc dialect.
pub(super) const DEVICE_GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// Why there are no tokens.
pub(crate) enum TokenRefusal {
    /// An error code of RFC 6749 section 5.2.
    Standard {
        error: &'static str,
        description: &'static str,
    },
    /// A code or refresh token that is spent, revoked or unknown: one dialect answers that in its own way.
    Spent { description: &'static str },
}

impl TokenRefusal {
    pub(crate) fn new(error: &'static str, description: &'static str) -> Self {
        Self::Standard { error, description }
    }

    pub(crate) fn reply(&self, dialect: Dialect) -> Response {
        match self {
            Self::Standard { error, description } => error_reply(dialect, error, description),
            Self::Spent { description } if dialect == Dialect::Quota => json_reply(
                StatusCode::UNAUTHORIZED,
                &quota_envelope("invalid_token", description),
            ),
            Self::Spent { description } => error_reply(dialect, "invalid_grant", description),
        }
    }
}

/// `{"error", "error_description"}` (RFC 6749 section 5.2). The chutes dialect always answers 400, with a description only of bad requests.
pub(crate) fn error_reply(dialect: Dialect, error: &str, description: &str) -> Response {
    if dialect == Dialect::Chutes {
        let body = match error {
            "invalid_request" => json!({ "error": error, "error_description": description }),
            _ => json!({ "error": error }),
        };
        return json_reply(StatusCode::BAD_REQUEST, &body);
    }
    let status = match error {
        "invalid_client" => StatusCode::UNAUTHORIZED,
        "server_error" => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::BAD_REQUEST,
    };
    let mut response = json_reply(
        status,
        &json!({ "error": error, "error_description": description }),
    );
    if status == StatusCode::UNAUTHORIZED {
        response.headers_mut().insert(
            header::WWW_AUTHENTICATE,
            HeaderValue::from_static("Basic realm=\"sandbox\""),
        );
    }
    response
}

pub(crate) async fn token(
    State(provider): State<Arc<Provider>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    count(&provider.tally.token_requests);
    let dialect = provider.dialect();
    let form = match Parameters::form(&headers, &body) {
        Ok(form) => form,
        Err(Unusable::NotAForm) if dialect == Dialect::Chutes => {
            return missing_field("grant_type");
        }
        Err(Unusable::NotAForm) => {
            return error_reply(dialect, "invalid_request", "the body must be a form");
        }
        Err(Unusable::Repeated(_)) => {
            return error_reply(dialect, "invalid_request", "a parameter came twice");
        }
    };
    let Some(grant_type) = form.get("grant_type") else {
        if dialect == Dialect::Chutes {
            return missing_field("grant_type");
        }
        return error_reply(dialect, "invalid_request", "grant_type is missing");
    };
    for secret in ["code_verifier", "client_secret", "device_code"] {
        if let Some(secret) = form.get(secret) {
            provider.tally.secret(secret);
        }
    }
    let outcome = match grant_type {
        "authorization_code" => match faults::before_exchange(&provider).await {
            Some(response) => return response,
            None => grant::exchange(&provider, &headers, &form).await,
        },
        "refresh_token" => {
            count(&provider.tally.refreshes);
            match faults::before_refresh(&provider).await {
                Some(response) => return response,
                None => grant::refresh(&provider, &headers, &form).await,
            }
        }
        DEVICE_GRANT if dialect == Dialect::Oidc => {
            super::device::redeem(&provider, &headers, &form).await
        }
        _ => Err(TokenRefusal::new(
            "unsupported_grant_type",
            "grant_type is authorization_code or refresh_token",
        )),
    };
    match outcome {
        Ok(body) => faults::after_success(&provider, grant_type == "refresh_token", body),
        Err(refusal) => refusal.reply(dialect),
    }
}

/// What the framework of the chutes model answers to a form without a required field.
fn missing_field(name: &str) -> Response {
    let body = json!({ "detail": [{ "type": "missing", "loc": ["body", name], "msg": "Field required", "input": null }] });
    json_reply(StatusCode::UNPROCESSABLE_ENTITY, &body)
}
