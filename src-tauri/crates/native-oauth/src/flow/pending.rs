use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tokio::time::{Instant, sleep_until, timeout};
use tokio_util::sync::{CancellationToken, DropGuard};
use url::Url;

use super::attempt::{Attempt, End};
use super::grant::Grant;
use super::{
    BrowserReturn, EndReceiver, LaunchHandle, PasteRedirect, SignInError, SignInFlow, deadline,
};
use crate::authorization::{AuthorizationCode, AuthorizationResponse, ResponseError};
use crate::id_token::IdTokenClaims;
use crate::redirect::RedirectUri;
use crate::redirect::page::Completion;
use crate::token::TokenSet;
use crate::token::endpoint::TokenEndpoint;
use crate::trace::{StepKind, described_client, described_response};

/// When a sign-in fails, its error waits for so long that the browser gets its page; a program that
/// ends with the error would otherwise cut it off.
const FAREWELL: Duration = Duration::from_secs(2);

/// One sign-in that waits for the browser. Dropping it closes the listener.
pub struct PendingSignIn {
    flow: SignInFlow,
    attempt: Arc<Attempt>,
    end: EndReceiver,
    launch_address: Url,
    expires: Instant,
    deadline: SystemTime,
    _closes_listener: DropGuard,
}

/// A finished sign-in: tokens that are verified but not yet stored.
#[derive(Debug)]
pub struct Authorized {
    /// The tokens.
    pub tokens: TokenSet,
    /// Who signed in, if the provider issues ID tokens.
    pub id_token_claims: Option<IdTokenClaims>,
    /// The browser, which still waits to be told how it went.
    pub browser: BrowserReturn,
}

impl PendingSignIn {
    pub(super) fn new(
        flow: &SignInFlow,
        attempt: Arc<Attempt>,
        end: EndReceiver,
        closed: CancellationToken,
        wait: Duration,
    ) -> Self {
        let (expires, deadline) = deadline(wait, flow.client.clock().as_ref());
        Self {
            flow: flow.clone(),
            launch_address: attempt.issue_launch_address(),
            attempt,
            end,
            expires,
            deadline,
            _closes_listener: closed.drop_guard(),
        }
    }

    /// The address to open in the browser: on this machine, unguessable, of use once. It answers with a
    /// redirect to the authorization URL, which so never appears in a list of processes.
    pub fn launch_address(&self) -> &Url {
        &self.launch_address
    }

    /// Issues further launch addresses, for "Open again" and "Copy link".
    pub fn launch_handle(&self) -> LaunchHandle {
        LaunchHandle {
            attempt: Arc::clone(&self.attempt),
        }
    }

    /// Where the response is to arrive.
    pub fn redirect_uri(&self) -> &RedirectUri {
        self.attempt.request().redirect_uri()
    }

    /// When the attempt ends by itself.
    pub fn deadline(&self) -> SystemTime {
        self.deadline
    }

    /// Takes the redirect address from the person, where the browser cannot reach the listener, or from
    /// the operating system, where the redirect goes to the app's own scheme.
    pub fn paste_handle(&self) -> PasteRedirect {
        PasteRedirect {
            attempt: Arc::clone(&self.attempt),
        }
    }

    /// The authorization URL itself, for a browser on another machine, which cannot reach the launch
    /// address. It holds `state` and `nonce`: it is for the person alone.
    pub fn authorization_url(&self) -> Url {
        self.attempt.request().url()
    }

