//! Where access tokens come from.

use native_oauth::{AccessToken, BoxFuture, Session, SessionError};

/// A source of access tokens: a [`Session`], or in time a lasting key.
pub trait AccessTokens: Send + Sync {
    /// An access token to call with now.
    fn access_token(&self) -> BoxFuture<'_, Result<AccessToken, SessionError>>;

    /// Another one than `rejected`, which the provider answered with 401.
    fn access_token_after_rejection<'a>(
        &'a self,
        rejected: &'a AccessToken,
    ) -> BoxFuture<'a, Result<AccessToken, SessionError>>;
}

impl AccessTokens for Session {
    fn access_token(&self) -> BoxFuture<'_, Result<AccessToken, SessionError>> {
        Box::pin(Session::access_token(self))
    }

    fn access_token_after_rejection<'a>(
        &'a self,
        rejected: &'a AccessToken,
    ) -> BoxFuture<'a, Result<AccessToken, SessionError>> {
        Box::pin(Session::access_token_after_rejection(self, rejected))
    }
}
