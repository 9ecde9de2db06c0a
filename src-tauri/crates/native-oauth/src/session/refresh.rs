use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use super::lock::AccountLock;
use super::{Inner, ReauthReason, SessionError, SessionState};
use crate::clock::ClockSkew;
use crate::id_token::{Expected, IdTokenError, verify};
use crate::secret::{AccessToken, IdToken};
use crate::store::StoreError;
use crate::token::TokenSet;
use crate::token::endpoint::{Received, TokenEndpoint, TokenEndpointError};

/// Longer than a refresh by another process takes: a bounded exchange and a bounded store.
const LOCK_LIMIT: Duration = Duration::from_secs(45);

/// The result of a renewal under way, for everyone who waits for it.
pub(super) type Renewal = watch::Receiver<Option<Result<AccessToken, SessionError>>>;

/// Why the access token at hand is not good enough.
#[derive(Clone)]
pub(super) enum Stale {
    /// It expires soon.
    Expiring,
    /// An API did not take this one.
    Rejected(AccessToken),
}

impl Inner {
    /// Waits for the renewal under way, or starts one. It runs as a task of its own: a caller that goes
    /// away leaves it running, for a refresh token may be spent already.
    pub(super) async fn renew(self: &Arc<Self>, stale: Stale) -> Result<AccessToken, SessionError> {
        let mut renewal = {
            let mut held = self.held();
            match &held.renewal {
                Some(renewal) => renewal.clone(),
                None => {
                    if let Some(error) = held.backoff.pending() {
                        return Err(error);
                    }
                    let (result, renewal) = watch::channel(None);
                    held.renewal = Some(renewal.clone());
                    let inner = Arc::clone(self);
                    tokio::spawn(async move {
                        let clear = ClearRenewal(Arc::clone(&inner));
                        let renewed = inner.renew_alone(stale).await;
                        drop(clear);
                        result.send_replace(Some(renewed));
                    });
                    renewal
                }
            }
        };
        let finished = renewal.wait_for(Option::is_some).await;
        finished
            .ok()
            .and_then(|result| result.clone())
            .unwrap_or_else(|| {
                let ended = std::io::Error::other("the renewal ended without a result");
                Err(SessionError::Lock(Arc::new(ended)))
            })
    }

    async fn renew_alone(&self, stale: Stale) -> Result<AccessToken, SessionError> {
        let _changing = self.change.lock().await;
        let _lock = AccountLock::acquire(&self.lock_path, LOCK_LIMIT)
            .await
            .map_err(|error| SessionError::Lock(Arc::new(error)))?;
        let tokens = self.current_tokens().await?;
        if self.suffices(&tokens, &stale) {
            self.adopt(tokens.clone());
            return Ok(tokens.access_token);
        }
        let endpoint = TokenEndpoint::new(&self.http, &self.client);
        if let Some(grant) = self.client.key_grant() {
            // There is nothing to renew, and only one address whose refusal is a verdict on the key.
            return match endpoint.honours_key(grant, &tokens.access_token).await {
                Ok(true) => Err(SessionError::KeyDisputed),
                Ok(false) => self.reauth(ReauthReason::KeyRejected),
                Err(error) => Err(self.held().backoff.failed(error)),
            };
        }
        let Some(refresh_token) = &tokens.refresh_token else {
            return self.reauth(ReauthReason::NoRefreshToken);
        };
        match endpoint.refreshed(refresh_token, &tokens).await {
            Ok(renewed) => self.accept(renewed, &tokens).await,
            Err(error) => self.refused(error, &tokens, &stale).await,
        }
    }

    /// The newest tokens: the store's, for another process may have renewed them, unless ours never got
    /// there.
    async fn current_tokens(&self) -> Result<TokenSet, SessionError> {
        let (ours, unsaved) = {
            let held = self.held();
            (held.tokens.clone(), held.unsaved)
        };
        if let (Some(tokens), true) = (&ours, unsaved) {
            self.save(tokens).await;
            return Ok(tokens.clone());
        }
        match self.store.load(&self.key).await {
            Ok(Some(tokens)) => Ok(tokens),
            Ok(None) => {
                // Another process signed out.
                self.held().tokens = None;
                self.publish(SessionState::SignedOut);
                Err(SessionError::ReauthRequired)
            }
            Err(StoreError::Corrupt) => self.reauth(ReauthReason::StoreCorrupt),
            Err(error) => Err(SessionError::Store(Arc::new(error))),
        }
    }

    fn suffices(&self, tokens: &TokenSet, stale: &Stale) -> bool {
        let other = match stale {
            Stale::Expiring => true,
            Stale::Rejected(rejected) => !tokens.access_token.same_as(rejected),
        };
        other && tokens.is_fresh(self.client.clock().now())
    }

