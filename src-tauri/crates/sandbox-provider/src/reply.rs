//! Answers: JSON and HTML with the right headers, and errors in each dialect's shape.

use std::io;

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use serde_json::{Value, json};

use crate::config::Dialect;

/// JSON that no cache keeps (RFC 6749 section 5.1).
pub(crate) fn json_reply(status: StatusCode, body: &Value) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "no-store"),
        (header::PRAGMA, "no-cache"),
    ];
    (status, headers, body.to_string()).into_response()
}

/// A 200 with JSON.
pub(crate) fn ok(body: &Value) -> Response {
    json_reply(StatusCode::OK, body)
}

/// A page of the kind that a gateway puts in place of an answer.
pub(crate) fn gateway_page(status: StatusCode) -> Response {
    let page = "<!doctype html><html><head><title>Gateway</title></head><body><h1>The server is not answering</h1></body></html>";
    (
        status,
        [(header::CONTENT_TYPE, "text/html; charset=utf-8")],
        page,
    )
        .into_response()
}

/// A redirect away from here: nobody may follow it with a token in hand. Port 9 (discard) is never served.
pub(crate) fn redirect_off_origin() -> Response {
    found("http://127.0.0.1:9/elsewhere")
}

/// A 302 with the headers that keep its address private.
pub(crate) fn found(location: &str) -> Response {
    let mut headers = HeaderMap::new();
    if let Ok(location) = HeaderValue::from_str(location) {
        headers.insert(header::LOCATION, location);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("no-referrer"),
    );
    (StatusCode::FOUND, headers).into_response()
}

/// 16 MiB of JSON white space and then nothing of use.
pub(crate) fn oversized() -> Response {
    let block = Bytes::from(vec![b' '; 1 << 20]);
    let blocks =
        futures_util::stream::iter((0..16).map(move |_| Ok::<_, io::Error>(block.clone())));
    (
        [(header::CONTENT_TYPE, "application/json")],
        Body::from_stream(blocks),
    )
        .into_response()
}

/// Headers, then a broken connection.
pub(crate) fn broken_connection() -> Response {
    let parts = [
        Ok(Bytes::from_static(b"{")),
        Err(io::Error::from(io::ErrorKind::ConnectionReset)),
    ];
    (
        [(header::CONTENT_TYPE, "application/json")],
        Body::from_stream(futures_util::stream::iter(parts)),
    )
        .into_response()
}

/// An error of the resource API, before it has a dialect.
#[derive(Debug)]
pub(crate) struct ApiError {
    pub(crate) status: StatusCode,
    /// The code of the quota envelope.
    pub(crate) code: &'static str,
    pub(crate) message: String,
    /// What the chutes dialect puts into `detail` instead of the message.
    pub(crate) detail: Option<Box<Value>>,
    pub(crate) retry_after: Option<u32>,
}

impl ApiError {
    pub(crate) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            detail: None,
            retry_after: None,
        }
    }

    pub(crate) fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad_request", message)
    }

    /// In the shape that the dialect gives its errors.
    pub(crate) fn reply(self, dialect: Dialect) -> Response {
        let body = match dialect {
            Dialect::Quota => quota_envelope(self.code, &self.message),
            Dialect::OpenRouter => {
                let error_type = match self.status {
                    StatusCode::PAYMENT_REQUIRED => "payment_required",
                    _ => self.code,
                };
                json!({ "error": { "code": self.status.as_u16(), "message": self.message, "metadata": { "error_type": error_type } } })
            }
            Dialect::Chutes => {
                json!({ "detail": self.detail.map_or(Value::String(self.message), |detail| *detail) })
            }
            Dialect::Oidc => {
                json!({ "error": { "message": self.message, "type": error_type(self.status), "param": null, "code": self.code } })
            }
        };
        let mut response = json_reply(self.status, &body);
        if self.status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(
                header::WWW_AUTHENTICATE,
                HeaderValue::from_static("Bearer error=\"invalid_token\""),
            );
        }
        if let Some(seconds) = self.retry_after {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// `{"error": {"code", "message", "hint", "docs_url"}}`
pub(crate) fn quota_envelope(code: &str, message: &str) -> Value {
    let hint = match code {
        "insufficient_credits" => "Top up the wallet, or ask for fewer tokens with max_tokens.",
        "insufficient_scope" => "Ask the person to sign in again with the scope that is missing.",
        "invalid_token" => "Refresh the token once, then retry once.",
        _ => "See the documentation of the error.",
    };
    json!({ "error": { "code": code, "message": message, "hint": hint, "docs_url": format!("https://sandbox.invalid/errors/{code}") } })
}

fn error_type(status: StatusCode) -> &'static str {
    match status.as_u16() {
        401 => "authentication_error",
        403 => "permission_error",
        429 => "rate_limit_error",
        400..=499 => "invalid_request_error",
        _ => "server_error",
    }
}
