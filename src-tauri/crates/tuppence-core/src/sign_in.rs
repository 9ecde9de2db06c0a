//! One attempt to sign in at a time: the flow of `native-oauth` between the browser and the keychain.
//!
//! A later attempt supersedes an earlier one. Tokens are stored before anybody is told of a success,
//! and the browser's page says what really came of it.

use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use native_oauth::{
    Authorized, CancellationToken, Completion, LaunchHandle, PageText, PasteRedirect,
    PendingSignIn, SecretText, Session, SignInFlow, SignInOptions, TokenStore,
};
use url::Url;
use uuid::Uuid;
use wallet_api::profile::KeyTerms;

use crate::account::{AccountId, AccountRecord, Persistence};
use crate::event::{CoreEvent, SignInOutcome};
use crate::failure::{Failure, FailureKind};
use crate::identity::Identity;
use crate::providers::Provider;
use crate::{APP_NAME, Tuppence};

/// How long the person has in the browser.
const DEADLINE: Duration = Duration::from_secs(300);

/// An attempt as hosts show it.
#[derive(Clone, Debug)]
pub struct SignInAttempt {
    /// The attempt's id.
    pub id: String,
    /// The provider.
    pub provider_id: String,
    /// The provider's name to show.
    pub provider_name: String,
    /// How far it is.
    pub stage: SignInStage,
    /// When it started.
    pub started_at: SystemTime,
    /// When it gives up.
    pub deadline_at: SystemTime,
    /// The browser could not be started; the link still works.
    pub browser_failed: bool,
}

/// The stages that a person can tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInStage {
    /// Metadata, keychain, listener.
    Preparing,
    /// The browser has the turn.
    WaitingForBrowser,
    /// Exchange, verification, storing.
    Finishing,
}

/// The attempt under way, with what steers it.
pub(crate) struct Attempt {
    shown: SignInAttempt,
    cancel: CancellationToken,
    browser: Option<BrowserHandles>,
}

#[derive(Clone)]
struct BrowserHandles {
    launch: LaunchHandle,
    paste: PasteRedirect,
    authorization_url: Url,
    redirect_uri: String,
}

impl Tuppence {
    /// Starts signing in to a provider; the end of it comes as [`CoreEvent::SignInEnded`].
    ///
    /// # Errors
    /// [`FailureKind::NotFound`] for an unknown provider. Everything else ends the attempt instead.
    pub fn sign_in(
        &self,
        provider_id: &str,
        persistence: Persistence,
    ) -> Result<SignInAttempt, Failure> {
        self.sign_in_for(provider_id, persistence, KeyTerms::default())
    }

    /// The same, asking terms of the key at a provider that gives one. Others are not asked any.
    ///
    /// # Errors
    /// As [`Tuppence::sign_in`].
    pub fn sign_in_for(
        &self,
        provider_id: &str,
        persistence: Persistence,
        terms: KeyTerms,
    ) -> Result<SignInAttempt, Failure> {
        let summary = self
            .providers()
            .into_iter()
            .find(|provider| provider.id == provider_id)
            .ok_or_else(|| Failure::not_found("no such provider"))?;
        let now = SystemTime::now();
        let shown = SignInAttempt {
            id: Uuid::new_v4().to_string(),
            provider_id: summary.id,
            provider_name: summary.name,
            stage: SignInStage::Preparing,
            started_at: now,
            deadline_at: now + DEADLINE,
            browser_failed: false,
        };
        let cancel = CancellationToken::new();
        let attempt = Attempt {
            shown: shown.clone(),
            cancel: cancel.clone(),
            browser: None,
        };
        if let Some(superseded) = self.attempt().replace(attempt) {
            superseded.cancel.cancel();
        }
        self.emit(CoreEvent::Changed);
        tokio::spawn(
            self.clone()
                .attempt_sign_in(shown.clone(), persistence, terms, cancel),
        );
        Ok(shown)
    }

    /// The attempt under way.
    pub fn pending_sign_in(&self) -> Option<SignInAttempt> {
        self.attempt().as_ref().map(|attempt| attempt.shown.clone())
    }

    /// Ends an attempt. One that is over already is left alone.
    pub fn cancel_sign_in(&self, id: &str) {
        if let Some(attempt) = self
            .attempt()
            .as_ref()
            .filter(|attempt| attempt.shown.id == id)
        {
            attempt.cancel.cancel();
        }
    }

