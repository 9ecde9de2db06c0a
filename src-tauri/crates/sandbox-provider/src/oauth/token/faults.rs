//! Faults of the token endpoint.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use serde_json::{Value, json};

use super::{error_reply, missing_field};
use crate::{
    provider::Provider,
    reply::{broken_connection, gateway_page, json_reply, ok, oversized, redirect_off_origin},
    scenario::Scenario,
};

/// What a code exchange answers in place of doing it.
pub(crate) async fn before_exchange(provider: &Provider) -> Option<Response> {
    provider.delay_if(Scenario::TokenSlow).await;
    let dialect = provider.dialect();
    let faults: [(Scenario, &dyn Fn() -> Response); 8] = [
        (Scenario::Token500, &|| {
            json_reply(
                StatusCode::INTERNAL_SERVER_ERROR,
                &json!({ "error": "server_error" }),
            )
        }),
        (Scenario::TokenHtml500, &|| {
            gateway_page(StatusCode::INTERNAL_SERVER_ERROR)
        }),
        (Scenario::TokenHtml200, &|| gateway_page(StatusCode::OK)),
        (Scenario::TokenInvalidClient, &|| {
            error_reply(dialect, "invalid_client", "the client is unknown")
        }),
        (Scenario::TokenInvalidGrant, &|| {
            error_reply(dialect, "invalid_grant", "the code is unknown")
        }),
        (Scenario::TokenDetail422, &|| missing_field("code")),
        (Scenario::TokenRedirect, &redirect_off_origin),
        (Scenario::TokenOversized, &oversized),
    ];
    faults
        .iter()
        .find(|(scenario, _)| provider.fails(*scenario))
        .map(|(_, reply)| reply())
}

/// What a refresh answers in place of doing it.
pub(crate) async fn before_refresh(provider: &Provider) -> Option<Response> {
    provider.delay_if(Scenario::RefreshSlow).await;
    if provider.fails(Scenario::Refresh500) {
        return Some(json_reply(
            StatusCode::INTERNAL_SERVER_ERROR,
            &json!({ "error": "server_error" }),
        ));
    }
    if provider.fails(Scenario::RefreshHtml) {
        return Some(gateway_page(StatusCode::BAD_GATEWAY));
    }
    if provider.fails(Scenario::Refresh429) {
        let mut response = json_reply(
            StatusCode::TOO_MANY_REQUESTS,
            &json!({ "error": "rate_limit_exceeded" }),
        );
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
        return Some(response);
    }
    provider.fails(Scenario::RefreshInvalidGrant).then(|| {
        error_reply(
            provider.dialect(),
            "invalid_grant",
            "the refresh token is unknown",
        )
    })
}

/// What becomes of a good answer on its way.
pub(crate) fn after_success(provider: &Provider, refreshed: bool, mut body: Value) -> Response {
    if refreshed && provider.fails(Scenario::RefreshLostAnswer) {
        return broken_connection();
    }
    if provider.fails(Scenario::TokenNotBearer) {
        body["token_type"] = json!("mac");
    }
    if provider.fails(Scenario::TokenNoExpires)
        && let Value::Object(members) = &mut body
    {
        members.remove("expires_in");
    }
    ok(&body)
}
