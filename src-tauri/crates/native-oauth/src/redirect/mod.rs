//! Where the authorization response lands (RFC 8252 section 7).

pub(crate) mod loopback;
pub mod page;

use std::fmt;
use std::net::SocketAddr;

use url::Url;

/// A redirect URI, exactly as it is sent in both requests (RFC 6749 section 4.1.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedirectUri(Url);

impl RedirectUri {
    /// The loopback redirect (RFC 8252 section 7.3) at a socket that is already bound. The host is the
    /// IP literal, never `localhost` (section 8.3).
    pub(crate) fn loopback(bound: SocketAddr, path: &str) -> Result<Self, url::ParseError> {
        Url::parse(&format!("http://{bound}")).map(|mut url| {
            url.set_path(path);
            Self(url)
        })
    }

    /// The address.
    pub fn as_url(&self) -> &Url {
        &self.0
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Display for RedirectUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
