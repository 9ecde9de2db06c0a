//! What follows the person's click: a code, or an error, in a redirect (RFC 6749 section 4.1.2).

use std::sync::Arc;

use axum::{body::Bytes, extract::State, http::HeaderMap, response::Response};
use url::form_urlencoded::Serializer;

use super::{device, scopes, stray_hits};
use crate::{
    browser::AuthorizationRequest,
    config::Dialect,
    devices::Answer,
    grants::Authorization,
    pages,
    provider::{Provider, locked, now},
    reply::found,
    scenario::Scenario,
    secrets::random_token,
    wire::Parameters,
};

/// The longest name that a person can type.
const LONGEST_NAME: usize = 64;

/// `POST /sandbox/consent`: the form of the consent page.
pub(crate) async fn consent(
    State(provider): State<Arc<Provider>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let Ok(form) = Parameters::form(&headers, &body) else {
        return pages::refused(&provider, "invalid_request", "the form cannot be read");
    };
    let browser = pages::browser_cookie(&provider, &headers).unwrap_or_default();
    let (id, csrf) = (
        form.get("consent").unwrap_or_default(),
        form.get("csrf").unwrap_or_default(),
    );
    let Some(request) = locked(&provider.browsers).finish_consent(id, csrf, browser) else {
        return pages::refused(
            &provider,
            "expired",
            "this page was used already, is too old, or was opened in another browser",
        );
    };
    let denied =
        form.get("answer") != Some("allow") || provider.fails(Scenario::AuthorizeErrorDenied);
    if let (true, Some(user_code)) = (denied, &request.device) {
        return device::answered(&provider, user_code, Answer::Denied);
    }
    if denied {
        return error_redirect(
            &provider,
            &request.redirect_uri,
            request.state.as_deref(),
            "access_denied",
            "the person said no",
        );
    }
    if let Some(objection) = scopes::objection(provider.dialect(), &request.scopes) {
        return error_redirect(
            &provider,
            &request.redirect_uri,
            request.state.as_deref(),
            "invalid_scope",
            &objection,
        );
    }
    let name = typed_name(form.get("name"));
    let subject = locked(&provider.books)
        .open(&name, provider.config.starting_balance_micro)
        .subject
        .clone();
    locked(&provider.browsers).sign_in(browser, &subject, &name, &request.scopes);
    if let Some(user_code) = &request.device {
        let auth_time = now();
        let answer = Answer::Allowed { subject, auth_time };
        return device::answered(&provider, user_code, answer);
    }
    grant(&provider, request, &subject, now()).await
}

/// The name without control characters and superfluous spaces.
fn typed_name(name: Option<&str>) -> String {
    let printable: String = name
        .unwrap_or_default()
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let name: String = printable
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .take(LONGEST_NAME)
        .collect();
    if name.is_empty() {
        pages::PRESET_NAME.to_owned()
    } else {
        name
    }
}

/// Issues a code and sends the browser back with it.
pub(crate) async fn grant(
    provider: &Arc<Provider>,
    request: AuthorizationRequest,
    subject: &str,
    auth_time: i64,
) -> Response {
    if provider.fails(Scenario::AuthorizeNeverReturns) {
        return pages::message(
            provider,
            "You may close this tab",
            "The sandbox was told not to send you back, to see how the app waits.",
        );
    }
    let code = random_token();
    provider.tally.secret(&code);
    let mut challenge = request.challenge;
    if provider.fails(Scenario::AuthorizeForeignCode) {
        // Bound to somebody else's verifier, so that the exchange must fail.
        challenge = Some(crate::secrets::sha256(&random_token()));
    }
    let scopes = if provider.fails(Scenario::TokenSmallerScope) {
        request.scopes.iter().take(1).cloned().collect()
    } else {
        request.scopes
    };
    {
        let mut grants = locked(&provider.grants);
        if provider.dialect() == Dialect::Chutes {
            grants.rescope(subject, &scopes);
        }
        let redirect_uri = request.redirect_uri.clone();
        let authorization = Authorization {
            subject: subject.to_owned(),
            redirect_uri,
            scopes,
            challenge,
            nonce: request.nonce,
            auth_time,
            key: request.key,
        };
        grants.add_code(&code, authorization);
    }
    provider.save().await;
    if provider.fails(Scenario::AuthorizeStrayHits) {
        stray_hits::send(&request.redirect_uri).await;
    }
    let mut query = Serializer::new(String::new());
    query.append_pair("code", &code);
    append_state(provider, &mut query, request.state.as_deref());
    append_iss(provider, &mut query);
    found(&with_query(&request.redirect_uri, &query.finish()))
}

/// Sends the browser back with an error.
pub(crate) fn error_redirect(
    provider: &Provider,
    redirect_uri: &str,
    state: Option<&str>,
    error: &str,
    description: &str,
) -> Response {
    let mut query = Serializer::new(String::new());
    query
        .append_pair("error", error)
        .append_pair("error_description", description);
    append_state(provider, &mut query, state);
    append_iss(provider, &mut query);
    found(&with_query(redirect_uri, &query.finish()))
}

fn append_state(provider: &Provider, query: &mut Serializer<'_, String>, state: Option<&str>) {
    if provider.fails(Scenario::AuthorizeMissingState) {
        return;
    }
    if provider.fails(Scenario::AuthorizeWrongState) {
        query.append_pair("state", &random_token());
        return;
    }
    if let Some(state) = state {
        query.append_pair("state", state);
        if provider.fails(Scenario::AuthorizeDuplicateState) {
            query.append_pair("state", state);
        }
    }
}

/// RFC 9207: the oidc dialect names itself in every response; the others do not.
fn append_iss(provider: &Provider, query: &mut Serializer<'_, String>) {
    if provider.fails(Scenario::AuthorizeWrongIss) {
        query.append_pair("iss", "https://another.invalid");
    } else if provider.dialect() == Dialect::Oidc && !provider.fails(Scenario::AuthorizeMissingIss)
    {
        query.append_pair("iss", &provider.base);
    }
}

fn with_query(redirect_uri: &str, query: &str) -> String {
    let separator = if redirect_uri.contains('?') { '&' } else { '?' };
    format!("{redirect_uri}{separator}{query}")
}
