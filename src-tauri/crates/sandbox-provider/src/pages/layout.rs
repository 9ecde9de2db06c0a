//! What all pages have in common: the frame, the badge, the headers.

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use html_escape::encode_text;

use crate::provider::Provider;

/// A page about to be sent.
pub(super) struct Page<'a> {
    pub(super) status: StatusCode,
    pub(super) title: &'a str,
    /// HTML, escaped already.
    pub(super) body: String,
    /// Where a form on it may end up, besides here: browsers check redirects after a form too.
    pub(super) form_target: Option<String>,
    pub(super) base: &'a str,
}

impl Page<'_> {
    pub(super) fn reply(self) -> Response {
        let html = format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n<link rel=\"stylesheet\" href=\"{path}/sandbox/style.css\">\n</head>\n<body>\n<main>\n\
             <p class=\"badge\" id=\"play-money\">Play money</p>\n{body}\n</main>\n</body>\n</html>\n",
            title = encode_text(self.title),
            path = path_of(self.base),
            body = self.body,
        );
        let form_target = self
            .form_target
            .map(|target| format!(" {target}"))
            .unwrap_or_default();
        let policy = format!(
            "default-src 'none'; style-src 'self'; form-action 'self'{form_target}; base-uri 'none'; frame-ancestors 'none'"
        );
        let mut headers = HeaderMap::new();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/html; charset=utf-8"),
        );
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(
            header::REFERRER_POLICY,
            HeaderValue::from_static("no-referrer"),
        );
        headers.insert(
            header::X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        );
        headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
        if let Ok(policy) = HeaderValue::from_str(&policy) {
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        (self.status, headers, html).into_response()
    }
}

/// A mistake of the client, which the browser shows because the client cannot be trusted with it.
pub(crate) fn refused(provider: &Provider, error: &str, description: &str) -> Response {
    let body = format!(
        "<h1>This request was not in order</h1>\n<p>The app that sent you here made a mistake, so nothing was allowed. You can close this tab.</p>\n\
         <dl><dt>Error</dt><dd id=\"error\">{}</dd><dt>Reason</dt><dd id=\"reason\">{}</dd></dl>",
        encode_text(error),
        encode_text(description),
    );
    Page {
        status: StatusCode::BAD_REQUEST,
        title: "Not in order",
        body,
        form_target: None,
        base: &provider.base,
    }
    .reply()
}

/// A page with nothing to do on it.
pub(crate) fn message(provider: &Provider, title: &str, text: &str) -> Response {
    let body = format!(
        "<h1>{}</h1>\n<p>{}</p>",
        encode_text(title),
        encode_text(text)
    );
    Page {
        status: StatusCode::OK,
        title,
        body,
        form_target: None,
        base: &provider.base,
    }
    .reply()
}

/// The path of an address: what links use, so that they stay on this host.
pub(super) fn path_of(base: &str) -> &str {
    base.split_once("://")
        .and_then(|(_, rest)| rest.find('/').map(|slash| &rest[slash..]))
        .unwrap_or_default()
}
