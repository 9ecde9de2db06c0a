//! The signed-in lifetime over token sets.

mod backoff;
mod error;
mod introspect;
mod lock;
mod refresh;
mod sign_out;

use std::fmt;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

pub use self::error::{ReauthReason, SessionError};
pub use self::introspect::IntrospectionError;
pub use self::sign_out::{Revocation, SignOutReport};

use self::backoff::Backoff;
use self::refresh::{Renewal, Stale};
use crate::client::Client;
use crate::http::HttpClient;
use crate::scope::Scopes;
use crate::secret::AccessToken;
use crate::store::{AccountKey, StoreError, TokenStore};
use crate::token::TokenSet;

/// The tokens of one account, kept fresh. Cheap to clone; all clones are one session.
///
/// However many callers ask at once, and in however many processes, a refresh token is used once: in
/// the process the callers share one task, which none of them can cancel; across processes a file
/// lock is held, under which the store is read again and a newer token adopted. Tokens are in the
/// store before any caller sees them.
#[derive(Clone)]
pub struct Session {
    inner: Arc<Inner>,
}

struct Inner {
    http: HttpClient,
    client: Client,
    store: Arc<dyn TokenStore>,
    key: AccountKey,
    lock_path: PathBuf,
    id_subject: Option<String>,
    state: watch::Sender<SessionState>,
    held: Mutex<Held>,
    /// Held while the tokens change: by a renewal, or by a sign-out.
    change: tokio::sync::Mutex<()>,
    /// Set for good by a sign-out, so that a renewal under way does not bring the tokens back.
    signed_out: AtomicBool,
}

#[derive(Default)]
struct Held {
    tokens: Option<TokenSet>,
    /// The store did not take these tokens yet, so what it holds is older.
    unsaved: bool,
    renewal: Option<Renewal>,
    backoff: Backoff,
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

impl Session {
    /// Takes up the session that the store holds; [`SessionState::SignedOut`] if it holds none.
    ///
    /// `lock_path` is a file that all processes which share the store use for this account;
    /// `id_subject` is the `sub` that a refreshed ID token must have.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn restore(
        http: HttpClient,
        client: Client,
        store: Arc<dyn TokenStore>,
        key: AccountKey,
        lock_path: PathBuf,
        id_subject: Option<String>,
    ) -> Result<Self, StoreError> {
        let tokens = store.load(&key).await?;
        Ok(Self::over(
            http, client, store, key, lock_path, id_subject, tokens,
        ))
    }

    /// Starts a session with the tokens of a sign-in, which it stores first.
    ///
    /// # Errors
    /// The store did not take the tokens. They are lost then, unless the caller starts the session over
    /// another store.
    pub async fn start(
        http: HttpClient,
        client: Client,
        store: Arc<dyn TokenStore>,
        key: AccountKey,
        lock_path: PathBuf,
        id_subject: Option<String>,
        tokens: TokenSet,
    ) -> Result<Self, StoreError> {
        store.save(&key, &tokens).await?;
        Ok(Self::over(
            http,
            client,
            store,
            key,
            lock_path,
            id_subject,
            Some(tokens),
        ))
    }

    fn over(
        http: HttpClient,
        client: Client,
        store: Arc<dyn TokenStore>,
        key: AccountKey,
        lock_path: PathBuf,
        id_subject: Option<String>,
        tokens: Option<TokenSet>,
    ) -> Self {
        let state = match tokens {
            Some(_) => SessionState::SignedIn,
            None => SessionState::SignedOut,
        };
        let inner = Inner {
            http,
            client,
            store,
            key,
            lock_path,
            id_subject,
            state: watch::Sender::new(state),
            held: Mutex::new(Held {
                tokens,
                ..Held::default()
            }),
            change: tokio::sync::Mutex::new(()),
            signed_out: AtomicBool::new(false),
        };
        Self {
            inner: Arc::new(inner),
        }
    }

    /// An access token that is good for a while yet; refreshed if need be.
    ///
    /// # Errors
    /// See [`SessionError`].
    pub async fn access_token(&self) -> Result<AccessToken, SessionError> {
        let tokens = self.inner.signed_in_tokens()?;
        let now = self.inner.client.clock().now();
        if tokens.is_fresh(now) {
            return Ok(tokens.access_token);
        }
        let renewed = self.inner.renew(Stale::Expiring).await;
        match renewed {
            // It could not be renewed for now, but it has a few seconds left.
            Err(error) if error.keeps_session() && !tokens.has_expired(now) => {
                Ok(tokens.access_token)
            }
            renewed => renewed,
        }
    }

    /// Another access token than `rejected`, which an API answered with 401: the one that the session
    /// has by now, if it is another, or else a new one. A caller retries once with it.
    ///
    /// # Errors
    /// See [`SessionError`].
    pub async fn access_token_after_rejection(
        &self,
        rejected: &AccessToken,
    ) -> Result<AccessToken, SessionError> {
        let tokens = self.inner.signed_in_tokens()?;
        let now = self.inner.client.clock().now();
        if !tokens.access_token.same_as(rejected) && tokens.is_fresh(now) {
            return Ok(tokens.access_token);
        }
        let stale = Stale::Rejected(rejected.clone());
        let renewed = self.inner.renew(stale.clone()).await?;
        if renewed.same_as(rejected) {
            // The renewal under way had begun for another reason, and found this very token fresh.
            return self.inner.renew(stale).await;
        }
        Ok(renewed)
    }

    /// The state, and its changes.
    pub fn state(&self) -> watch::Receiver<SessionState> {
        self.inner.state.subscribe()
    }

    /// The scopes that were granted last; none once signed out.
    pub fn granted_scopes(&self) -> Scopes {
        let held = self.inner.held();
        held.tokens
            .as_ref()
            .map(|tokens| tokens.granted_scopes.clone())
            .unwrap_or_default()
    }

    /// Signs out: forgets the tokens, here and in the store, and revokes them as far as the provider
    /// can. Without a network the forgetting is done all the same.
    pub async fn sign_out(&self) -> SignOutReport {
        sign_out::sign_out(&self.inner).await
    }
}

impl Inner {
    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_signed_out(&self) -> bool {
        self.signed_out.load(Ordering::SeqCst)
    }

    fn signed_in_tokens(&self) -> Result<TokenSet, SessionError> {
        match *self.state.borrow() {
            SessionState::SignedIn => {}
            SessionState::SignedOut | SessionState::ReauthRequired { .. } => {
                return Err(SessionError::ReauthRequired);
            }
        }
        self.held()
            .tokens
            .clone()
            .ok_or(SessionError::ReauthRequired)
    }

    /// Announces a state, unless the session was signed out meanwhile.
    fn publish(&self, next: SessionState) {
        self.state.send_if_modified(|state| {
            let changes = *state != next && !self.is_signed_out();
            if changes {
                *state = next;
            }
            changes
        });
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("key", &self.inner.key)
            .field("state", &*self.inner.state.borrow())
            .finish_non_exhaustive()
    }
}
