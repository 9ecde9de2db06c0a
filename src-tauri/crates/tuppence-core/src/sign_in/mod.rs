//! One attempt to sign in at a time: the flow of `native-oauth` between the browser and the keychain.
//!
//! A later attempt supersedes an earlier one. Tokens are stored before anybody is told of a success,
//! and the browser's page says what really came of it.

mod browser;
mod consent;
mod device;
mod finish;
mod request;
mod steering;
mod trace;

use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use native_oauth::{
    Authorized, CancellationToken, FlowStep, LaunchHandle, PasteRedirect, StepKind, TokenStore,
};
use url::Url;
use uuid::Uuid;
use wallet_api::profile::MetadataSource;

use self::consent::Consent;
pub use self::device::DevicePrompt;
pub use self::request::{SignInRequest, SignInWay};
use self::trace::Recorder;
pub use self::trace::SignInTrace;
pub(crate) use self::trace::Traces;
use crate::Tuppence;
use crate::account::{AccountId, Persistence};
use crate::event::{CoreEvent, SignInOutcome};
use crate::failure::{Failure, FailureKind};
use crate::providers::Provider;

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
    /// It asks this account for more scopes than it has.
    pub consent_of: Option<AccountId>,
    /// Where the person says yes.
    pub way: SignInWay,
    /// The provider offers a sign-in on another device; known once its metadata is.
    pub offers_device: bool,
    /// What to do on another device, where the sign-in goes by one and its code is there.
    pub device: Option<DevicePrompt>,
}

/// The stages that a person can tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInStage {
    /// Metadata, keychain, listener.
    Preparing,
    /// The browser has the turn, here or on another device.
    WaitingForBrowser,
    /// Exchange, verification, storing.
    Finishing,
}

/// The attempt under way, with what steers it.
pub(crate) struct Attempt {
    shown: SignInAttempt,
    request: SignInRequest,
    consent: Option<Consent>,
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

/// What an attempt takes along.
struct Asked {
    id: String,
    request: SignInRequest,
    consent: Option<Consent>,
    recorder: Arc<Recorder>,
    cancel: CancellationToken,
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
        self.sign_in_with(SignInRequest::new(provider_id, persistence))
    }

    /// The same with everything that can be asked of it.
    ///
    /// # Errors
    /// As [`Tuppence::sign_in`].
    pub fn sign_in_with(&self, request: SignInRequest) -> Result<SignInAttempt, Failure> {
        self.begin_sign_in(request, None)
    }

    fn begin_sign_in(
        &self,
        request: SignInRequest,
        consent: Option<Consent>,
    ) -> Result<SignInAttempt, Failure> {
        let summary = self
            .providers()
            .into_iter()
            .find(|provider| provider.id == request.provider_id)
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
            consent_of: consent.as_ref().map(|consent| consent.account.clone()),
            way: request.way,
            offers_device: false,
            device: None,
        };
        let cancel = CancellationToken::new();
        let attempt = Attempt {
            shown: shown.clone(),
            request: request.clone(),
            consent: consent.clone(),
            cancel: cancel.clone(),
            browser: None,
        };
        if let Some(superseded) = self.attempt().replace(attempt) {
            superseded.cancel.cancel();
        }
        self.emit(CoreEvent::Changed);
        let asked = Asked {
            id: shown.id.clone(),
            recorder: self.begin_trace(&shown),
            request,
            consent,
            cancel,
        };
        tokio::spawn(self.clone().attempt_sign_in(asked));
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

    async fn attempt_sign_in(self, asked: Asked) {
        let outcome = self.signed_in(&asked).await;
        self.end_trace(&asked.id);
        {
            let mut current = self.attempt();
            if current
                .as_ref()
                .is_some_and(|attempt| attempt.shown.id == asked.id)
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

    async fn signed_in(&self, asked: &Asked) -> Result<AccountId, Failure> {
        let provider = tokio::select! {
            biased;
            () = asked.cancel.cancelled() => return Err(cancelled()),
            prepared = self.prepared(asked) => prepared?,
        };
        self.update_attempt(&asked.id, |attempt| {
            attempt.shown.offers_device = provider.offers_device_sign_in();
        });
        let authorized: Authorized = match asked.request.way {
            SignInWay::Browser => self.by_browser(asked, &provider).await?,
            SignInWay::Device => self.by_device(asked, &provider).await?,
        };
        self.finish_sign_in(asked, &provider, authorized).await
    }

    /// What comes before the browser: keychain and provider.
    async fn prepared(&self, asked: &Asked) -> Result<Provider, Failure> {
        if asked.request.persistence == Persistence::Keychain {
            // Before the browser opens: nobody consents for nothing.
            let probed = self.inner.keychain.probe().await.map_err(Failure::from);
            probed.inspect_err(|failure| {
                asked.recorder.failed(StepKind::TokensStored, failure);
            })?;
        }
        let provider = self.provider(&asked.request.provider_id).await;
        let provider = provider.inspect_err(|failure| {
            asked.recorder.failed(StepKind::ProviderMetadata, failure);
        })?;
        if provider.profile.play_money
            && let Ok(issuer) = Url::parse(provider.client.metadata().issuer.as_str())
        {
            asked.recorder.keep_private(issuer.path().trim_matches('/'));
        }
        asked.recorder.done(StepKind::ProviderMetadata, |step| {
            described(&provider, step)
        });
        Ok(provider)
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
}

fn cancelled() -> Failure {
    Failure::lasting(FailureKind::SignInCancelled, "cancelled")
}

/// What is known of the provider, and from where.
fn described(provider: &Provider, step: FlowStep) -> FlowStep {
    let metadata = provider.client.metadata();
    let step = match &provider.profile.metadata {
        MetadataSource::Discovery { url, .. } => step.with_address("read_from", url),
        MetadataSource::Static(_) => step.with("read_from", "the profile"),
    };
    let step = step
        .with("issuer", metadata.issuer.as_str())
        .with_address("authorization_endpoint", &metadata.authorization_endpoint)
        .with_address("token_endpoint", &metadata.token_endpoint);
    match &metadata.code_challenge_methods_supported {
        Some(methods) => step.with("code_challenge_methods_supported", methods.join(" ")),
        None => step,
    }
}
