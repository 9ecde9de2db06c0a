//! The token endpoint (RFC 6749 section 3.2) and the revocation endpoint (RFC 7009).

use std::time::Duration;

/// Why a request to the token endpoint failed.
#[derive(Debug, thiserror::Error)]
pub enum TokenEndpointError {
    /// The provider answered with an error of its own (RFC 6749 section 5.2, or one of the shapes that
    /// providers use instead).
    #[error("the provider refused: {code}")]
    OAuth {
        /// `error`, limited to 64 harmless characters.
        code: String,
        /// `error_description` or the like: the provider's words, not ours.
        description: Option<String>,
        /// The HTTP status.
        status: u16,
        /// How long the provider asks to wait (`Retry-After`).
        retry_after: Option<Duration>,
    },
    /// An HTTP error without a readable OAuth error in it.
    #[error("the provider answered {status}")]
    Status {
        /// The HTTP status.
        status: u16,
        /// How long the provider asks to wait (`Retry-After`).
        retry_after: Option<Duration>,
    },
    /// A success whose body is not a token response.
    #[error("the provider's token response cannot be read: {0}")]
    Unreadable(String),
    /// The provider could not be reached, or not in time.
    #[error("the provider could not be reached")]
    Transport(#[source] reqwest::Error),
}
