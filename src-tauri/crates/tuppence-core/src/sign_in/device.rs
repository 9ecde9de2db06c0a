//! The sign-in on another device (RFC 8628).

use native_oauth::{Authorized, DeviceFlow, SignInError};
use url::Url;

use super::{Asked, SignInStage, cancelled};
use crate::Tuppence;
use crate::failure::{Failure, FailureKind};
use crate::providers::Provider;

/// What the person does on another device. For their eyes alone.
#[derive(Clone, PartialEq, Eq)]
pub struct DevicePrompt {
    /// The code to type there.
    pub user_code: String,
    /// Where to go.
    pub verification_uri: Url,
    /// The same with the code in it, to show as a link or a picture beside the code.
    pub verification_uri_complete: Option<Url>,
}

/// Without the code: whoever types it first is who is signed in.
impl std::fmt::Debug for DevicePrompt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DevicePrompt")
            .field("verification_uri", &self.verification_uri.as_str())
            .finish_non_exhaustive()
    }
}

impl Tuppence {
    pub(super) async fn by_device(
        &self,
        asked: &Asked,
        provider: &Provider,
    ) -> Result<Authorized, Failure> {
        let flow = DeviceFlow::new(self.inner.http.clone(), provider.client.clone());
        let flow = flow.observed_by(asked.recorder.clone());
        let scopes = asked.consent.as_ref().map(|it| it.scopes(provider));
        let authorization = tokio::select! {
            biased;
            () = asked.cancel.cancelled() => return Err(cancelled()),
            begun = flow.begin(scopes) => begun?,
        };
        let authorization = authorization.ok_or_else(unsupported)?;
        let prompt = DevicePrompt {
            user_code: authorization.user_code().to_owned(),
            verification_uri: authorization.verification_uri().clone(),
            verification_uri_complete: authorization.verification_uri_complete().cloned(),
        };
        let deadline = authorization.expires_at();
        self.update_attempt(&asked.id, |attempt| {
            attempt.shown.device = Some(prompt);
            attempt.shown.stage = SignInStage::WaitingForBrowser;
            attempt.shown.deadline_at = deadline;
        });
        let authorized = authorization.authorized(asked.cancel.clone()).await;
        let authorized = authorized.map_err(|error| match error {
            SignInError::TimedOut => {
                let what = "nobody typed the code before it expired";
                Failure::retryable(FailureKind::DeviceCodeExpired, what)
            }
            error => error.into(),
        })?;
        self.update_attempt(&asked.id, |attempt| {
            attempt.shown.stage = SignInStage::Finishing
        });
        Ok(authorized)
    }
}

pub(super) fn unsupported() -> Failure {
    let what = "the provider offers no sign-in on another device";
    Failure::lasting(FailureKind::DeviceSignInUnsupported, what)
}
