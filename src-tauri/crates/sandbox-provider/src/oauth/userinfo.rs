//! Userinfo (OpenID Connect Core 5.3), in each dialect's shape.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use serde_json::{Value, json};

use crate::{
    api::{Caller, iso_time},
    books::Account,
    config::Dialect,
    control::count,
    provider::Provider,
    reply::{json_reply, ok},
    scenario::Scenario,
    secrets::uuid_for,
};

pub(crate) async fn userinfo(
    State(provider): State<Arc<Provider>>,
    headers: HeaderMap,
) -> Response {
    count(&provider.tally.userinfos);
    if provider.fails(Scenario::Userinfo500) {
        return json_reply(
            StatusCode::INTERNAL_SERVER_ERROR,
            &json!({ "detail": "Internal Server Error" }),
        );
    }
    let scopes: &[&str] = match provider.dialect() {
        Dialect::Chutes => &["openid", "profile", "account:read", "admin"],
        Dialect::Quota | Dialect::Oidc | Dialect::OpenRouter => &["openid"],
    };
    match Caller::with_any_scope(&provider, &headers, scopes) {
        Ok(caller) => ok(&claims(&provider, &caller.account, &caller.scopes)),
        Err(error) => error.reply(provider.dialect()),
    }
}

fn claims(provider: &Provider, account: &Account, scopes: &[String]) -> Value {
    let subject = if provider.fails(Scenario::UserinfoOtherSub) {
        uuid_for("somebody else")
    } else {
        account.subject.clone()
    };
    let has = |scope: &str| scopes.iter().any(|granted| granted == scope);
    match provider.dialect() {
        Dialect::Chutes => {
            json!({ "sub": subject, "username": account.username(), "created_at": iso_time(account.created_at) })
        }
        Dialect::Quota => {
            let mut claims = json!({ "sub": subject, "balance": account.balance_micro });
            if provider.fails(Scenario::BalanceNull) {
                claims["balance"] = Value::Null;
            }
            add_profile(&mut claims, account, has("profile"), has("email"));
            claims
        }
        Dialect::Oidc | Dialect::OpenRouter => {
            let mut claims = json!({ "sub": subject });
            if has("profile") {
                claims["preferred_username"] = json!(account.username());
            }
            add_profile(&mut claims, account, has("profile"), has("email"));
            claims
        }
    }
}

/// The claims of the scopes `profile` and `email` (OpenID Connect Core 5.4). There is no picture.
pub(crate) fn add_profile(claims: &mut Value, account: &Account, profile: bool, email: bool) {
    if profile {
        claims["name"] = json!(account.name);
    }
    if email {
        claims["email"] = json!(account.email());
        claims["email_verified"] = json!(true);
    }
}
