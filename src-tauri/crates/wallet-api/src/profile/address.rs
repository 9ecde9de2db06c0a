//! Which addresses a profile may hold.

use native_oauth::issuer::{AddressError, InsecureLoopback, Issuer, check_address};
use url::{Host, Url};

use super::{AuthorizationKind, ClientAuthenticationKind, MetadataSource, ProviderProfile, TopUp};

/// Why a profile cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ProfileError {
    /// An address breaks a rule.
    #[error("{what}: {source}")]
    Address {
        /// Which address.
        what: &'static str,
        /// The rule.
        source: AddressError,
    },
    /// An environment variable or a set-up field cannot be read.
    #[error("{name} is not {expected}")]
    Value {
        /// Its name.
        name: String,
        /// What it should be.
        expected: &'static str,
    },
    /// There is no client id yet.
    #[error("the client id is missing")]
    ClientIdMissing,
    /// The provider demands a client secret and there is none.
    #[error("the client secret is missing")]
    ClientSecretMissing,
    /// The scheme is no domain name in reverse, or something else than one slash follows it (RFC 8252
    /// section 7.1).
    #[error("the redirect to the app's own scheme is not one that may be used")]
    RedirectUnsupported,
}

impl ProviderProfile {
    /// Checks every address: `https`, or a loopback literal where the profile allows it.
    ///
    /// # Errors
    /// [`ProfileError::Address`] with the first that breaks a rule.
    pub fn check(&self) -> Result<(), ProfileError> {
        let checked = |what, url: &Url| self.check_url(what, url);
        checked("the base address of the API", &self.api_base)?;
        checked("the base address of the account", &self.account_base)?;
        if let Some(url) = &self.userinfo_endpoint {
            checked("the userinfo endpoint", url)?;
        }
        if let Some(TopUp::Page { url } | TopUp::Ticket { url }) = &self.links.top_up {
            checked("the top-up page", url)?;
        }
        if let ClientAuthenticationKind::Broker { url } = &self.client_authentication {
            checked("the broker", url)?;
        }
        if let AuthorizationKind::Key { key_endpoint, .. } = &self.authorization {
            checked("the address of the key", key_endpoint)?;
        }
        match &self.metadata {
            MetadataSource::Discovery {
                url,
                accepted_issuers,
            } => {
                checked("the discovery document", url)?;
                accepted_issuers
                    .iter()
                    .try_for_each(|issuer| self.issuer(issuer).map(|_| ()))
            }
            MetadataSource::Static(endpoints) => {
                checked("the authorization endpoint", &endpoints.authorization)?;
                checked("the token endpoint", &endpoints.token)?;
                for url in [
                    &endpoints.userinfo,
                    &endpoints.revocation,
                    &endpoints.end_session,
                    &endpoints.introspection,
                ] {
                    url.iter().try_for_each(|url| checked("an endpoint", url))?;
                }
                self.issuer(&endpoints.issuer).map(|_| ())
            }
        }
    }

    pub(crate) fn insecure_loopback(&self) -> InsecureLoopback {
        if self.allow_insecure_loopback {
            InsecureLoopback::Allowed
        } else {
            InsecureLoopback::Refused
        }
    }

    pub(crate) fn issuer(&self, issuer: &str) -> Result<Issuer, ProfileError> {
        Issuer::new(issuer, self.insecure_loopback()).map_err(|source| ProfileError::Address {
            what: "the issuer",
            source,
        })
    }

    /// Whether an address may be called, with or without an access token.
    pub(crate) fn may_call(&self, url: &Url) -> bool {
        check_address(url, self.insecure_loopback()).is_ok()
    }

    fn check_url(&self, what: &'static str, url: &Url) -> Result<(), ProfileError> {
        check_address(url, self.insecure_loopback())
            .map_err(|source| ProfileError::Address { what, source })
    }
}

/// `base` with path segments added, whether or not it ends in a slash.
pub(crate) fn joined(base: &Url, path: &str) -> Url {
    let mut url = base.clone();
    if let Ok(mut segments) = url.path_segments_mut() {
        segments.pop_if_empty().extend(path.split('/'));
    }
    url
}

/// Whether the host is a loopback literal; a name, `localhost` included, is not.
pub(crate) fn is_loopback_literal(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(_)) | None => false,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;

    #[test]
    fn paths_are_added_with_and_without_slash() {
        for base in ["https://a.example/v1", "https://a.example/v1/"] {
            let url = joined(&Url::parse(base).unwrap(), "chat/completions");
            assert_eq!(url.as_str(), "https://a.example/v1/chat/completions");
        }
        let bare = Url::parse("https://a.example").unwrap();
        assert_eq!(
            joined(&bare, "users/me").as_str(),
            "https://a.example/users/me"
        );
    }

    #[test]
    fn only_literals_are_loopback() {
        let is = |url: &str| is_loopback_literal(&Url::parse(url).unwrap());
        assert!(is("http://127.0.0.1:1/") && is("http://[::1]/"));
        assert!(
            !is("http://localhost/") && !is("http://127.0.0.1.example/") && !is("http://10.0.0.1/")
        );
    }
}
