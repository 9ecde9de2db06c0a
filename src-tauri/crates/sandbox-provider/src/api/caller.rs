//! Who calls, by their bearer token (RFC 6750).

use axum::http::{HeaderMap, StatusCode};

use crate::{
    books::Account,
    config::Dialect,
    provider::{Provider, locked},
    reply::ApiError,
    wire::bearer,
};

/// The person behind a request.
pub(crate) struct Caller {
    pub(crate) account: Account,
    pub(crate) scopes: Vec<String>,
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
            .map(|grant| (grant.subject.clone(), grant.scopes.clone()));
        let found = grant.and_then(|(subject, scopes)| {
            Some((locked(&provider.books).account(&subject)?.clone(), scopes))
        });
        let Some((account, granted)) = found else {
            return Err(unauthorized(provider.dialect(), "invalid_token"));
        };
        if !scopes.is_empty() && !granted.iter().any(|scope| scopes.contains(&scope.as_str())) {
            return Err(forbidden(provider.dialect()));
        }
        Ok(Self {
            account,
            scopes: granted,
        })
    }
}

/// The token is missing, expired, revoked or unknown.
pub(crate) fn unauthorized(dialect: Dialect, code: &'static str) -> ApiError {
    let message = match dialect {
        Dialect::Chutes => "Invalid or expired token",
        Dialect::Quota | Dialect::Oidc => "The access token is missing, expired or revoked.",
    };
    ApiError::new(StatusCode::UNAUTHORIZED, code, message)
}

/// The token is good, but not for this.
pub(crate) fn forbidden(dialect: Dialect) -> ApiError {
    let message = match dialect {
        Dialect::Chutes => "Token does not have permission for this resource",
        Dialect::Quota | Dialect::Oidc => "The token lacks the scope for this.",
    };
    ApiError::new(StatusCode::FORBIDDEN, "insufficient_scope", message)
}
