//! Revocation (RFC 7009).

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use serde_json::json;

use super::token::error_reply;
use crate::{
    config::Dialect,
    control::count,
    provider::{Provider, locked},
    reply::{json_reply, ok},
    scenario::Scenario,
    wire::Parameters,
};

pub(crate) async fn revoke(
    State(provider): State<Arc<Provider>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    count(&provider.tally.revocations);
    if provider.fails(Scenario::Revoke500) {
        return json_reply(
            StatusCode::INTERNAL_SERVER_ERROR,
            &json!({ "error": "server_error" }),
        );
    }
    let Ok(form) = Parameters::form(&headers, &body) else {
        return error_reply(
            provider.dialect(),
            "invalid_request",
            "a form without repeated parameters is expected",
        );
    };
    let Some(token) = form.get("token") else {
        return error_reply(provider.dialect(), "invalid_request", "token is missing");
    };
    match provider.dialect() {
        // No client authentication; only this one token ends.
        Dialect::Chutes => {
            locked(&provider.grants).revoke_token(token);
            provider.save().await;
            ok(&json!({ "revoked": true }))
        }
        Dialect::Quota | Dialect::Oidc | Dialect::OpenRouter => {
            if form.get("client_id") != Some(provider.client.id.as_str()) {
                return error_reply(
                    provider.dialect(),
                    "invalid_client",
                    "client_id is missing or unknown",
                );
            }
            {
                let mut grants = locked(&provider.grants);
                // A refresh token takes its whole grant with it (RFC 7009 section 2.1).
                match grants
                    .grant_of_refresh_token(token)
                    .map(|grant| grant.id.clone())
                {
                    Some(grant) => grants.revoke_grant(&grant),
                    None => grants.revoke_token(token),
                }
            }
            provider.save().await;
            ok(&json!({}))
        }
    }
}
