use std::fmt;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::time::timeout;
use url::Url;

use super::lock::AccountLock;
use super::{Inner, SessionState};
use crate::client::Client;
use crate::secret::IdToken;
use crate::store::StoreError;
use crate::token::TokenSet;
use crate::token::endpoint::{TokenEndpoint, TokenEndpointError};

/// A renewal under way is waited for so long. If it takes longer it finds the session signed out and
/// revokes what it got.
const RENEWAL_LIMIT: Duration = Duration::from_secs(5);
/// Both revocations together may take so long.
const REVOCATION_LIMIT: Duration = Duration::from_secs(5);

/// What a sign-out achieved. The tokens are forgotten in this process in any case.
pub struct SignOutReport {
    /// Whether the provider revoked the refresh token.
    pub refresh_token: Revocation,
    /// Whether the provider revoked the access token.
    pub access_token: Revocation,
    /// Whether the store forgot the tokens.
    pub forgotten: Result<(), StoreError>,
    /// Where the person can sign out of the browser too (RP-Initiated Logout). It holds the ID token: open
    /// it with [`crate::launch::open_privately`].
    pub end_session_url: Option<Url>,
}

/// Without the address, which holds the ID token.
impl fmt::Debug for SignOutReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignOutReport")
            .field("refresh_token", &self.refresh_token)
            .field("access_token", &self.access_token)
            .field("forgotten", &self.forgotten)
            .finish_non_exhaustive()
    }
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
    /// The provider did not, or could not be reached. The token ends by itself when it expires.
    Failed(TokenEndpointError),
    /// The provider did not answer in time.
    TimedOut,
}

pub(super) async fn sign_out(inner: &Arc<Inner>) -> SignOutReport {
    inner.signed_out.store(true, Ordering::SeqCst);
    let changing = timeout(RENEWAL_LIMIT, inner.change.lock()).await;
    // A process that renews at this moment reads the store again under the lock, and finds nothing.
    let lock = AccountLock::acquire(&inner.lock_path, RENEWAL_LIMIT).await;
    let stored = inner.store.load(&inner.key).await.ok().flatten();
    let ours = inner.held().tokens.take();
    let forgotten = inner.store.clear(&inner.key).await;
    drop((lock, changing));
    inner.state.send_replace(SessionState::SignedOut);
    // Another process may have renewed the tokens since: the store's are the newer ones.
    let Some(tokens) = stored.or(ours) else {
        return SignOutReport {
            refresh_token: Revocation::NotHeld,
            access_token: Revocation::NotHeld,
            forgotten,
            end_session_url: end_session_url(&inner.client, None),
        };
    };
    let (refresh_token, access_token) = revoke(inner, &tokens).await;
    SignOutReport {
        refresh_token,
        access_token,
        forgotten,
        end_session_url: end_session_url(&inner.client, tokens.id_token.as_ref()),
    }
}

/// Revokes both tokens: some providers end the grant with either, some only the one that is named.
async fn revoke(inner: &Inner, tokens: &TokenSet) -> (Revocation, Revocation) {
    let endpoint = TokenEndpoint::new(&inner.http, &inner.client);
    let refresh = async {
        match &tokens.refresh_token {
            Some(token) => bounded(endpoint.revoke_refresh_token(token)).await,
            None => Revocation::NotHeld,
        }
    };
    let access = async {
        if tokens.access_token.expose().is_empty() {
            return Revocation::NotHeld;
        }
        bounded(endpoint.revoke_access_token(&tokens.access_token)).await
    };
    tokio::join!(refresh, access)
}

async fn bounded(revocation: impl Future<Output = Result<bool, TokenEndpointError>>) -> Revocation {
    match timeout(REVOCATION_LIMIT, revocation).await {
        Ok(Ok(true)) => Revocation::Revoked,
        Ok(Ok(false)) => Revocation::NotSupported,
        Ok(Err(error)) => Revocation::Failed(error),
        Err(_) => Revocation::TimedOut,
    }
}

fn end_session_url(client: &Client, id_token: Option<&IdToken>) -> Option<Url> {
    let mut url = client.metadata().end_session_endpoint.clone()?;
    url.query_pairs_mut()
        .append_pair("client_id", client.client_id());
    if let Some(id_token) = id_token {
        url.query_pairs_mut()
            .append_pair("id_token_hint", id_token.expose());
    }
    Some(url)
}
