//! The signed-in lifetime over token sets.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use url::Url;

use crate::client::Client;
use crate::http::HttpClient;
use crate::scope::Scopes;
use crate::secret::AccessToken;
use crate::store::{AccountKey, StoreError, TokenStore};
use crate::token::TokenSet;
use crate::token::endpoint::TokenEndpointError;

/// The tokens of one account, kept fresh. Cheap to clone; all clones are one session.
#[derive(Clone)]
pub struct Session {
    state: watch::Sender<SessionState>,
}

impl Session {
    /// Takes up the session that the store holds; [`SessionState::SignedOut`] if it holds none.
    ///
    /// `lock_path` is a file that all processes which share the store use for this account;
    /// `id_subject` is the `sub` that a refreshed ID token must have.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn restore(
        _http: HttpClient,
        _client: Client,
        _store: Arc<dyn TokenStore>,
        _key: AccountKey,
        _lock_path: PathBuf,
        _id_subject: Option<String>,
    ) -> Result<Self, StoreError> {
        unimplemented!()
    }

    /// Starts a session with the tokens of a sign-in, which it stores.
    ///
    /// # Errors
    /// The store did not take the tokens.
    pub async fn start(
        _http: HttpClient,
        _client: Client,
        _store: Arc<dyn TokenStore>,
        _key: AccountKey,
        _lock_path: PathBuf,
        _id_subject: Option<String>,
        _tokens: TokenSet,
    ) -> Result<Self, StoreError> {
        unimplemented!()
    }

    /// An access token that is good for a while yet; refreshed if need be.
    ///
    /// # Errors
    /// See [`SessionError`].
    pub async fn access_token(&self) -> Result<AccessToken, SessionError> {
        unimplemented!()
    }

    /// Another access token than `rejected`, which an API answered with 401.
    ///
    /// # Errors
    /// See [`SessionError`].
    pub async fn access_token_after_rejection(
        &self,
        _rejected: &AccessToken,
    ) -> Result<AccessToken, SessionError> {
        unimplemented!()
    }

    /// The state, and its changes.
    pub fn state(&self) -> watch::Receiver<SessionState> {
        self.state.subscribe()
    }

    /// The scopes that were granted last.
    pub fn granted_scopes(&self) -> Scopes {
        unimplemented!()
    }

    /// Revokes the tokens as far as the provider can, and forgets them in any case.
    pub async fn sign_out(&self) -> SignOutReport {
        unimplemented!()
    }
}

/// Where a session stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionState {
    /// Nobody is signed in.
    SignedOut,
    /// Somebody is signed in.
    SignedIn,
    /// The provider no longer honours the grant; only a new sign-in helps.
    ReauthRequired {
        /// Why.
        reason: ReauthReason,
    },
}

/// Why a new sign-in is needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReauthReason {
    /// The provider gave a verdict on the grant, such as `invalid_grant`.
    GrantRejected {
        /// The provider's error code.
        code: String,
    },
    /// The access token has expired and there is no refresh token.
    NoRefreshToken,
    /// The provider answered the refresh for another person.
    SubjectChanged,
}

/// Why there is no access token.
#[derive(Clone, Debug, thiserror::Error)]
pub enum SessionError {
    /// Nobody is signed in, or a new sign-in is needed.
    #[error("a new sign-in is needed")]
    ReauthRequired,
    /// It may work later: no network, a provider that is down or asks for patience.
    #[error("the provider cannot be used at the moment")]
    Transient {
        /// How long the provider asks to wait.
        retry_after: Option<Duration>,
        /// What happened.
        #[source]
        source: Arc<TokenEndpointError>,
    },
    /// The client's registration or settings are at fault, not the person.
    #[error("the client's registration is not accepted")]
    Configuration(#[source] Arc<TokenEndpointError>),
    /// The tokens could not be read or kept.
    #[error("the tokens could not be read or kept")]
    Store(#[source] Arc<StoreError>),
}

/// What a sign-out achieved. The tokens are forgotten in this process in any case.
#[derive(Debug)]
pub struct SignOutReport {
    /// Whether the provider revoked the refresh token.
    pub refresh_token: Revocation,
    /// Whether the provider revoked the access token.
    pub access_token: Revocation,
    /// Whether the store forgot the tokens.
    pub forgotten: Result<(), StoreError>,
    /// Where the person can sign out of the browser too. It holds the ID token: open it with
    /// [`crate::launch::open_privately`].
    pub end_session_url: Option<Url>,
}

/// What became of a token at sign-out.
#[derive(Debug)]
pub enum Revocation {
    /// There was no such token.
    NotHeld,
    /// The provider cannot revoke tokens.
    NotSupported,
    /// The provider revoked it.
    Revoked,
    /// The provider did not, or could not be reached.
    Failed(TokenEndpointError),
}