    /// Waits for the response, checks it, exchanges the code and verifies the ID token. The provider's
    /// keys are fetched while it waits. `on_response` is called when a response with our `state` has
    /// arrived.
    ///
    /// # Errors
    /// See [`SignInError`]. The browser has been told then.
    pub async fn authorized(
        mut self,
        cancel: CancellationToken,
        on_response: impl FnOnce() + Send,
    ) -> Result<Authorized, SignInError> {
        let _keys = self.grant().keys_meanwhile();
        let ended = tokio::select! {
            biased;
            () = cancel.cancelled() => Err(SignInError::Cancelled),
            end = &mut self.end => end.map_err(|_| SignInError::Cancelled),
            () = sleep_until(self.expires) => Err(SignInError::TimedOut),
        };
        let ended = match ended {
            Ok(End::Response { response, browser }) => Ok((response, browser)),
            Ok(End::LaunchAddressReused) => Err(SignInError::LaunchAddressReused),
            Err(error) => Err(error),
        };
        let (response, browser) = ended.inspect_err(|error| self.unanswered(error))?;
        on_response();
        self.answered(&response, browser.is_some());
        let browser = browser.unwrap_or_else(BrowserReturn::absent);
        let outcome = tokio::select! {
            biased;
            () = cancel.cancelled() => Err(SignInError::Cancelled),
            outcome = async { self.redeem(response.map_err(SignInError::Response)?).await } => outcome,
        };
        match outcome {
            Ok((tokens, id_token_claims)) => Ok(Authorized {
                tokens,
                id_token_claims,
                browser,
            }),
            Err(error) => {
                let _ = timeout(FAREWELL, browser.finish(farewell(&error))).await;
                Err(error)
            }
        }
    }

    async fn redeem(
        &self,
        response: AuthorizationResponse,
    ) -> Result<(TokenSet, Option<IdTokenClaims>), SignInError> {
        match response {
            AuthorizationResponse::Granted { code } => self.exchange(&code).await,
            AuthorizationResponse::Denied { error, description } => {
                Err(SignInError::Denied { error, description })
            }
        }
    }

    async fn exchange(
        &self,
        code: &AuthorizationCode,
    ) -> Result<(TokenSet, Option<IdTokenClaims>), SignInError> {
        let grant = self.grant();
        let Grant {
            http,
            client,
            reporter,
            ..
        } = grant;
        let request = self.attempt.request();
        reporter.done(StepKind::TokenRequest, |step| {
            described_client(client, step)
                .with("redirect_uri", request.redirect_uri().to_string())
                .with_secret("code", code.expose())
                .with_secret("code_verifier", request.code_verifier().expose())
        });
        let received = TokenEndpoint::new(http, client)
            .exchanged(request, code)
            .await;
        grant.verified(received, request.nonce()).await
    }

    fn grant(&self) -> Grant<'_> {
        Grant {
            http: &self.flow.http,
            client: &self.flow.client,
            reporter: self.attempt.reporter(),
            requested: self.attempt.request().requested_scopes(),
        }
    }

    /// The wait ended without a response.
    fn unanswered(&self, error: &SignInError) {
        let kind = match error {
            SignInError::LaunchAddressReused => StepKind::UserAgent,
            _ => StepKind::AuthorizationResponse,
        };
        self.attempt.reporter().failed(kind, error, |step| step);
    }

    fn answered(&self, response: &Result<AuthorizationResponse, ResponseError>, in_browser: bool) {
        let came_by = match in_browser {
            true => "the redirect listener",
            false => "the operating system, or by hand",
        };
        let (reporter, kind) = (self.attempt.reporter(), StepKind::AuthorizationResponse);
        let describe =
            |response: &AuthorizationResponse, step| described_response(response, came_by, step);
        match response {
            Ok(response @ AuthorizationResponse::Granted { .. }) => {
                reporter.done(kind, |step| describe(response, step));
            }
            Ok(response @ AuthorizationResponse::Denied { error, .. }) => {
                let denied = SignInError::Denied {
                    error: error.clone(),
                    description: None,
                };
                reporter.failed(kind, &denied, |step| describe(response, step));
            }
            Err(error) => {
                reporter.failed(kind, error, |step| step.with("received_by", came_by));
            }
        }
    }
}

/// Without the launch address, which is worth something to others on this machine.
impl fmt::Debug for PendingSignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PendingSignIn")
            .field("redirect_uri", self.redirect_uri())
            .field("deadline", &self.deadline)
            .finish_non_exhaustive()
    }
}

/// What the browser shows of a failure. The application's own window says more.
fn farewell(error: &SignInError) -> Completion {
    match error {
        SignInError::Denied { .. } => Completion::Denied,
        SignInError::Cancelled => Completion::Failed {
            message: "The sign-in was cancelled in the application.".to_owned(),
        },
        SignInError::TokenEndpoint(_) => Completion::Failed {
            message: "The provider did not complete the sign-in.".to_owned(),
        },
        _ => Completion::Failed {
            message: "What the provider answered could not be accepted.".to_owned(),
        },
    }
}