    /// Takes over what a refresh brought: first into the store, for the refresh token before it is spent;
    /// then, once it is known to be about the same person, to the callers.
    async fn accept(
        &self,
        received: Received,
        previous: &TokenSet,
    ) -> Result<AccessToken, SessionError> {
        let (mut renewed, clock_skew) = (received.tokens, received.clock_skew);
        if self.is_signed_out() {
            self.revoke_unwanted(&renewed).await;
            return Err(SessionError::ReauthRequired);
        }
        let received = renewed.id_token.take();
        renewed.id_token.clone_from(&previous.id_token);
        self.save(&renewed).await;
        if let Some(id_token) = received {
            let verified = self.verified(id_token, &renewed.access_token, clock_skew);
            match verified.await {
                Ok(None) => {}
                Ok(verified) => {
                    renewed.id_token = verified;
                    self.save(&renewed).await;
                }
                Err(reason) => {
                    let _ = self.store.clear(&self.key).await;
                    return self.reauth(reason);
                }
            }
        }
        let access_token = renewed.access_token.clone();
        self.adopt(renewed);
        Ok(access_token)
    }

    /// The ID token of a refresh, if it can be believed. Only one that is about somebody else is a reason
    /// to end the session: the access token came over TLS from the provider itself.
    async fn verified(
        &self,
        id_token: IdToken,
        access_token: &AccessToken,
        clock_skew: Option<ClockSkew>,
    ) -> Result<Option<IdToken>, ReauthReason> {
        if self.client.metadata().jwks_uri.is_none() {
            return Ok(None);
        }
        let expected = Expected {
            subject: self.id_subject.as_deref(),
            clock_skew,
            ..Expected::default()
        };
        let verified = verify(&self.http, &self.client, &id_token, access_token, &expected);
        match verified.await {
            Ok(_) => Ok(Some(id_token)),
            Err(IdTokenError::WrongSubject | IdTokenError::WrongIssuer) => {
                Err(ReauthReason::SubjectChanged)
            }
            Err(error) => {
                tracing::warn!(%error, "a refreshed ID token was not taken");
                Ok(None)
            }
        }
    }

    /// Stores tokens. If that fails they are kept in memory and stored at the next occasion: the ones
    /// before them are spent, so they are all there is.
    async fn save(&self, tokens: &TokenSet) {
        let saved = self.store.save(&self.key, tokens).await;
        if let Err(error) = &saved {
            tracing::warn!(%error, "renewed tokens could not be stored yet");
        }
        self.held().unsaved = saved.is_err();
    }

    fn adopt(&self, tokens: TokenSet) {
        let mut held = self.held();
        if !self.is_signed_out() {
            held.tokens = Some(tokens);
            held.backoff.succeeded();
        }
    }

    /// Tells a verdict on the grant from everything else.
    async fn refused(
        &self,
        error: TokenEndpointError,
        tried: &TokenSet,
        stale: &Stale,
    ) -> Result<AccessToken, SessionError> {
        if error.is_transient() {
            return Err(self.held().backoff.failed(error));
        }
        let code = match &error {
            TokenEndpointError::OAuth { code, .. } if self.client.is_grant_verdict(code) => {
                code.clone()
            }
            _ => return Err(SessionError::Configuration(Arc::new(error))),
        };
        // A process that does not know the lock may have been faster: then its token is the good one.
        if let Ok(Some(newer)) = self.store.load(&self.key).await
            && !newer.access_token.same_as(&tried.access_token)
            && self.suffices(&newer, stale)
        {
            self.adopt(newer.clone());
            return Ok(newer.access_token);
        }
        self.reauth(ReauthReason::GrantRejected { code })
    }

    fn reauth<T>(&self, reason: ReauthReason) -> Result<T, SessionError> {
        self.publish(SessionState::ReauthRequired { reason });
        Err(SessionError::ReauthRequired)
    }

    /// Tokens that arrived when the person had signed out already are nobody's.
    async fn revoke_unwanted(&self, tokens: &TokenSet) {
        let endpoint = TokenEndpoint::new(&self.http, &self.client);
        if let Some(refresh_token) = &tokens.refresh_token {
            let _ = endpoint.revoke_refresh_token(refresh_token).await;
        }
        let _ = endpoint.revoke_access_token(&tokens.access_token).await;
    }
}

/// Makes room for the next renewal, also when this one panics.
struct ClearRenewal(Arc<Inner>);

impl Drop for ClearRenewal {
    fn drop(&mut self) {
        self.0.held().renewal = None;
    }
}
