//! The consent page: who asks, for what, and as whom.

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use html_escape::{encode_double_quoted_attribute, encode_text};
use url::Url;

use super::layout::{Page, path_of};
use crate::{
    browser::AuthorizationRequest,
    oauth,
    provider::{Provider, locked},
    wire::cookie,
};

/// Who everybody is at first.
pub(crate) const PRESET_NAME: &str = "Penny Sandbox";

/// The cookie that ties a form to the browser that was given it. Cookies do not know ports, so its name does.
fn cookie_name(provider: &Provider) -> String {
    format!("sandbox-browser-{}", port(provider))
}

/// The port, as cookie names carry it.
pub(super) fn port(provider: &Provider) -> &str {
    provider.authority.rsplit(':').next().unwrap_or_default()
}

/// This browser's cookie, if it has one.
pub(crate) fn browser_cookie<'a>(provider: &Provider, headers: &'a HeaderMap) -> Option<&'a str> {
    cookie(headers, &cookie_name(provider))
}

/// A cookie that only this sandbox gets back.
pub(super) fn set_cookie(provider: &Provider, response: &mut Response, name: &str, value: &str) {
    let path = path_of(&provider.base);
    let path = if path.is_empty() { "/" } else { path };
    if let Ok(cookie) = HeaderValue::from_str(&format!(
        "{name}={value}; Path={path}; HttpOnly; SameSite=Lax"
    )) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

/// Asks the person.
pub(crate) fn consent_page(
    provider: &Provider,
    browser: Option<&str>,
    request: AuthorizationRequest,
) -> Response {
    let scopes = scope_list(provider, &request.scopes);
    let form_target = form_target(&request.redirect_uri);
    let (keys, name) = {
        let mut browsers = locked(&provider.browsers);
        let name = browser
            .and_then(|browser| browsers.last_name(browser))
            .unwrap_or(PRESET_NAME)
            .to_owned();
        (browsers.begin_consent(browser, request), name)
    };
    let body = format!(
        "<h1>{client} would like to</h1>\n<ul>\n{scopes}</ul>\n\
         <form method=\"post\" action=\"{action}\">\n\
         <input type=\"hidden\" name=\"consent\" value=\"{id}\">\n<input type=\"hidden\" name=\"csrf\" value=\"{csrf}\">\n\
         <label for=\"name\">Your name here</label>\n\
         <input id=\"name\" name=\"name\" value=\"{name}\" maxlength=\"64\" autocomplete=\"off\" spellcheck=\"false\" aria-describedby=\"name-hint\">\n\
         <p class=\"hint\" id=\"name-hint\">Any name will do. Another name is another account with a wallet of its own.</p>\n\
         <div class=\"actions\">\n<button id=\"allow\" name=\"answer\" value=\"allow\" class=\"primary\">Allow</button>\n\
         <button id=\"deny\" name=\"answer\" value=\"deny\">Deny</button>\n</div>\n</form>\n\
         <p class=\"note\">This is the sandbox on your own computer. It speaks like a real provider, but nothing here costs anything, and nothing leaves this machine.</p>",
        client = encode_text(provider.client.name),
        action = format_args!("{}{}", path_of(&provider.base), oauth::CONSENT),
        id = keys.id,
        csrf = keys.csrf,
        name = encode_double_quoted_attribute(&name),
    );
    let page = Page {
        status: StatusCode::OK,
        title: "Sign in to the sandbox",
        body,
        form_target,
        base: &provider.base,
    };
    let mut response = page.reply();
    set_cookie(
        provider,
        &mut response,
        &cookie_name(provider),
        &keys.browser,
    );
    response
}

fn scope_list(provider: &Provider, scopes: &[String]) -> String {
    let mut sentences: Vec<&str> = Vec::new();
    for scope in scopes {
        let sentence = oauth::scope_sentence(provider.dialect(), scope);
        if !sentences.contains(&sentence) {
            sentences.push(sentence);
        }
    }
    sentences
        .iter()
        .map(|sentence| format!("<li>{}</li>\n", encode_text(sentence)))
        .collect()
}

/// The origin (or private-use scheme) of a redirect URI, as a CSP source.
fn form_target(redirect_uri: &str) -> Option<String> {
    let url = Url::parse(redirect_uri).ok()?;
    let origin = url.origin();
    Some(if origin.is_tuple() {
        origin.ascii_serialization()
    } else {
        format!("{}:", url.scheme())
    })
}
