//! Registering the app with a developer's key, as the quota and chutes providers take it.

use std::sync::Arc;

use axum::{
    Json,
    extract::{State, rejection::JsonRejection},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use serde::Deserialize;
use serde_json::json;

use crate::{
    config::Dialect,
    provider::Provider,
    reply::{ApiError, json_reply},
    secrets::same,
    wire::bearer,
};

/// What a developer says about an app.
#[derive(Deserialize)]
pub(crate) struct NewApp {
    name: String,
    redirect_uris: Vec<String>,
    #[serde(default)]
    allowed_scopes: Vec<String>,
    #[serde(default)]
    public: bool,
}

/// `POST /developers/apps`, `POST /idp/apps`: the client that there is, if the app is one that it could be.
pub(crate) async fn register(
    State(provider): State<Arc<Provider>>,
    headers: HeaderMap,
    app: Result<Json<NewApp>, JsonRejection>,
) -> Response {
    let dialect = provider.dialect();
    let refuse = |status, code, message: &str| ApiError::new(status, code, message).reply(dialect);
    let key = bearer(&headers).unwrap_or_default();
    provider.tally.secret(key);
    let expected = provider.config.developer_key.as_deref();
    if !expected.is_some_and(|expected| same(key, expected)) {
        return refuse(
            StatusCode::UNAUTHORIZED,
            "invalid_api_key",
            "Invalid API key",
        );
    }
    let Ok(Json(app)) = app else {
        return refuse(
            StatusCode::BAD_REQUEST,
            "invalid_request",
            "the body is no app",
        );
    };
    let known = &provider.config.redirect_uris;
    let redirects = (1..=10).contains(&app.redirect_uris.len())
        && app.redirect_uris.iter().all(|uri| known.contains(uri));
    let scopes = super::scopes::granted(dialect, app.allowed_scopes.clone());
    if app.name.len() < 3 || !redirects || scopes.len() != app.allowed_scopes.len() || app.public {
        return refuse(
            StatusCode::BAD_REQUEST,
            "invalid_request",
            "the app is not acceptable",
        );
    }
    let mut answer = json!({
        "client_id": provider.client.id,
        "name": app.name,
        "redirect_uris": app.redirect_uris,
    });
    if dialect == Dialect::Chutes {
        answer["app_id"] = json!("sandbox-app");
        answer["client_secret"] = json!(provider.client.secret);
        answer["public"] = json!(false);
    }
    json_reply(StatusCode::CREATED, &answer)
}
