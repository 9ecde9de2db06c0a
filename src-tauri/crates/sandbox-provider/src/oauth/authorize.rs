//! The authorization endpoint (RFC 6749 section 4.1.1, RFC 7636 section 4.3): checks the request, shows the consent page.

use std::sync::Arc;

use axum::{
    extract::{RawQuery, State},
    http::HeaderMap,
    response::Response,
};
use url::{Host, Url};

use super::{consent, scopes};
use crate::{
    browser::AuthorizationRequest,
    config::Dialect,
    control::count,
    pages,
    provider::{Provider, locked},
    wire::{Parameters, Unusable},
};

/// Why there is no consent page.
enum Refusal {
    /// The redirect URI cannot be trusted: the error stays in the browser.
    Page {
        error: &'static str,
        description: String,
    },
    /// The client is told (RFC 6749 section 4.1.2.1).
    Redirect {
        error: &'static str,
        description: String,
        redirect_uri: String,
        state: Option<String>,
    },
}

/// How the client wants the person asked (OpenID Connect Core 3.1.2.1).
#[derive(PartialEq, Eq)]
enum Prompt {
    WhenNeeded,
    Always,
    Never,
}

pub(crate) async fn authorize(
    State(provider): State<Arc<Provider>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    count(&provider.tally.authorizations);
    match checked(&provider, query.as_deref().unwrap_or_default()) {
        Ok((request, prompt)) => ask(&provider, &headers, request, &prompt).await,
        Err(Refusal::Page { error, description }) => pages::refused(&provider, error, &description),
        Err(Refusal::Redirect {
            error,
            description,
            redirect_uri,
            state,
        }) => consent::error_redirect(
            &provider,
            &redirect_uri,
            state.as_deref(),
            error,
            &description,
        ),
    }
}

async fn ask(
    provider: &Arc<Provider>,
    headers: &HeaderMap,
    request: AuthorizationRequest,
    prompt: &Prompt,
) -> Response {
    let browser = pages::browser_cookie(provider, headers);
    let may_skip = provider.config.silent_reauthorization && *prompt == Prompt::WhenNeeded
        || *prompt == Prompt::Never;
    if may_skip && provider.dialect().is_openid() {
        let earlier = browser.and_then(|browser| {
            locked(&provider.browsers).earlier_consent(browser, &request.scopes)
        });
        if let Some((subject, auth_time)) = earlier {
            return consent::grant(provider, request, &subject, auth_time).await;
        }
    }
    if *prompt == Prompt::Never {
        let description = "nobody is signed in with this browser";
        return consent::error_redirect(
            provider,
            &request.redirect_uri,
            request.state.as_deref(),
            "login_required",
            description,
        );
    }
    pages::consent_page(provider, browser, request)
}

