//! The resource API: account, wallet, models and chat.

mod account;
mod caller;
mod chat;
mod key;
mod models;
mod plan;

use std::sync::Arc;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};
use time::{OffsetDateTime, format_description::BorrowedFormatItem, macros::format_description};

pub(crate) use caller::Caller;
pub(crate) use chat::ChatRequest;

use crate::{config::Dialect, provider::Provider};

/// The longest chat request, in bytes.
const LONGEST_CHAT: usize = 32 << 20;

pub(crate) fn routes(dialect: Dialect) -> Router<Arc<Provider>> {
    // Images come inside the request.
    let chat_route = post(chat::completions).layer(DefaultBodyLimit::max(LONGEST_CHAT));
    let prefix = prefix(dialect);
    let routes = Router::new()
        .route(&format!("{prefix}/models"), get(models::list))
        .route(&format!("{prefix}/chat/completions"), chat_route);
    match dialect {
        Dialect::Quota => routes
            .route("/v1/balance", get(account::balance))
            .route("/v1/me", get(account::me)),
        Dialect::Chutes => routes
            .route("/users/me", get(account::users_me))
            .route(
                "/users/me/subscription_usage",
                get(plan::subscription_usage),
            )
            .route("/users/me/quotas", get(plan::quotas))
            .route("/users/me/quota_usage/{chute_id}", get(plan::quota_usage))
            .route("/users/me/usage", get(plan::usage)),
        Dialect::Oidc => routes,
        Dialect::OpenRouter => routes
            .route("/api/v1/key", get(key::key))
            .route("/api/v1/credits", get(key::credits)),
    }
}

/// Where models and chat live, after the base.
pub(crate) fn prefix(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::OpenRouter => "/api/v1",
        Dialect::Quota | Dialect::Chutes | Dialect::Oidc => "/v1",
    }
}

const ISO_WITHOUT_ZONE: &[BorrowedFormatItem<'_>] =
    format_description!("[year]-[month]-[day]T[hour]:[minute]:[second]");

/// Seconds since 1970 as ISO 8601 without a zone, as the chutes model writes times.
pub(crate) fn iso_time(seconds: i64) -> String {
    OffsetDateTime::from_unix_timestamp(seconds)
        .ok()
        .and_then(|time| time.format(ISO_WITHOUT_ZONE).ok())
        .unwrap_or_default()
}
