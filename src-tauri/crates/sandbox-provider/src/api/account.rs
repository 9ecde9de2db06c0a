//! The account and its wallet: credits in one dialect, dollars in another, none in the third.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use serde_json::{Value, json};

use super::{Caller, iso_time};
use crate::{
    control::count,
    provider::Provider,
    reply::{ApiError, ok},
    scenario::Scenario,
};

/// `GET /v1/balance` of the quota dialect: integer credits, a million to the dollar.
pub(crate) async fn balance(State(provider): State<Arc<Provider>>, headers: HeaderMap) -> Response {
    let caller = match balance_caller(&provider, &headers, &["credits.read"]).await {
        Ok(caller) => caller,
        Err(error) => return error.reply(provider.dialect()),
    };
    ok(&json!({
        "wallet": "oauth_user",
        "balance": told_balance(&provider, caller.account.balance_micro).map_or(Value::Null, Value::from),
        "plan": "sandbox",
        "user_id": caller.account.subject,
        "billing_mode": "user",
    }))
}

/// `GET /v1/me` of the quota dialect.
pub(crate) async fn me(State(provider): State<Arc<Provider>>, headers: HeaderMap) -> Response {
    let caller =
        match Caller::with_any_scope(&provider, &headers, &["credits.read", "account.read"]) {
            Ok(caller) => caller,
            Err(error) => return error.reply(provider.dialect()),
        };
    let account = caller.account;
    ok(&json!({
        "id": account.subject,
        "name": account.name,
        "email": account.email(),
        "usage_30d": { "requests": account.requests, "credits_used": account.spent_micro },
    }))
}

/// `GET /users/me` of the chutes dialect: dollars as a float, among much else.
pub(crate) async fn users_me(
    State(provider): State<Arc<Provider>>,
    headers: HeaderMap,
) -> Response {
    let caller =
        match balance_caller(&provider, &headers, &["profile", "quota", "account:read"]).await {
            Ok(caller) => caller,
            Err(error) => return error.reply(provider.dialect()),
        };
    let account = caller.account;
    let dollars = told_balance(&provider, account.balance_micro)
        .map_or(Value::Null, |micro| json!(dollars(micro)));
    ok(&json!({
        "username": account.username(),
        "user_id": account.subject,
        "logo_id": null,
        "logo": null,
        "created_at": iso_time(account.created_at),
        "hotkey": "sandbox-hotkey",
        "coldkey": "sandbox-coldkey",
        "payment_address": "sandbox-payment-address",
        "permissions_bitmask": 0,
        "permissions": [],
        "balance": dollars,
        "netuids": [],
        "quotas": {},
    }))
}

async fn balance_caller(
    provider: &Provider,
    headers: &HeaderMap,
    scopes: &[&str],
) -> Result<Caller, ApiError> {
    count(&provider.tally.balances);
    provider.delay_if(Scenario::BalanceSlow).await;
    if provider.fails(Scenario::Balance500) {
        return Err(ApiError::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal_error",
            "Internal Server Error",
        ));
    }
    Caller::with_any_scope(provider, headers, scopes)
}

/// The balance with the faults that are on; `None` is no wallet, which is not zero.
fn told_balance(provider: &Provider, micro: i64) -> Option<i64> {
    if provider.fails(Scenario::BalanceNull) {
        None
    } else if provider.fails(Scenario::BalanceNegative) {
        Some(-1_234_567)
    } else {
        Some(micro)
    }
}

/// Micro-dollars as the float that goes on the wire.
#[allow(clippy::cast_precision_loss)] // Exact below nine billion dollars.
pub(crate) fn dollars(micro: i64) -> f64 {
    micro as f64 / 1e6
}