fn checked(provider: &Provider, query: &str) -> Result<(AuthorizationRequest, Prompt), Refusal> {
    let dialect = provider.dialect();
    let page = |error, description: &str| Refusal::Page {
        error,
        description: description.to_owned(),
    };
    let parameters = Parameters::parse(query.as_bytes()).map_err(|unusable| match unusable {
        Unusable::Repeated(name) => page(
            "invalid_request",
            &format!("the parameter {name} came twice"),
        ),
        Unusable::NotAForm => page("invalid_request", "the query cannot be read"),
    })?;
    if parameters.get("client_id") != Some(provider.client.id.as_str()) {
        return Err(page(
            "invalid_client",
            "no client is registered under this client_id",
        ));
    }
    let redirect_uri = parameters.get("redirect_uri").unwrap_or_default();
    if !is_registered(provider, redirect_uri) {
        let error = if dialect == Dialect::Quota {
            "invalid_redirect_uri"
        } else {
            "invalid_request"
        };
        return Err(page(
            error,
            "this redirect_uri is not registered for the client",
        ));
    }
    let state = parameters.get("state").map(str::to_owned);
    for secret in ["state", "nonce"] {
        if let Some(secret) = parameters.get(secret) {
            provider.tally.secret(secret);
        }
    }
    // One dialect shows every mistake as a page; the others tell the client.
    let refuse = |error, description: &str| match dialect {
        Dialect::Chutes => page(error, description),
        Dialect::Quota | Dialect::Oidc | Dialect::OpenRouter => Refusal::Redirect {
            error,
            description: description.to_owned(),
            redirect_uri: redirect_uri.to_owned(),
            state: state.clone(),
        },
    };
    if parameters.get("response_type") != Some("code") {
        return Err(refuse(
            "unsupported_response_type",
            "response_type must be code",
        ));
    }
    let challenge = challenge(dialect, &parameters)
        .map_err(|description| refuse("invalid_request", description))?;
    if dialect == Dialect::Oidc {
        oidc_only(&parameters).map_err(|(error, description)| refuse(error, description))?;
    }
    let scopes = scopes::requested(dialect, parameters.get("scope"));
    // The chutes dialect looks at scopes only after the person has clicked Allow.
    if dialect != Dialect::Chutes
        && let Some(objection) = scopes::objection(dialect, &scopes)
    {
        return Err(refuse("invalid_scope", &objection));
    }
    let prompt = match parameters.get("prompt") {
        Some("none") if dialect.is_openid() => Prompt::Never,
        Some("login" | "consent" | "select_account") => Prompt::Always,
        _ => Prompt::WhenNeeded,
    };
    let nonce = parameters
        .get("nonce")
        .filter(|_| dialect.is_openid())
        .map(str::to_owned);
    let scopes = scopes::granted(dialect, scopes);
    Ok((
        AuthorizationRequest {
            redirect_uri: redirect_uri.to_owned(),
            state,
            scopes,
            challenge,
            nonce,
            key: None,
            device: None,
        },
        prompt,
    ))
}

/// The S256 challenge. Only the chutes dialect lets a client go without; plain is refused everywhere, and a
/// challenge without a method is plain (RFC 7636 section 4.3).
fn challenge(dialect: Dialect, parameters: &Parameters) -> Result<Option<String>, &'static str> {
    let method = parameters.get("code_challenge_method");
    let Some(challenge) = parameters.get("code_challenge") else {
        return match (dialect, method) {
            (Dialect::Chutes, None) => Ok(None),
            _ => Err("PKCE is required: code_challenge is missing"),
        };
    };
    if method != Some("S256") {
        return Err("code_challenge_method must be S256");
    }
    let in_alphabet = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if challenge.len() != 43 || !challenge.bytes().all(in_alphabet) {
        return Err("code_challenge is not 43 characters of base64url");
    }
    Ok(Some(challenge.to_owned()))
}

/// What a standard OpenID provider looks at besides.
fn oidc_only(parameters: &Parameters) -> Result<(), (&'static str, &'static str)> {
    if parameters.get("request").is_some() {
        return Err(("request_not_supported", "request objects are not supported"));
    }
    if parameters.get("request_uri").is_some() {
        return Err((
            "request_uri_not_supported",
            "request objects are not supported",
        ));
    }
    if parameters
        .get("response_mode")
        .is_some_and(|mode| mode != "query")
    {
        return Err(("invalid_request", "response_mode must be query"));
    }
    Ok(())
}

/// Exact string membership; the oidc dialect lets the port of a loopback address vary (RFC 8252 section 7.3).
fn is_registered(provider: &Provider, redirect_uri: &str) -> bool {
    let registered = &provider.config.redirect_uris;
    if registered.iter().any(|known| known == redirect_uri) {
        return true;
    }
    provider.dialect() == Dialect::Oidc
        && without_loopback_port(redirect_uri).is_some_and(|asked| {
            registered
                .iter()
                .any(|known| without_loopback_port(known).as_ref() == Some(&asked))
        })
}

/// A loopback redirect URI with its port removed; `None` for any other.
fn without_loopback_port(uri: &str) -> Option<Url> {
    let mut url = Url::parse(uri)
        .ok()
        .filter(|url| url.scheme() == "http" && url.fragment().is_none())?;
    let is_loopback = match url.host()? {
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
        Host::Domain(_) => false,
    };
    (is_loopback && url.username().is_empty() && url.set_port(None).is_ok()).then_some(url)
}
