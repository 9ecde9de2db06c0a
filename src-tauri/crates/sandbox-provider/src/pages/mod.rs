//! The pages that a person sees in the browser.

mod device;
mod layout;
mod sign_in;
mod top_up;

use std::sync::Arc;

use axum::{
    Router,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde_json::json;

use crate::{provider::Provider, reply::ok};

pub(crate) use device::code_page;
pub(crate) use layout::{message, refused};
pub(crate) use sign_in::{PRESET_NAME, browser_cookie, consent_page};

const STYLE: &str = include_str!("style.css");

pub(crate) fn routes() -> Router<Arc<Provider>> {
    Router::new()
        .route("/sandbox/health", get(health))
        .route("/sandbox/style.css", get(style))
        .route("/sandbox/top-up-ticket", post(top_up::ticket))
        .route("/sandbox/top-up/{ticket}", get(top_up::open))
        .route("/sandbox/top-up", get(top_up::page).post(top_up::change))
}

/// Tells another process that this is a sandbox and which.
async fn health(State(provider): State<Arc<Provider>>) -> Response {
    ok(
        &json!({ "sandbox": "ok", "dialect": provider.dialect().name(), "version": env!("CARGO_PKG_VERSION") }),
    )
}

async fn style() -> Response {
    (
        [
            (header::CONTENT_TYPE, "text/css; charset=utf-8"),
            (header::CACHE_CONTROL, "max-age=3600"),
        ],
        STYLE,
    )
        .into_response()
}
