//! The private-use URI scheme redirect (RFC 8252 section 7.1).

use url::Url;

/// A redirect URI of the app's own scheme, such as `org.example.app:/redirect`. The operating system
/// hands a response to whichever app claimed the scheme, so the response proves itself by `state`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrivateUseUri(Url);

impl PrivateUseUri {
    /// Reads a redirect URI.
    ///
    /// ```
    /// use native_oauth::redirect::PrivateUseUri;
    /// assert!(PrivateUseUri::new("org.example.app:/redirect").is_ok());
    /// assert!(PrivateUseUri::new("app:/redirect").is_err());
    /// ```
    ///
    /// # Errors
    /// [`PrivateUseUriError`] names the rule that it breaks.
    pub fn new(text: &str) -> Result<Self, PrivateUseUriError> {
        let url = Url::parse(text).map_err(|_| PrivateUseUriError::NotAnAddress)?;
        let labels = url.scheme().split('.');
        if labels.clone().count() < 2 || labels.into_iter().any(str::is_empty) {
            return Err(PrivateUseUriError::NotADomainName);
        }
        if url.cannot_be_a_base() || url.has_authority() || url.path().starts_with("//") {
            return Err(PrivateUseUriError::NotOneSlash);
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(PrivateUseUriError::HasQuery);
        }
        Ok(Self(url))
    }

    /// The address.
    pub fn as_url(&self) -> &Url {
        &self.0
    }
}

/// Why a text is no redirect URI of a private-use scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PrivateUseUriError {
    /// It is not a URI.
    #[error("not an address")]
    NotAnAddress,
    /// The scheme is no domain name in reverse: it has no period, as those of everybody have none.
    #[error("the scheme is not a domain name in reverse order")]
    NotADomainName,
    /// Exactly one slash follows the scheme, for there is no authority to name.
    #[error("exactly one slash must follow the scheme")]
    NotOneSlash,
    /// It has a query or a fragment, where the response goes.
    #[error("the address has a query or a fragment")]
    HasQuery,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;

    #[test]
    fn only_a_reversed_domain_name_with_one_slash_is_taken() {
        use PrivateUseUriError::*;
        let taken = PrivateUseUri::new("org.example.app:/redirect/one").unwrap();
        assert_eq!(taken.as_url().as_str(), "org.example.app:/redirect/one");
        for (text, error) in [
            ("not an address", NotAnAddress),
            ("app:/redirect", NotADomainName),
            ("https://example.org/redirect", NotADomainName),
            ("org..app:/redirect", NotADomainName),
            ("org.example.app:redirect", NotOneSlash),
            ("org.example.app://redirect", NotOneSlash),
            ("org.example.app:///redirect", NotOneSlash),
            ("org.example.app:/redirect?tenant=1", HasQuery),
            ("org.example.app:/redirect#top", HasQuery),
        ] {
            assert_eq!(PrivateUseUri::new(text), Err(error), "{text}");
        }
    }
}
