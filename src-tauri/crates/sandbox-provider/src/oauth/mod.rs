//! The authorization server.

mod authorize;
mod consent;
mod device;
mod discovery;
mod id_token;
mod introspection;
mod key_grant;
mod logout;
mod registration;
mod revocation;
mod scopes;
mod stray_hits;
mod token;
mod userinfo;

use std::sync::Arc;

use axum::{
    Router,
    routing::{get, post},
};

use crate::{config::Dialect, provider::Provider};

pub(crate) use scopes::sentence as scope_sentence;

/// Where each endpoint lives, after the base.
pub(crate) struct Paths {
    pub(crate) authorize: &'static str,
    pub(crate) token: &'static str,
    pub(crate) userinfo: &'static str,
    pub(crate) revoke: &'static str,
}

pub(crate) fn paths(dialect: Dialect) -> Paths {
    match dialect {
        Dialect::Chutes => Paths {
            authorize: "/idp/authorize",
            token: "/idp/token",
            userinfo: "/idp/userinfo",
            revoke: "/idp/token/revoke",
        },
        Dialect::Quota | Dialect::Oidc | Dialect::OpenRouter => Paths {
            authorize: "/oauth/authorize",
            token: "/oauth/token",
            userinfo: "/oauth/userinfo",
            revoke: "/oauth/revoke",
        },
    }
}

pub(crate) const KEY_SET: &str = "/.well-known/jwks.json";
pub(crate) const END_SESSION: &str = "/oauth/logout";
pub(crate) const INTROSPECT: &str = "/idp/token/introspect";
pub(crate) const DEVICE: &str = "/oauth/device";
pub(crate) const DEVICE_PAGE: &str = "/sandbox/device";
pub(crate) const CONSENT: &str = "/sandbox/consent";

pub(crate) fn routes(dialect: Dialect) -> Router<Arc<Provider>> {
    if dialect == Dialect::OpenRouter {
        return Router::new()
            .route("/auth", get(key_grant::authorize))
            .route(CONSENT, post(consent::consent))
            .route("/api/v1/auth/keys", post(key_grant::exchange));
    }
    let paths = paths(dialect);
    let routes = Router::new()
        .route(
            "/.well-known/openid-configuration",
            get(discovery::discovery),
        )
        .route(paths.authorize, get(authorize::authorize))
        .route(CONSENT, post(consent::consent))
        .route(paths.token, post(token::token))
        .route(paths.userinfo, get(userinfo::userinfo))
        .route(paths.revoke, post(revocation::revoke));
    let routes = match dialect {
        Dialect::Oidc => routes
            .route(DEVICE, post(device::authorization))
            .route(DEVICE_PAGE, get(device::page)),
        Dialect::Quota | Dialect::Chutes | Dialect::OpenRouter => routes,
    };
    match dialect {
        Dialect::Chutes => routes
            .route(INTROSPECT, post(introspection::introspect))
            .route("/idp/scopes", get(scopes::list))
            .route("/idp/apps", post(registration::register)),
        Dialect::Quota | Dialect::Oidc | Dialect::OpenRouter => routes
            .route("/developers/apps", post(registration::register))
            .route(KEY_SET, get(discovery::key_set))
            .route(END_SESSION, get(logout::end_session)),
    }
}
