use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use subtle::ConstantTimeEq;
use tokio::sync::oneshot;
use url::Url;

use super::{BrowserReturn, EndReceiver, EndSender};
use crate::authorization::{AuthorizationRequest, AuthorizationResponse, ResponseError};
use crate::launch::{LaunchAddresses, LaunchUse};
use crate::redirect::loopback::{Reply, RequestHead};
use crate::trace::{Reporter, StepKind};

/// One attempt: its request, its launch addresses, and whether it has ended. Shared by the listener,
/// the paste handle and the waiting flow. All decisions are made here, without I/O.
pub(super) struct Attempt {
    request: AuthorizationRequest,
    authorization_url: Url,
    reporter: Reporter,
    state: Mutex<State>,
}

struct State {
    launch: LaunchAddresses,
    /// `None` once the attempt has ended: an attempt ends once.
    end: Option<EndSender>,
}

/// How an attempt ends.
#[derive(Debug)]
pub(super) enum End {
    /// By a response with our `state`; `browser` is the request that brought it, if a browser did.
    Response {
        response: Result<AuthorizationResponse, ResponseError>,
        browser: Option<BrowserReturn>,
    },
    /// By the second use of a launch address.
    LaunchAddressReused,
}

/// What is to be done about a request to the listener.
#[derive(Debug)]
pub(super) enum Decision {
    /// Answer, and go on waiting.
    Answer(Reply),
    /// A response that is not ours: answer, and go on waiting.
    Ignore(Reply, ResponseError),
    /// Answer; the attempt is over.
    Abort(Reply),
    /// This is the response: keep the browser waiting for the outcome.
    Hold(Result<AuthorizationResponse, ResponseError>),
}

impl Attempt {
    /// An attempt whose launch addresses are on the listener at `listener_address`.
    pub(super) fn new(
        request: AuthorizationRequest,
        listener_address: Url,
        reporter: Reporter,
    ) -> (Self, EndReceiver) {
        let (sender, receiver) = oneshot::channel();
        let launch = LaunchAddresses::new(listener_address);
        let attempt = Self {
            authorization_url: request.url(),
            request,
            reporter,
            state: Mutex::new(State {
                launch,
                end: Some(sender),
            }),
        };
        (attempt, receiver)
    }

    pub(super) fn request(&self) -> &AuthorizationRequest {
        &self.request
    }

    pub(super) fn reporter(&self) -> &Reporter {
        &self.reporter
    }

    pub(super) fn issue_launch_address(&self) -> Url {
        self.state().launch.issue()
    }

    /// Decides about a request. Only a first visit to a launch address, a second one, and a response
    /// with our `state` change anything.
    pub(super) fn decide(&self, head: &RequestHead) -> Decision {
        let redirect_uri = self.request.redirect_uri();
        let redirect_path = redirect_uri.as_url().path();
        let to_redirect = redirect_uri.is_loopback()
            && bool::from(head.path.as_bytes().ct_eq(redirect_path.as_bytes()));
        if !to_redirect && !self.state().launch.knows(&head.path) {
            return Decision::Answer(Reply::not_found());
        }
        if head.method != "GET" {
            return Decision::Answer(Reply::method_not_allowed());
        }
        if to_redirect {
            return match self.request.response(&head.query) {
                Err(error @ ResponseError::WrongState) => {
                    Decision::Ignore(Reply::bad_request(), error)
                }
                response => Decision::Hold(response),
            };
        }
        match self.state().launch.visit(&head.path) {
            LaunchUse::First => {
                self.reporter.done(StepKind::UserAgent, |step| {
                    step.with_address("sent_to", &self.authorization_url)
                });
                Decision::Answer(Reply::found(self.authorization_url.as_str()))
            }
            LaunchUse::Again => Decision::Abort(Reply::gone()),
            LaunchUse::Unknown => Decision::Answer(Reply::not_found()),
        }
    }

    /// Ends the attempt; gives `end` back if it has ended before or nobody waits for it.
    pub(super) fn end(&self, end: End) -> Result<(), End> {
        match self.state().end.take() {
            Some(sender) => sender.send(end),
            None => Err(end),
        }
    }

    pub(super) fn is_waiting(&self) -> bool {
        self.state()
            .end
            .as_ref()
            .is_some_and(|sender| !sender.is_closed())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Without the authorization URL and the launch addresses.
impl fmt::Debug for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempt")
            .field("request", &self.request)
            .finish_non_exhaustive()
    }
}
