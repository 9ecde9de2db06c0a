//! `--no-browser`: the address is printed instead of opened.

use tuppence_core::{BoxFuture, ExternalUserAgent, Url, UserAgentError};

/// Opens nothing.
pub(crate) struct NoBrowser;

impl ExternalUserAgent for NoBrowser {
    fn open<'a>(&'a self, _address: &'a Url) -> BoxFuture<'a, Result<(), UserAgentError>> {
        Box::pin(async { Ok(()) })
    }
}