    /// Opens the browser once more, at a fresh launch address.
    ///
    /// # Errors
    /// [`FailureKind::BrowserUnavailable`], or [`FailureKind::NotFound`] where nothing waits.
    pub async fn open_browser_again(&self, id: &str) -> Result<(), Failure> {
        let link = self.launch_link(id)?;
        let opened = self.inner.user_agent.open(&link).await;
        self.update_attempt(id, |attempt| attempt.shown.browser_failed = opened.is_err());
        opened.map_err(|error| {
            Failure::retryable(
                FailureKind::BrowserUnavailable,
                crate::failure::chain(&error),
            )
        })
    }

    /// A fresh single-use launch address, for "Copy link".
    ///
    /// # Errors
    /// [`FailureKind::NotFound`] where nothing waits.
    pub fn launch_link(&self, id: &str) -> Result<Url, Failure> {
        Ok(self.browser_handles(id)?.launch.renew())
    }

    /// The authorization URL and the redirect URI, for a browser on another machine, which cannot reach
    /// a launch address on this one. For the person alone: the URL holds `state`.
    ///
    /// # Errors
    /// [`FailureKind::NotFound`] where nothing waits.
    pub fn authorization_addresses(&self, id: &str) -> Result<(Url, String), Failure> {
        let handles = self.browser_handles(id)?;
        Ok((handles.authorization_url, handles.redirect_uri))
    }

    /// Takes the redirect address that the person copied out of their browser.
    ///
    /// # Errors
    /// [`FailureKind::RedirectInvalid`]; the attempt goes on waiting.
    pub fn paste_redirect(&self, id: &str, address: SecretText) -> Result<(), Failure> {
        let handles = self.browser_handles(id)?;
        handles.paste.accept(address.expose()).map_err(|error| {
            Failure::retryable(FailureKind::RedirectInvalid, crate::failure::chain(&error))
        })
    }

    /// A redirect that arrived by the private-use URI scheme. It passes the same checks as any other;
    /// what does not belong to the attempt under way is ignored.
    pub fn redirect_received(&self, address: SecretText) {
        let handles = self
            .attempt()
            .as_ref()
            .and_then(|attempt| attempt.browser.clone());
        if let Some(handles) = handles
            && let Err(error) = handles.paste.accept(address.expose())
        {
            tracing::info!(%error, "ignored an address of the private-use scheme");
        }
    }

    async fn attempt_sign_in(
        self,
        shown: SignInAttempt,
        persistence: Persistence,
        terms: KeyTerms,
        cancel: CancellationToken,
    ) {
        let outcome = self.signed_in(&shown, persistence, &terms, cancel).await;
        {
            let mut current = self.attempt();
            if current
                .as_ref()
                .is_some_and(|attempt| attempt.shown.id == shown.id)
            {
                *current = None;
            } else if outcome.is_err() {
                // Superseded: the later attempt speaks for itself.
                return;
            }
        }
        self.emit(CoreEvent::SignInEnded(match outcome {
            Ok(account) => SignInOutcome::SignedIn(account),
            Err(failure) if failure.kind == FailureKind::SignInCancelled => {
                SignInOutcome::Cancelled
            }
            Err(failure) => SignInOutcome::Failed(failure),
        }));
    }

    async fn signed_in(
        &self,
        shown: &SignInAttempt,
        persistence: Persistence,
        terms: &KeyTerms,
        cancel: CancellationToken,
    ) -> Result<AccountId, Failure> {
        let preparing = self.prepared(&shown.provider_id, persistence, terms);
        let (provider, pending) = tokio::select! {
            biased;
            () = cancel.cancelled() => {
                return Err(Failure::lasting(FailureKind::SignInCancelled, "cancelled"));
            }
            prepared = preparing => prepared?,
        };
        let launch_address = pending.launch_address().clone();
        let handles = BrowserHandles {
            launch: pending.launch_handle(),
            paste: pending.paste_handle(),
            authorization_url: pending.authorization_url(),
            redirect_uri: pending.redirect_uri().as_str().to_owned(),
        };
        let deadline = pending.deadline();
        self.update_attempt(&shown.id, |attempt| {
            attempt.browser = Some(handles);
            attempt.shown.stage = SignInStage::WaitingForBrowser;
            attempt.shown.deadline_at = deadline;
        });
        let opening = self.clone();
        let id = shown.id.clone();
        tokio::spawn(async move {
            if opening
                .inner
                .user_agent
                .open(&launch_address)
                .await
                .is_err()
            {
                opening.update_attempt(&id, |attempt| attempt.shown.browser_failed = true);
            }
        });
        let authorized = pending
            .authorized(cancel, || {
                self.update_attempt(&shown.id, |attempt| {
                    attempt.shown.stage = SignInStage::Finishing
                });
            })
            .await?;
        self.finish_sign_in(&provider, persistence, authorized)
            .await
    }

