//! End of the browser session (OpenID Connect RP-Initiated Logout 1.0).

use std::sync::Arc;

use axum::{
    extract::{RawQuery, State},
    http::HeaderMap,
    response::Response,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::Value;
use url::form_urlencoded::Serializer;

use crate::{
    pages,
    provider::{Provider, locked},
    reply::found,
    wire::Parameters,
};

pub(crate) async fn end_session(
    State(provider): State<Arc<Provider>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let Ok(parameters) = Parameters::parse(query.unwrap_or_default().as_bytes()) else {
        return pages::refused(&provider, "invalid_request", "a parameter came twice");
    };
    if parameters
        .get("client_id")
        .is_some_and(|id| id != provider.client.id)
    {
        return pages::refused(
            &provider,
            "invalid_request",
            "no client is registered under this client_id",
        );
    }
    let hinted = match parameters.get("id_token_hint") {
        Some(hint) => match hinted_subject(&provider, hint) {
            Some(subject) => Some(subject),
            None => {
                return pages::refused(
                    &provider,
                    "invalid_request",
                    "the id_token_hint is not an ID token of this provider",
                );
            }
        },
        None => None,
    };
    let redirect = parameters.get("post_logout_redirect_uri");
    if redirect.is_some_and(|uri| {
        !provider
            .config
            .post_logout_redirect_uris
            .iter()
            .any(|known| known == uri)
    }) {
        return pages::refused(
            &provider,
            "invalid_request",
            "this post_logout_redirect_uri is not registered for the client",
        );
    }
    {
        let mut browsers = locked(&provider.browsers);
        if let Some(browser) = pages::browser_cookie(&provider, &headers) {
            browsers.sign_out(browser);
        }
        if let Some(subject) = hinted {
            browsers.sign_out_subject(&subject);
        }
    }
    match redirect {
        Some(uri) => {
            let mut query = Serializer::new(String::new());
            if let Some(state) = parameters.get("state") {
                query.append_pair("state", state);
            }
            let query = query.finish();
            let separator = if uri.contains('?') { '&' } else { '?' };
            found(&if query.is_empty() {
                uri.to_owned()
            } else {
                format!("{uri}{separator}{query}")
            })
        }
        None => pages::message(
            &provider,
            "You are signed out",
            "This browser is signed out of the sandbox. You can close this tab.",
        ),
    }
}

/// Whom an ID token of ours is about. It may have expired (OpenID Connect RP-Initiated Logout section 4), and
/// its key may be gone after a restart, so only issuer and audience are looked at: all that it can do is sign someone out.
fn hinted_subject(provider: &Provider, hint: &str) -> Option<String> {
    let mut parts = hint.split('.');
    let (_, payload, _) = (parts.next()?, parts.next()?, parts.next()?);
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()?;
    let ours =
        claims["iss"] == provider.base.as_str() && claims["aud"] == provider.client.id.as_str();
    claims["sub"].as_str().filter(|_| ours).map(str::to_owned)
}
