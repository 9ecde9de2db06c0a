//! What a key may spend, told to its holder. The account's own money is not told to a key.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use serde_json::{Value, json};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::{Caller, account::dollars};
use crate::{
    config::Dialect,
    control::count,
    provider::Provider,
    reply::{ApiError, ok},
    scenario::Scenario,
};

/// `GET /api/v1/key`.
pub(crate) async fn key(State(provider): State<Arc<Provider>>, headers: HeaderMap) -> Response {
    count(&provider.tally.balances);
    provider.delay_if(Scenario::BalanceSlow).await;
    if provider.fails(Scenario::Balance500) {
        let status = StatusCode::INTERNAL_SERVER_ERROR;
        let error = ApiError::new(status, "internal_error", "Internal Server Error");
        return error.reply(Dialect::OpenRouter);
    }
    match Caller::with_any_scope(&provider, &headers, &[]) {
        Ok(caller) => ok(&json!({ "data": facts(&caller) })),
        Err(error) => error.reply(Dialect::OpenRouter),
    }
}

fn facts(caller: &Caller) -> Value {
    let key = caller.key.as_ref();
    let terms = key.map(|key| &key.terms);
    let spent = key.map_or(0, |key| key.spent_micro);
    let ends_at = terms.and_then(|terms| OffsetDateTime::from_unix_timestamp(terms.ends_at?).ok());
    json!({
        "label": "sk-or-v1-sandbox...key",
        "limit": terms.and_then(|terms| terms.limit_micro).map(dollars),
        "limit_remaining": key.and_then(crate::grants::Key::left_micro).map(dollars),
        "limit_reset": terms.and_then(|terms| terms.reset.as_deref()),
        "usage": dollars(spent),
        "usage_daily": dollars(spent),
        "usage_weekly": dollars(spent),
        "usage_monthly": dollars(spent),
        "byok_usage": 0,
        "include_byok_in_limit": false,
        "is_free_tier": false,
        "is_management_key": false,
        "expires_at": ends_at.and_then(|time| time.format(&Rfc3339).ok()),
        "creator_user_id": caller.account.subject,
    })
}

/// `GET /api/v1/credits`: for other keys than these.
pub(crate) async fn credits() -> Response {
    let message = "Only management keys can do this.";
    ApiError::new(StatusCode::FORBIDDEN, "permission_denied", message).reply(Dialect::OpenRouter)
}
