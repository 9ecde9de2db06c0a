//! The device authorization grant (RFC 8628): the device's request, and the page where a person types its code.

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::{RawQuery, State},
    http::HeaderMap,
    response::Response,
};
use serde_json::{Value, json};

use super::token::{TokenRefusal, authenticate, error_reply, issue};
use super::{DEVICE_PAGE, scopes};
use crate::{
    browser::AuthorizationRequest,
    devices::{Answer, INTERVAL, LIFETIME, NotYet},
    grants::Authorization,
    pages,
    provider::{Provider, locked},
    reply::ok,
    scenario::Scenario,
    wire::Parameters,
};

/// `POST /oauth/device` (section 3.1).
pub(crate) async fn authorization(
    State(provider): State<Arc<Provider>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let dialect = provider.dialect();
    let Ok(form) = Parameters::form(&headers, &body) else {
        return error_reply(dialect, "invalid_request", "the body must be a form");
    };
    if let Err(refusal) = authenticate(&provider, &headers, &form) {
        return refusal.reply(dialect);
    }
    let asked = scopes::granted(dialect, scopes::requested(dialect, form.get("scope")));
    let (device_code, user_code) = locked(&provider.devices).begin(asked);
    provider.tally.secret(&device_code);
    provider.tally.secret(&user_code);
    let page = provider.address(DEVICE_PAGE);
    ok(&json!({
        "device_code": device_code,
        "user_code": user_code,
        "verification_uri": page,
        "verification_uri_complete": format!("{page}?user_code={user_code}"),
        "expires_in": LIFETIME.as_secs(),
        "interval": INTERVAL.as_secs(),
    }))
}

/// `GET /sandbox/device`: asks for the code, or, with one that is right, what to answer the device.
pub(crate) async fn page(
    State(provider): State<Arc<Provider>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let query = query.unwrap_or_default();
    let typed = Parameters::parse(query.as_bytes())
        .ok()
        .and_then(|query| query.get("user_code").map(str::to_owned));
    let Some(typed) = typed else {
        return pages::code_page(&provider, false);
    };
    let Some((user_code, scopes)) = locked(&provider.devices).asked_by(&typed) else {
        return pages::code_page(&provider, true);
    };
    let request = AuthorizationRequest {
        redirect_uri: String::new(),
        state: None,
        scopes,
        challenge: None,
        nonce: None,
        key: None,
        device: Some(user_code),
    };
    pages::consent_page(
        &provider,
        pages::browser_cookie(&provider, &headers),
        request,
    )
}

/// What the browser shows after the answer, which goes to the device.
pub(super) fn answered(provider: &Provider, user_code: &str, answer: Answer) -> Response {
    let text = match &answer {
        Answer::Allowed { .. } => {
            "The app on your other device is signed in. You can close this tab."
        }
        Answer::Denied => "The app on your other device was told no. You can close this tab.",
    };
    if locked(&provider.devices).answer(user_code, answer) {
        pages::message(provider, "That is all", text)
    } else {
        pages::code_page(provider, true)
    }
}

/// `grant_type=urn:ietf:params:oauth:grant-type:device_code` (sections 3.4 and 3.5).
pub(super) async fn redeem(
    provider: &Arc<Provider>,
    headers: &HeaderMap,
    form: &Parameters,
) -> Result<Value, TokenRefusal> {
    authenticate(provider, headers, form)?;
    let device_code = form.get("device_code").ok_or(TokenRefusal::new(
        "invalid_request",
        "device_code is missing",
    ))?;
    if provider.fails(Scenario::DeviceExpired) {
        return Err(expired());
    }
    let collected = locked(&provider.devices).collect(device_code);
    let collected = collected.map_err(|not_yet| match not_yet {
        NotYet::Pending => TokenRefusal::new("authorization_pending", "nobody has answered yet"),
        NotYet::TooSoon => TokenRefusal::new("slow_down", "the interval is not over"),
        NotYet::Denied => TokenRefusal::new("access_denied", "the person said no"),
        NotYet::Expired => expired(),
        NotYet::Unknown => TokenRefusal::new("invalid_grant", "the device code is unknown"),
    })?;
    let authorization = Authorization {
        subject: collected.subject,
        redirect_uri: String::new(),
        scopes: collected.scopes,
        challenge: None,
        nonce: None,
        auth_time: collected.auth_time,
        key: None,
    };
    let grant = locked(&provider.grants).open(device_code, &authorization);
    issue(provider, &grant, &authorization, false).await
}

fn expired() -> TokenRefusal {
    TokenRefusal::new("expired_token", "the code has expired")
}
