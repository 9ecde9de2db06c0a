//! Who calls, by their bearer token (RFC 6750).

use axum::http::{HeaderMap, StatusCode};

use crate::{
    books::Account,
    config::Dialect,
    grants::Key,
    provider::{Provider, locked},
    reply::ApiError,
    wire::bearer,
};

/// The person behind a request.
pub(crate) struct Caller {
    pub(crate) account: Account,
    pub(crate) scopes: Vec<String>,
    /// The id of the grant that the token belongs to.
    pub(crate) grant: String,
    /// What the token may spend, if it is a key.
    pub(crate) key: Option<Key>,
}

impl Caller {
    /// The caller, if their token is good and has at least one of these scopes. No scopes: any token will do.
    pub(crate) fn with_any_scope(
        provider: &Provider,
        headers: &HeaderMap,
        scopes: &[&str],
    ) -> Result<Self, ApiError> {
        let Some(token) = bearer(headers) else {
            return Err(unauthorized(provider.dialect(), "invalid_api_key"));
        };
        let grant = locked(&provider.grants)
            .grant_of_access_token(token)
            .cloned();
        let found = grant.and_then(|grant| {
            let account = locked(&provider.books).account(&grant.subject)?.clone();
            Some((account, grant))
        });
        let Some((account, grant)) = found else {
            return Err(unauthorized(provider.dialect(), "invalid_token"));
        };
        let granted = grant.scopes;
        if !scopes.is_empty() && !granted.iter().any(|scope| scopes.contains(&scope.as_str())) {
            return Err(forbidden(provider.dialect()));
        }
        Ok(Self {
            account,
            scopes: granted,
            grant: grant.id,
            key: grant.key,
        })
    }
}

/// The token is missing, expired, revoked or unknown.
pub(crate) fn unauthorized(dialect: Dialect, code: &'static str) -> ApiError {
    let message = match dialect {
        Dialect::Chutes => "Invalid or expired token",
        Dialect::OpenRouter => "User not found.",
        Dialect::Quota | Dialect::Oidc => "The access token is missing, expired or revoked.",
    };
    ApiError::new(StatusCode::UNAUTHORIZED, code, message)
}

/// The token is good, but not for this.
pub(crate) fn forbidden(dialect: Dialect) -> ApiError {
    let message = match dialect {
        Dialect::Chutes => "Token does not have permission for this resource",
        Dialect::Quota | Dialect::Oidc | Dialect::OpenRouter => {
            "The token lacks the scope for this."
        }
    };
    ApiError::new(StatusCode::FORBIDDEN, "insufficient_scope", message)
}
