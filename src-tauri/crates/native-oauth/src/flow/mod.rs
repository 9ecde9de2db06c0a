//! One sign-in, from the bound listener to verified tokens.

use std::time::{Duration, SystemTime};

use tokio_util::sync::CancellationToken;
use url::Url;

use crate::authorization::ResponseError;
use crate::client::Client;
use crate::http::HttpClient;
use crate::id_token::{IdTokenClaims, IdTokenError};
use crate::redirect::RedirectUri;
use crate::redirect::page::PageText;
use crate::token::TokenSet;
use crate::token::endpoint::TokenEndpointError;

/// Starts sign-ins of one client.
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
    pub scopes: Option<crate::scope::Scopes>,
    /// `login_hint` (OpenID Connect Core section 3.1.2.1): whom to sign in.
    pub login_hint: Option<String>,
    /// `prompt` (OpenID Connect Core section 3.1.2.1), such as `select_account`.
    pub prompt: Option<String>,
}

impl Default for SignInOptions {
    fn default() -> Self {
        Self {
            deadline: Duration::from_secs(300),
            scopes: None,
            login_hint: None,
            prompt: None,
        }
    }
}

impl SignInFlow {
    /// A flow for `client`; `page` has the words that the browser shows at the end.
    pub fn new(http: HttpClient, client: Client, page: PageText) -> Self {
        Self { http, client, page }
    }

    /// Binds the redirect listener and prepares the authorization request.
    ///
    /// # Errors
    /// [`SignInError::PortsUnavailable`].
    pub async fn begin(&self, _options: SignInOptions) -> Result<PendingSignIn, SignInError> {
        let _ = (&self.http, &self.client, &self.page);
        unimplemented!()
    }
}

/// One sign-in that waits for the browser. Dropping it closes the listener.
#[derive(Debug)]
pub struct PendingSignIn {
    launch_address: Url,
    redirect_uri: RedirectUri,
    deadline: SystemTime,
}

impl PendingSignIn {
    /// The address to open in the browser: on this machine, unguessable, of use once.
    pub fn launch_address(&self) -> &Url {
        &self.launch_address
    }

    /// A further launch address, for "Open again" and "Copy link".
    pub fn renew_launch_address(&self) -> Url {
        unimplemented!()
    }

    /// Where the response is to arrive.
    pub fn redirect_uri(&self) -> &RedirectUri {
        &self.redirect_uri
    }

    /// When the attempt ends by itself.
    pub fn deadline(&self) -> SystemTime {
        self.deadline
    }

    /// Takes the redirect address from the person, where the browser cannot reach the listener.
    pub fn paste_handle(&self) -> PasteRedirect {
        unimplemented!()
    }

    /// Waits for the response, checks it, exchanges the code and verifies the ID token.
    /// `on_response` is called when a genuine response has arrived.
    ///
    /// # Errors
    /// See [`SignInError`].
    pub async fn authorized(
        self,
        _cancel: CancellationToken,
        _on_response: impl FnOnce() + Send,
    ) -> Result<Authorized, SignInError> {
        unimplemented!()
    }
}

/// Accepts a redirect address that the person copied out of their browser. Cheap to clone.
#[derive(Clone, Debug)]
pub struct PasteRedirect(());

impl PasteRedirect {
    /// Applies the same checks as to a response that the browser delivered.
    ///
    /// # Errors
    /// See [`PasteError`]; the sign-in goes on waiting.
    pub fn accept(&self, _address: &str) -> Result<(), PasteError> {
        unimplemented!()
    }
}

/// Why a pasted address is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasteError {
    /// It is not a web address.
    #[error("this is not a web address")]
    NotAnAddress,
    /// It is not the redirect address of this sign-in.
    #[error("this is not the address that the sign-in ends at")]
    OtherAddress,
    /// It is the right address with a response that cannot be accepted.
    #[error(transparent)]
    Response(#[from] ResponseError),
    /// The sign-in no longer waits.
    #[error("this sign-in no longer waits")]
    NotWaiting,
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

/// The browser's request that waits for the truth. Dropping it answers that the sign-in failed.
#[derive(Debug)]
pub struct BrowserReturn(());

impl BrowserReturn {
    /// Shows the completion page, and returns when it was fetched or after 10 seconds.
    pub async fn finish(self, _outcome: Completion) {
        unimplemented!()
    }
}

/// What the completion page says.
#[derive(Clone, Debug)]
pub enum Completion {
    /// The person is signed in.
    SignedIn {
        /// The account's display name.
        account: String,
    },
    /// The person, or the provider, said no.
    Denied,
    /// It did not work.
    Failed {
        /// A sentence for the person, without anything secret.
        message: String,
    },
}

/// How a sign-in ends without a session.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// The provider answered with an error: usually the person declined.
    #[error("the provider answered {error}")]
    Denied {
        /// `error`, limited to 64 harmless characters.
        error: String,
        /// `error_description`: the provider's words.
        description: Option<String>,
    },
    /// The browser did not come back in time.
    #[error("the browser did not come back in time")]
    TimedOut,
    /// The application cancelled the attempt.
    #[error("the sign-in was cancelled")]
    Cancelled,
    /// No registered port is free.
    #[error("none of the redirect ports is free")]
    PortsUnavailable {
        /// The ports that were tried.
        busy: Vec<u16>,
    },
    /// The launch address was used twice: someone else on this machine may have used it first.
    #[error("the launch address was used twice")]
    LaunchAddressReused,
    /// The response is genuine by its `state` but breaks a rule.
    #[error("the authorization response is not acceptable")]
    Response(#[source] ResponseError),
    /// The redirect listener failed.
    #[error("the redirect listener failed")]
    Redirect(#[source] std::io::Error),
    /// The code could not be exchanged.
    #[error("the code could not be exchanged")]
    TokenEndpoint(#[from] TokenEndpointError),
    /// The ID token is refused.
    #[error("the ID token is refused")]
    IdToken(#[from] IdTokenError),
}
