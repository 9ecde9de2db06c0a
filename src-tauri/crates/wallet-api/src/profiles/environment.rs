//! Values from environment variables. Secrets are not read here.

use url::Url;

use crate::profile::{
    ProfileError, ProviderProfile, RedirectPolicyKind, ValueSource, is_loopback_literal,
};

use super::words;

/// The scheme of the app's own redirects (RFC 8252 section 7.1).
pub const PRIVATE_USE_SCHEME: &str = "app.tuppence.desktop";

/// Where the variables are looked up: any `Fn(&str) -> Option<String>`, such as
/// `|name: &str| std::env::var(name).ok()`.
pub trait Environment {
    /// The value of a variable, if it is set.
    fn variable(&self, name: &str) -> Option<String>;

    /// The value without white space around it; an empty one counts as not set.
    fn value(&self, name: &str) -> Option<String> {
        let value = self.variable(name)?.trim().to_owned();
        (!value.is_empty()).then_some(value)
    }

    /// Takes over a client id.
    fn client_id(&self, name: &str, profile: &mut ProviderProfile) {
        if let Some(client_id) = self.value(name) {
            profile.client_id = Some(client_id);
            profile.sources.client_id = ValueSource::Environment;
        }
    }

    /// Takes over scopes, separated by white space.
    fn scopes(&self, name: &str, profile: &mut ProviderProfile) {
        if let Some(scopes) = self.value(name) {
            profile.scopes = words(&scopes);
            profile.sources.scopes = ValueSource::Environment;
        }
    }

    /// A base address.
    ///
    /// # Errors
    /// It is no address, or has a query.
    fn base(&self, name: &str) -> Result<Option<Url>, ProfileError> {
        let Some(value) = self.value(name) else {
            return Ok(None);
        };
        let base = Url::parse(&value)
            .ok()
            .filter(|url| url.host().is_some() && url.query().is_none());
        base.map(Some)
            .ok_or_else(|| wrong(name, "a web address without a query"))
    }

    /// A redirect URI: `http` to `127.0.0.1` with a port and without a query, or the app's own scheme.
    ///
    /// # Errors
    /// Anything else: the response would go to somebody else's machine or program.
    fn redirect(&self, name: &str) -> Result<Option<RedirectPolicyKind>, ProfileError> {
        let Some(value) = self.value(name) else {
            return Ok(None);
        };
        let error = || {
            wrong(
                name,
                "a redirect to http://127.0.0.1 with a port, or to the app's own scheme",
            )
        };
        let uri = Url::parse(&value).map_err(|_| error())?;
        if uri.query().is_some() || uri.fragment().is_some() {
            return Err(error());
        }
        if uri.scheme() == PRIVATE_USE_SCHEME {
            return Ok(Some(RedirectPolicyKind::PrivateUseScheme { uri }));
        }
        let ours = uri.scheme() == "http"
            && is_loopback_literal(&uri)
            && uri.host_str() == Some("127.0.0.1");
        match uri.port() {
            Some(port) if ours && port >= 1024 => {
                Ok(Some(RedirectPolicyKind::LoopbackRegistered {
                    ports: vec![port],
                    path: uri.path().to_owned(),
                }))
            }
            _ => Err(error()),
        }
    }
}

impl<F: Fn(&str) -> Option<String>> Environment for F {
    fn variable(&self, name: &str) -> Option<String> {
        self(name)
    }
}

fn wrong(name: &str, expected: &'static str) -> ProfileError {
    ProfileError::Value {
        name: name.to_owned(),
        expected,
    }
}