    /// What comes before the browser: keychain, provider, listener.
    async fn prepared(
        &self,
        provider_id: &str,
        persistence: Persistence,
        terms: &KeyTerms,
    ) -> Result<(Provider, PendingSignIn), Failure> {
        if persistence == Persistence::Keychain {
            // Before the browser opens: nobody consents for nothing.
            self.inner.keychain.probe().await?;
        }
        let provider = self.provider(provider_id).await?;
        let page = PageText {
            app_name: APP_NAME.to_owned(),
            provider_name: provider.profile.name.clone(),
        };
        let flow = SignInFlow::new(self.inner.http.clone(), provider.client.clone(), page);
        let pending = flow
            .begin(SignInOptions {
                deadline: DEADLINE,
                parameters: provider.profile.parameters_of(terms),
                ..SignInOptions::default()
            })
            .await?;
        Ok((provider, pending))
    }

    /// Names the person, stores the tokens, and only then tells the browser. A cancel comes too late here:
    /// a session that is half stored would be nobody's.
    async fn finish_sign_in(
        &self,
        provider: &Provider,
        persistence: Persistence,
        authorized: Authorized,
    ) -> Result<AccountId, Failure> {
        let Authorized {
            tokens,
            id_token_claims,
            browser,
        } = authorized;
        let granted_scopes = tokens.granted_scopes.to_string();
        let established = async {
            let identity =
                Identity::of(&self.inner.http, provider, &tokens, id_token_claims).await?;
            let id = AccountId::of(&provider.issuer_key(), &identity.subject);
            let store = self.token_store(persistence);
            let session = Session::start(
                self.inner.http.clone(),
                provider.client.clone(),
                store,
                self.account_key(&id),
                self.lock_path(&id),
                Some(identity.subject.clone()),
                tokens,
            )
            .await?;
            Ok::<_, Failure>((id, identity, session))
        };
        match established.await {
            Ok((id, identity, session)) => {
                let record = AccountRecord {
                    id: id.clone(),
                    provider_id: provider.profile.id.clone(),
                    provider_name: provider.profile.name.clone(),
                    subject: identity.subject,
                    display_name: identity.display_name,
                    email: identity.email,
                    picture_url: identity.picture_url,
                    granted_scopes,
                    play_money: provider.profile.play_money,
                    last_balance: None,
                    reauth_required: false,
                };
                let name = record.display_name.clone();
                self.add_account(record, persistence, provider, session)
                    .await?;
                // The page is fetched while the window already shows the account.
                self.inner
                    .farewells
                    .spawn(browser.finish(Completion::SignedIn { account: name }));
                Ok(id)
            }
            Err(failure) => {
                let message =
                    "The app could not finish signing you in. It says why in its own window."
                        .to_owned();
                self.inner
                    .farewells
                    .spawn(browser.finish(Completion::Failed { message }));
                Err(failure)
            }
        }
    }

    pub(crate) fn token_store(&self, persistence: Persistence) -> Arc<dyn TokenStore> {
        match persistence {
            Persistence::Keychain => self.inner.keychain.clone(),
            Persistence::SessionOnly => self.inner.memory.clone(),
        }
    }

    fn attempt(&self) -> MutexGuard<'_, Option<Attempt>> {
        self.inner
            .attempt
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn update_attempt(&self, id: &str, change: impl FnOnce(&mut Attempt)) {
        if let Some(attempt) = self
            .attempt()
            .as_mut()
            .filter(|attempt| attempt.shown.id == id)
        {
            change(attempt);
        }
        self.emit(CoreEvent::Changed);
    }

    fn browser_handles(&self, id: &str) -> Result<BrowserHandles, Failure> {
        self.attempt()
            .as_ref()
            .filter(|attempt| attempt.shown.id == id)
            .and_then(|attempt| attempt.browser.clone())
            .ok_or_else(|| Failure::not_found("no sign-in waits for the browser"))
    }
}
