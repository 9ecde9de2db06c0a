//! Where the authorization response lands (RFC 8252 section 7).

pub(crate) mod loopback;
pub mod page;
mod private_use;

use std::fmt;
use std::net::SocketAddr;

use url::Url;

pub use self::private_use::{PrivateUseUri, PrivateUseUriError};
use crate::pkce::random_text;

/// A redirect URI, exactly as it is sent in both requests (RFC 6749 section 4.1.3).
#[derive(Clone, PartialEq, Eq)]
pub struct RedirectUri {
    url: Url,
    /// The last segment of the path was drawn for this attempt.
    is_unguessable: bool,
}

impl RedirectUri {
    /// The loopback redirect (RFC 8252 section 7.3) at a socket that is already bound. The host is the
    /// IP literal, never `localhost` (section 8.3).
    pub(crate) fn loopback(bound: SocketAddr, path: &str) -> Result<Self, url::ParseError> {
        Url::parse(&format!("http://{bound}")).map(|mut url| {
            url.set_path(path);
            Self {
                url,
                is_unguessable: false,
            }
        })
    }

    /// The redirect to a scheme of the app's own (RFC 8252 section 7.1).
    pub(crate) fn private_use(uri: &PrivateUseUri) -> Self {
        Self {
            url: uri.as_url().clone(),
            is_unguessable: false,
        }
    }

    /// Whether the response arrives at the redirect listener, not through the operating system.
    pub(crate) fn is_loopback(&self) -> bool {
        self.url.scheme() == "http"
    }

    /// The same with a last segment that nobody can guess, so that a response that arrives here belongs
    /// to this attempt.
    pub(crate) fn made_unguessable(mut self) -> Self {
        let path = format!("{}/{}", self.url.path(), random_text().expose());
        self.url.set_path(&path);
        self.is_unguessable = true;
        self
    }

    pub(crate) fn is_unguessable(&self) -> bool {
        self.is_unguessable
    }

    /// The address.
    pub fn as_url(&self) -> &Url {
        &self.url
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        self.url.as_str()
    }
}

/// Without a last segment that is a secret.
impl fmt::Display for RedirectUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.as_str().rsplit_once('/') {
            Some((shown, _)) if self.is_unguessable => write!(f, "{shown}/[redacted]"),
            _ => f.write_str(self.as_str()),
        }
    }
}

impl fmt::Debug for RedirectUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RedirectUri({self})")
    }
}
