use crate::authorization::ResponseError;
use crate::id_token::IdTokenError;
use crate::metadata::DiscoveryError;
use crate::redirect::loopback::BindError;
use crate::token::endpoint::TokenEndpointError;

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
    /// The application cancelled the attempt. This is no failure.
    #[error("the sign-in was cancelled")]
    Cancelled,
    /// No registered port is free.
    #[error("none of the redirect ports is free")]
    PortsUnavailable {
        /// The ports that were tried.
        busy: Vec<u16>,
    },
    /// A launch address was used twice: somebody else on this machine may have used it first.
    #[error("the launch address was used twice")]
    LaunchAddressReused,
    /// The response has our `state` but breaks another rule.
    #[error("the authorization response is not acceptable")]
    Response(#[source] ResponseError),
    /// The redirect listener could not be opened.
    #[error("the redirect listener failed")]
    Redirect(#[source] std::io::Error),
    /// The provider's metadata cannot be used; for callers that read it as a part of the sign-in.
    #[error("the provider's metadata cannot be used")]
    Discovery(#[from] DiscoveryError),
    /// The code could not be exchanged.
    #[error("the code could not be exchanged")]
    TokenEndpoint(#[from] TokenEndpointError),
    /// The ID token is refused.
    #[error("the ID token is refused")]
    IdToken(#[from] IdTokenError),
}

impl From<BindError> for SignInError {
    fn from(error: BindError) -> Self {
        match error {
            BindError::PortsUnavailable(busy) => Self::PortsUnavailable { busy },
            BindError::Io(error) => Self::Redirect(error),
        }
    }
}
