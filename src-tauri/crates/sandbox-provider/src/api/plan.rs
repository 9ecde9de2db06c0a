//! What an account of the chutes dialect may use beside its balance, and what it used by the hour.

use std::sync::Arc;

use axum::{
    extract::{Path, Query, State},
    http::HeaderMap,
    response::Response,
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Caller, account::dollars, iso_time};
use crate::{
    books::{Account, Plan, Window},
    provider::Provider,
    reply::{ApiError, ok},
};

const SCOPES: &[&str] = &["profile", "quota", "account:read"];

/// The quota of every model that has none of its own.
const ANY_MODEL: &str = "*";

fn account(provider: &Provider, headers: &HeaderMap) -> Result<Account, ApiError> {
    let mut account = Caller::with_any_scope(provider, headers, SCOPES)?.account;
    account.plan.roll();
    Ok(account)
}

fn told(
    provider: &Provider,
    headers: &HeaderMap,
    tell: impl FnOnce(&Account) -> Value,
) -> Response {
    match account(provider, headers) {
        Ok(account) => ok(&tell(&account)),
        Err(error) => error.reply(provider.dialect()),
    }
}

/// `GET /users/me/subscription_usage`: amounts are what the use would have cost.
pub(crate) async fn subscription_usage(
    State(provider): State<Arc<Provider>>,
    headers: HeaderMap,
) -> Response {
    told(&provider, &headers, |account| subscription(&account.plan))
}

fn subscription(plan: &Plan) -> Value {
    if !plan.is_subscription() {
        return json!({ "subscription": false });
    }
    let window = |window: &Option<Window>| {
        window.as_ref().map_or_else(
            || json!({ "uncapped": true }),
            |it| {
                json!({
                    "usage": dollars(it.used),
                    "cap": dollars(it.limit),
                    "remaining": dollars(it.left()),
                    "reset_at": iso_time(it.resets_at),
                })
            },
        )
    };
    json!({
        "subscription": true,
        "custom": false,
        "monthly_price": 10.0,
        "four_hour": window(&plan.four_hour),
        "monthly": window(&plan.monthly),
    })
}

/// `GET /users/me/quotas`: a list, or an object of defaults where the account has none.
pub(crate) async fn quotas(State(provider): State<Arc<Provider>>, headers: HeaderMap) -> Response {
    told(&provider, &headers, |account| {
        match &account.plan.requests {
            Some(requests) => {
                json!([{ "chute_id": ANY_MODEL, "quota": requests.limit, "is_default": true }])
            }
            None => json!({ ANY_MODEL: 0 }),
        }
    })
}

/// `GET /users/me/quota_usage/{chute_id}`.
pub(crate) async fn quota_usage(
    State(provider): State<Arc<Provider>>,
    Path(_model): Path<String>,
    headers: HeaderMap,
) -> Response {
    told(&provider, &headers, |account| {
        let requests = account.plan.requests.as_ref();
        json!({
            "quota": requests.map_or(0, |it| it.limit),
            "used": requests.map_or(0, |it| it.used),
        })
    })
}

/// Which page of the buckets; pages begin at 0.
#[derive(Deserialize)]
pub(crate) struct Paging {
    #[serde(default)]
    page: usize,
    limit: Option<usize>,
}

/// `GET /users/me/usage`: the latest hour first.
pub(crate) async fn usage(
    State(provider): State<Arc<Provider>>,
    Query(paging): Query<Paging>,
    headers: HeaderMap,
) -> Response {
    told(&provider, &headers, |account| {
        let limit = paging.limit.unwrap_or(25).clamp(1, 100);
        let latest_first = account.buckets.iter().rev();
        let items: Vec<_> = latest_first
            .skip(paging.page.saturating_mul(limit))
            .take(limit)
            .map(|bucket| {
                json!({
                    "bucket": iso_time(bucket.hour),
                    "amount": dollars(bucket.micro),
                    "count": bucket.count,
                    "input_tokens": bucket.input_tokens,
                    "output_tokens": bucket.output_tokens,
                })
            })
            .collect();
        json!({
            "total": account.buckets.len(),
            "page": paging.page,
            "limit": limit,
            "items": items,
        })
    })
}
