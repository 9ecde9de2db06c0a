//! The issuer identifier (RFC 8414 section 2) and the rule for which addresses may be called.

use std::fmt;

use url::{Host, Url};

/// Whether plain `http` is allowed, which is never so beyond this machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InsecureLoopback {
    /// `https` only.
    #[default]
    Refused,
    /// Also `http`, to the literals `127.0.0.1` and `[::1]` only: for a provider on this machine.
    Allowed,
}

/// The identifier of an authorization server. Compared byte for byte (RFC 8414 section 3.3), so it
/// is kept as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct Issuer(String);

impl Issuer {
    /// Reads an issuer: an `https` URL without query, fragment or user information.
    ///
    /// # Errors
    /// [`AddressError`] names the rule that `issuer` breaks.
    pub fn new(issuer: &str, loopback: InsecureLoopback) -> Result<Self, AddressError> {
        let url = Url::parse(issuer).map_err(|_| AddressError::NotAnAddress)?;
        check_address(&url, loopback)?;
        if url.query().is_some() {
            return Err(AddressError::HasQuery);
        }
        Ok(Self(issuer.to_owned()))
    }

    /// The identifier, as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why an address of a provider is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// It is not a URL.
    #[error("not a web address")]
    NotAnAddress,
    /// It is neither `https` nor, where that is allowed, `http` to a loopback literal.
    #[error("the address must begin with https")]
    NotHttps,
    /// It has a query, which an issuer may not have.
    #[error("an issuer has no query")]
    HasQuery,
    /// It has a fragment.
    #[error("the address has a fragment")]
    HasFragment,
    /// It has a user name or password in it.
    #[error("the address has a user name or password")]
    HasUserInfo,
}

/// Checks that an endpoint may be called: `https`, or `http` to a loopback literal where allowed.
///
/// # Errors
/// [`AddressError`] names the rule that `url` breaks.
pub fn check_address(url: &Url, loopback: InsecureLoopback) -> Result<(), AddressError> {
    let secure = url.scheme() == "https" && url.host().is_some();
    let local =
        url.scheme() == "http" && loopback == InsecureLoopback::Allowed && is_loopback_literal(url);
    if !secure && !local {
        return Err(AddressError::NotHttps);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(AddressError::HasUserInfo);
    }
    if url.fragment().is_some() {
        return Err(AddressError::HasFragment);
    }
    Ok(())
}

/// Whether the host is a loopback IP literal. A name, `localhost` included, is not one.
pub(crate) fn is_loopback_literal(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(_)) | None => false,
    }
}
