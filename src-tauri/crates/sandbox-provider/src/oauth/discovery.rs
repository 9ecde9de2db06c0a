//! Provider metadata (RFC 8414, OpenID Connect Discovery 1.0) and the key set.

use std::sync::Arc;

use axum::{extract::State, http::StatusCode, response::Response};
use serde_json::{Value, json};

use super::{DEVICE, END_SESSION, INTROSPECT, KEY_SET, paths, scopes, token};
use crate::{
    config::Dialect,
    control::count,
    provider::{Provider, locked},
    reply::{gateway_page, json_reply, ok, oversized, redirect_off_origin},
    scenario::Scenario,
};

pub(crate) async fn discovery(State(provider): State<Arc<Provider>>) -> Response {
    count(&provider.tally.discoveries);
    provider.delay_if(Scenario::DiscoverySlow).await;
    if provider.fails(Scenario::Discovery500) {
        return json_reply(
            StatusCode::INTERNAL_SERVER_ERROR,
            &json!({ "error": "server_error" }),
        );
    }
    if provider.fails(Scenario::DiscoveryHtml) {
        return gateway_page(StatusCode::OK);
    }
    if provider.fails(Scenario::DiscoveryOversized) {
        return oversized();
    }
    if provider.fails(Scenario::DiscoveryRedirect) {
        return redirect_off_origin();
    }
    ok(&bent(&provider, document(&provider)))
}

fn document(provider: &Provider) -> Value {
    let paths = paths(provider.dialect());
    let mut document = json!({
        "issuer": provider.base,
        "authorization_endpoint": provider.address(paths.authorize),
        "token_endpoint": provider.address(paths.token),
        "userinfo_endpoint": provider.address(paths.userinfo),
        "revocation_endpoint": provider.address(paths.revoke),
        "response_types_supported": ["code"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "scopes_supported": scopes::published(provider.dialect()),
        "subject_types_supported": ["public"],
    });
    let particular = match provider.dialect() {
        // It advertises what it does not honour, as its model does: no client goes without a secret, plain is refused.
        Dialect::Chutes => json!({
            "introspection_endpoint": provider.address(INTROSPECT),
            "response_modes_supported": ["query"],
            "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic", "none"],
            "code_challenge_methods_supported": ["plain", "S256"],
            "claims_supported": ["sub", "username", "created_at"],
            "service_documentation": "https://sandbox.invalid/oauth",
        }),
        Dialect::Quota => json!({
            "jwks_uri": provider.address(KEY_SET),
            "end_session_endpoint": provider.address(END_SESSION),
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post", "none"],
            "code_challenge_methods_supported": ["S256", "plain"],
            "claims_supported": ["sub", "iss", "aud", "exp", "iat", "auth_time", "nonce", "email", "email_verified", "name", "picture"],
        }),
        Dialect::Oidc | Dialect::OpenRouter => json!({
            "jwks_uri": provider.address(KEY_SET),
            "end_session_endpoint": provider.address(END_SESSION),
            "response_modes_supported": ["query"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["none"],
            "revocation_endpoint_auth_methods_supported": ["none"],
            "code_challenge_methods_supported": ["S256"],
            "claims_supported": ["sub", "iss", "aud", "exp", "iat", "auth_time", "nonce", "at_hash", "name", "preferred_username", "email", "email_verified"],
            "prompt_values_supported": ["none", "login", "consent"],
            "request_parameter_supported": false,
            "request_uri_parameter_supported": false,
            "authorization_response_iss_parameter_supported": true,
            "device_authorization_endpoint": provider.address(DEVICE),
            "grant_types_supported": ["authorization_code", "refresh_token", token::DEVICE_GRANT],
        }),
    };
    merge(&mut document, particular);
    document
}

/// The document with the faults that are on.
fn bent(provider: &Provider, mut document: Value) -> Value {
    if provider.fails(Scenario::DiscoveryWrongIssuer) {
        merge(
            &mut document,
            json!({ "issuer": "https://another.invalid" }),
        );
    }
    if provider.fails(Scenario::DiscoveryNoS256) {
        merge(
            &mut document,
            json!({ "code_challenge_methods_supported": ["plain"] }),
        );
    }
    if provider.fails(Scenario::DiscoveryPlainHttp) {
        merge(
            &mut document,
            json!({ "token_endpoint": "http://token.invalid/oauth/token" }),
        );
    }
    if provider.fails(Scenario::AuthorizeWrongIss) || provider.fails(Scenario::AuthorizeMissingIss)
    {
        merge(
            &mut document,
            json!({ "authorization_response_iss_parameter_supported": true }),
        );
    }
    document
}

/// Puts the members of one object into another.
fn merge(target: &mut Value, source: Value) {
    if let (Value::Object(target), Value::Object(source)) = (target, source) {
        target.extend(source);
    }
}

pub(crate) async fn key_set(State(provider): State<Arc<Provider>>) -> Response {
    count(&provider.tally.key_sets);
    if provider.fails(Scenario::Jwks500) {
        return json_reply(
            StatusCode::INTERNAL_SERVER_ERROR,
            &json!({ "error": "server_error" }),
        );
    }
    if provider.fails(Scenario::JwksOversized) {
        return oversized();
    }
    if provider.fails(Scenario::JwksRedirect) {
        return redirect_off_origin();
    }
    let usage = if provider.fails(Scenario::JwksEncryptionKey) {
        "enc"
    } else {
        "sig"
    };
    match provider.keys().await {
        Ok(keys) => ok(&locked(keys).key_set(usage)),
        Err(error) => {
            tracing::warn!(%error, "there is no key set");
            json_reply(
                StatusCode::INTERNAL_SERVER_ERROR,
                &json!({ "error": "server_error" }),
            )
        }
    }
}
