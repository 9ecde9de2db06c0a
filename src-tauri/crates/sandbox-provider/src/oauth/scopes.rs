//! Which scopes exist, which the client may ask for, and what they are called on the consent page.

use axum::response::Response;
use serde_json::json;

use crate::{config::Dialect, reply::ok};

/// Scope, and what it allows in a person's words.
type Scope = (&'static str, &'static str);

const QUOTA: &[Scope] = &[
    ("openid", "Know that it is you"),
    ("profile", "See your name"),
    ("email", "See your email address"),
    (
        "credits.read",
        "See your balance and the models you can use",
    ),
    ("credits.spend", "Spend your play money on answers"),
    ("account.read", "See your account"),
    ("account.write", "Change your account"),
    ("apps.read", "See your apps"),
    ("apps.write", "Change your apps"),
];

/// What the quota client was registered for.
const QUOTA_ALLOWED: &[&str] = &[
    "openid",
    "profile",
    "email",
    "credits.read",
    "credits.spend",
];

const CHUTES: &[Scope] = &[
    ("admin", "Do everything"),
    ("profile", "See your profile and your balance"),
    ("profile:read", "See your profile"),
    ("balance", "See your balance"),
    ("balance:read", "See your balance"),
    ("billing:read", "See your bills"),
    ("quota", "See your allowance"),
    ("quota:read", "See your allowance"),
    ("usage", "See what you used"),
    ("usage:read", "See what you used"),
    ("account:read", "See your account"),
    ("account:write", "Change your account"),
    ("secrets:read", "Read your secrets"),
    ("secrets:write", "Change your secrets"),
    ("chutes:read", "See your chutes"),
    ("chutes:write", "Change your chutes"),
    ("chutes:delete", "Delete your chutes"),
    ("chutes:invoke", "Spend your play money on answers"),
    ("images:read", "See your images"),
    ("images:write", "Change your images"),
    ("images:delete", "Delete your images"),
    ("invocations:read", "See your calls"),
];

/// Refused unless an app was registered for them, and this one was not.
const CHUTES_PRIVILEGED: &[&str] = &[
    "admin",
    "account:write",
    "account:delete",
    "billing:read",
    "billing:write",
    "secrets:read",
    "secrets:write",
    "chutes:write",
    "chutes:delete",
    "images:write",
    "images:delete",
];

const OIDC: &[Scope] = &[
    ("openid", "Know that it is you"),
    ("profile", "See your name"),
    ("email", "See your email address"),
    ("offline_access", "Stay signed in"),
];

/// What a key may do. These are not sent: they are what the consent page says.
const OPENROUTER: &[Scope] = &[
    ("key", "Spend your play money with a key of its own"),
    ("key.limit", "Spend no more than the limit that it asks for"),
];

fn all(dialect: Dialect) -> &'static [Scope] {
    match dialect {
        Dialect::Quota => QUOTA,
        Dialect::Chutes => CHUTES,
        Dialect::Oidc => OIDC,
        Dialect::OpenRouter => OPENROUTER,
    }
}

/// The names in the discovery document.
pub(crate) fn published(dialect: Dialect) -> Vec<&'static str> {
    all(dialect).iter().map(|(name, _)| *name).collect()
}

/// What a scope allows, for the consent page.
pub(crate) fn sentence(dialect: Dialect, scope: &str) -> &'static str {
    all(dialect)
        .iter()
        .find(|(name, _)| *name == scope)
        .map_or("Know that it is you", |(_, sentence)| sentence)
}

/// Splits a `scope` parameter; empty means the dialect's default.
pub(crate) fn requested(dialect: Dialect, scope: Option<&str>) -> Vec<String> {
    let mut scopes: Vec<String> = Vec::new();
    for name in scope.unwrap_or_default().split_ascii_whitespace() {
        if !scopes.iter().any(|known| known == name) {
            scopes.push(name.to_owned());
        }
    }
    if scopes.is_empty() && dialect == Dialect::Chutes {
        scopes.push("profile".to_owned());
    }
    scopes
}

/// What is wrong with a request for these scopes, if anything.
pub(crate) fn objection(dialect: Dialect, scopes: &[String]) -> Option<String> {
    let refused = |scope: &&String| match dialect {
        Dialect::Quota => !QUOTA_ALLOWED.contains(&scope.as_str()),
        // Accepted though unlisted: openid, to no effect but userinfo.
        Dialect::Chutes => {
            CHUTES_PRIVILEGED.contains(&scope.as_str())
                || (scope.as_str() != "openid" && !CHUTES.iter().any(|(name, _)| name == scope))
        }
        // OpenID Connect Core 3.1.2.1: scopes that are not understood should be ignored.
        Dialect::Oidc | Dialect::OpenRouter => false,
    };
    scopes
        .iter()
        .find(refused)
        .map(|scope| format!("the client may not ask for the scope {scope}"))
}

/// What is granted of what was asked for.
pub(crate) fn granted(dialect: Dialect, scopes: Vec<String>) -> Vec<String> {
    match dialect {
        Dialect::Oidc => scopes
            .into_iter()
            .filter(|scope| OIDC.iter().any(|(name, _)| name == scope))
            .collect(),
        Dialect::Quota | Dialect::Chutes | Dialect::OpenRouter => scopes,
    }
}

/// `GET /idp/scopes` of the chutes dialect.
pub(crate) async fn list() -> Response {
    let scopes: serde_json::Map<_, _> = CHUTES
        .iter()
        .map(|(name, sentence)| ((*name).to_owned(), json!(sentence)))
        .collect();
    ok(&json!({ "scopes": scopes }))
}
