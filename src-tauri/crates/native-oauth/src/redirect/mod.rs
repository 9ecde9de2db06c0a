//! Where the authorization response lands (RFC 8252 section 7).

pub mod page;

use std::fmt;

use url::Url;

/// A redirect URI, exactly as it is sent in both requests (RFC 6749 section 4.1.3).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RedirectUri(Url);

impl RedirectUri {
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
