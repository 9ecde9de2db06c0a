//! The external user-agent (RFC 8252 section 4): the person's own browser.

use futures_util::future::BoxFuture;
use url::Url;

/// Opens addresses in the system browser.
///
/// An implementation starts the browser without a shell and without passing on the environment
/// variables that hold secrets. That it returns `Ok` does not prove that a page was shown.
pub trait ExternalUserAgent: Send + Sync {
    /// Asks the browser to show `address`.
    fn open<'a>(&'a self, address: &'a Url) -> BoxFuture<'a, Result<(), UserAgentError>>;
}

/// The browser could not be started. The address can still be copied by hand.
#[derive(Debug, thiserror::Error)]
#[error("the system browser could not be started")]
pub struct UserAgentError(#[source] Box<dyn std::error::Error + Send + Sync>);

impl UserAgentError {
    /// Wraps what the system reported.
    pub fn new(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(source.into())
    }
}
