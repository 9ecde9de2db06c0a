//! One sign-in, from the bound listener to verified tokens.

mod attempt;
mod browser;
mod device;
mod error;
mod grant;
mod launch_handle;
mod listener;
mod paste;
mod pending;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

pub use self::browser::BrowserReturn;
pub use self::device::{DeviceAuthorization, DeviceFlow};
pub use self::error::SignInError;
pub use self::launch_handle::LaunchHandle;
pub use self::paste::{PasteError, PasteRedirect};
pub use self::pending::{Authorized, PendingSignIn};
pub use crate::redirect::page::Completion;

use self::attempt::Attempt;
use crate::authorization::AuthorizationRequest;
use crate::client::{Client, RedirectPolicy};
use crate::http::HttpClient;
use crate::redirect::RedirectUri;
use crate::redirect::loopback::{LoopbackServer, bind};
use crate::redirect::page::PageText;
use crate::scope::Scopes;
use crate::trace::{FlowObserver, FlowStep, Reporter, StepKind, described_request};

/// Starts sign-ins of one client. Cheap to clone.
#[derive(Clone, Debug)]
pub struct SignInFlow {
    http: HttpClient,
    client: Client,
    page: PageText,
}

/// What may differ between two sign-ins of one client.
#[derive(Clone, Debug)]
pub struct SignInOptions {
    /// How long to wait for the browser; 5 minutes unless told otherwise.
    pub deadline: Duration,
    /// Other scopes than the client's, to ask for one more later.
    pub scopes: Option<Scopes>,
    /// `login_hint` (OpenID Connect Core section 3.1.2.1): whom to sign in.
    pub login_hint: Option<String>,
    /// `prompt` (OpenID Connect Core section 3.1.2.1), such as `select_account`.
    pub prompt: Option<String>,
    /// Further parameters of the authorization request, by name. Those that the request sets itself
    /// cannot be replaced.
    pub parameters: Vec<(String, String)>,
    /// Who hears of each step; nobody unless told otherwise.
    pub observer: Option<Arc<dyn FlowObserver>>,
}

impl Default for SignInOptions {
    fn default() -> Self {
        Self {
            deadline: Duration::from_secs(300),
            scopes: None,
            login_hint: None,
            prompt: None,
            parameters: Vec::new(),
            observer: None,
        }
    }
}

impl SignInFlow {
    /// A flow for `client`; `page` has the names that the browser shows at the end.
    pub fn new(http: HttpClient, client: Client, page: PageText) -> Self {
        Self { http, client, page }
    }

    /// Binds the redirect listener, so that the redirect URI is known, and makes the authorization
    /// request. The listener answers from now on.
    ///
    /// # Errors
    /// [`SignInError::PortsUnavailable`] or [`SignInError::Redirect`].
    pub async fn begin(&self, options: SignInOptions) -> Result<PendingSignIn, SignInError> {
        let reporter = Reporter::new(&self.client, options.observer.clone());
        let begun = self.begun(options, &reporter).await;
        begun.inspect_err(|error| reporter.failed(StepKind::RedirectUri, error, |step| step))
    }

    async fn begun(
        &self,
        options: SignInOptions,
        reporter: &Reporter,
    ) -> Result<PendingSignIn, SignInError> {
        let listener = bind(&self.client).await?;
        let server = LoopbackServer::new(listener).map_err(SignInError::Redirect)?;
        let bound = server.address().map_err(SignInError::Redirect)?;
        let at = |path| {
            RedirectUri::loopback(bound, path)
                .map_err(|error| SignInError::Redirect(std::io::Error::other(error)))
        };
        let mut redirect_uri = match self.client.redirect_policy() {
            RedirectPolicy::LoopbackAnyPort { path }
            | RedirectPolicy::LoopbackRegistered { path, .. } => at(path)?,
            RedirectPolicy::PrivateUseScheme { uri } => RedirectUri::private_use(uri),
        };
        if self.client.key_grant().is_some() {
            redirect_uri = redirect_uri.made_unguessable();
        }
        let listener_address = at("/")?.as_url().clone();
        let request = self.request(&options, redirect_uri);
        reporter.done(StepKind::RedirectUri, |step: FlowStep| {
            step.with("redirect_uri", request.redirect_uri().to_string())
                .with("listener", bound.to_string())
        });
        reporter.done(StepKind::AuthorizationRequest, |step| {
            described_request(&request, step)
        });
        let (attempt, end) = Attempt::new(request, listener_address, reporter.clone());
        let attempt = Arc::new(attempt);
        let closed = CancellationToken::new();
        tokio::spawn(listener::serve(
            server,
            Arc::clone(&attempt),
            self.page.clone(),
            closed.clone(),
        ));
        Ok(PendingSignIn::new(
            self,
            attempt,
            end,
            closed,
            options.deadline,
        ))
    }

    fn request(&self, options: &SignInOptions, redirect_uri: RedirectUri) -> AuthorizationRequest {
        let scopes = options
            .scopes
            .clone()
            .unwrap_or_else(|| self.client.requested_scopes().clone());
        let mut request = AuthorizationRequest::new(&self.client, scopes, redirect_uri);
        if let Some(login_hint) = &options.login_hint {
            request = request.with_parameter("login_hint", login_hint);
        }
        if let Some(prompt) = &options.prompt {
            request = request.with_parameter("prompt", prompt);
        }
        for (name, value) in &options.parameters {
            request = request.with_parameter(name, value);
        }
        request
    }
}

/// When a wait that starts at this moment ends, by the clock that waits and by the wall clock.
fn deadline(wait: Duration, clock: &dyn crate::clock::Clock) -> (Instant, std::time::SystemTime) {
    (Instant::now() + wait, clock.now() + wait)
}

/// Delivers how an attempt ended.
type EndSender = oneshot::Sender<attempt::End>;
type EndReceiver = oneshot::Receiver<attempt::End>;
