use std::sync::Arc;
use std::time::Duration;

use crate::store::StoreError;
use crate::token::endpoint::TokenEndpointError;

/// Why a new sign-in is needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReauthReason {
    /// The provider gave a verdict on the grant, such as `invalid_grant`.
    GrantRejected {
        /// The provider's error code.
        code: String,
    },
    /// The access token has expired, or was rejected, and there is no refresh token.
    NoRefreshToken,
    /// The provider no longer knows the key that it gave.
    KeyRejected,
    /// The provider answered the refresh for another person.
    SubjectChanged,
    /// What the store holds cannot be read back.
    StoreCorrupt,
}

/// Why there is no access token. Callers that shared a renewal share its error.
#[derive(Clone, Debug, thiserror::Error)]
pub enum SessionError {
    /// Nobody is signed in, or a new sign-in is needed: [`super::SessionState`] says which.
    #[error("a new sign-in is needed")]
    ReauthRequired,
    /// It may work later: no network, a provider that is down or asks for patience. The session stays.
    #[error("the provider cannot be used at the moment")]
    Transient {
        /// How long to wait before the next attempt; until then the answer stays the same.
        retry_after: Duration,
        /// What happened.
        #[source]
        source: Arc<TokenEndpointError>,
    },
    /// The client's registration or settings are at fault, not the person. The session stays.
    #[error("the client's registration is not accepted")]
    Configuration(#[source] Arc<TokenEndpointError>),
    /// The provider calls the key good that one of its interfaces refuses. The session stays.
    #[error("the provider honours the key that one of its interfaces refuses")]
    KeyDisputed,
    /// The store could not be read. Nothing was refreshed, and the session stays.
    #[error("the tokens could not be read or kept")]
    Store(#[source] Arc<StoreError>),
    /// Another process holds the lock of this account for longer than a refresh may take, or the lock
    /// file cannot be opened. The session stays.
    #[error("the lock of this account could not be had")]
    Lock(#[source] Arc<std::io::Error>),
}

impl SessionError {
    /// Whether the session stays and may work later.
    pub fn keeps_session(&self) -> bool {
        !matches!(self, Self::ReauthRequired)
    }
}
