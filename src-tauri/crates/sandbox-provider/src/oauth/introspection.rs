//! Introspection (RFC 7662) of the chutes dialect: open to anyone who has the token.

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use serde_json::json;

use super::token::{REFRESH_LIFETIME, error_reply};
use crate::{
    provider::{Provider, locked},
    reply::{json_reply, ok},
    secrets::same,
    wire::Parameters,
};

pub(crate) async fn introspect(
    State(provider): State<Arc<Provider>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let Ok(form) = Parameters::form(&headers, &body) else {
        return error_reply(
            provider.dialect(),
            "invalid_request",
            "a form without repeated parameters is expected",
        );
    };
    if let (Some(id), Some(secret)) = (form.get("client_id"), form.get("client_secret")) {
        let expected = provider.client.secret.as_deref().unwrap_or_default();
        if id != provider.client.id || !same(secret, expected) {
            return json_reply(
                StatusCode::UNAUTHORIZED,
                &json!({ "detail": "Invalid client credentials" }),
            );
        }
    }
    let facts =
        locked(&provider.grants).facts(form.get("token").unwrap_or_default(), REFRESH_LIFETIME);
    let Some(facts) = facts else {
        return ok(&json!({ "active": false }));
    };
    let username = locked(&provider.books)
        .account(&facts.subject)
        .map(crate::books::Account::username);
    ok(&json!({
        "active": true,
        "token_type": if facts.is_access { "access_token" } else { "refresh_token" },
        "exp": facts.expires_at,
        "iat": facts.issued_at,
        "scope": facts.scopes.join(" "),
        "client_id": provider.client.id,
        "username": username,
        "sub": facts.subject,
    }))
}
