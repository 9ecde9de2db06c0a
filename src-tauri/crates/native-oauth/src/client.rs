//! The client: who asks, of which provider, for what, and where the response is to go.

use std::sync::Arc;

use url::Url;

use crate::clock::{Clock, SystemClock};
use crate::id_token::KeyCache;
use crate::key_grant::KeyGrant;
use crate::metadata::ProviderMetadata;
use crate::redirect::PrivateUseUri;
use crate::scope::Scopes;
use crate::secret::ClientSecret;

/// How the client proves itself at the token endpoint.
#[derive(Clone, Debug)]
pub enum ClientAuthentication {
    /// A public client (RFC 6749 section 2.1): it has no secret.
    None,
    /// `client_secret_post`: a secret that the person, or their packager, was given.
    SecretPost(ClientSecret),
    /// Token requests go to this relay instead, which adds a secret that the app does not have. It sees
    /// the tokens, so its address is held to [`crate::issuer::check_address`] by whoever configures it.
    Broker(Url),
}

/// Which redirect URIs the client may use (RFC 8252 section 7).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RedirectPolicy {
    /// A loopback redirect on any free port (RFC 8252 section 7.3).
    LoopbackAnyPort {
        /// The path, with its leading slash.
        path: String,
    },
    /// A loopback redirect on the first free one of these ports, for providers that compare redirect
    /// URIs exactly.
    LoopbackRegistered {
        /// The registered ports, in the order in which they are tried.
        ports: Vec<u16>,
        /// The path, with its leading slash.
        path: String,
    },
    /// A redirect to the app's own scheme (RFC 8252 section 7.1). The host hands what the operating
    /// system brings to [`crate::PendingSignIn::paste_handle`]; a listener on any free port serves the
    /// launch address alone.
    PrivateUseScheme {
        /// The registered redirect URI.
        uri: PrivateUseUri,
    },
}

/// Which loopback address the listener binds. An app should not take one version of IP for granted
/// (RFC 8252 section 7.3), a provider may know but one of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LoopbackAddress {
    /// `127.0.0.1`; where there is none and any port will do, `[::1]`.
    #[default]
    Available,
    /// `127.0.0.1` only.
    Ipv4,
    /// `[::1]` only.
    Ipv6,
}

/// A registered client of one provider. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Client {
    inner: Arc<Registration>,
}

#[derive(Clone, Debug)]
struct Registration {
    client_id: String,
    authentication: ClientAuthentication,
    metadata: ProviderMetadata,
    scopes: Scopes,
    redirect: RedirectPolicy,
    loopback_address: LoopbackAddress,
    grant_verdicts: Vec<String>,
    authorization_parameters: Vec<(String, String)>,
    key_grant: Option<KeyGrant>,
    clock: Arc<dyn Clock>,
    /// Shared by everything that verifies ID tokens of this client.
    keys: Arc<KeyCache>,
}

impl Client {
    /// A client that asks for `scopes`.
    pub fn new(
        client_id: impl Into<String>,
        authentication: ClientAuthentication,
        metadata: ProviderMetadata,
        scopes: Scopes,
        redirect: RedirectPolicy,
    ) -> Self {
        Self {
            inner: Arc::new(Registration {
                client_id: client_id.into(),
                authentication,
                metadata,
                scopes,
                redirect,
                loopback_address: LoopbackAddress::default(),
                grant_verdicts: Vec::new(),
                authorization_parameters: Vec::new(),
                key_grant: None,
                clock: Arc::new(SystemClock),
                keys: Arc::default(),
            }),
        }
    }

    /// Further error codes of the token endpoint that mean, on refresh, what `invalid_grant` means:
    /// the grant is gone and the person has to sign in again.
    #[must_use]
    pub fn with_grant_verdicts(self, codes: &[&str]) -> Self {
        self.changed(|it| it.grant_verdicts = codes.iter().map(|&code| code.to_owned()).collect())
    }

    /// A further parameter of each authorization request, such as `prompt`. Parameters that the flow
    /// sets itself cannot be replaced.
    #[must_use]
    pub fn with_authorization_parameter(self, name: &str, value: &str) -> Self {
        self.changed(|it| {
            it.authorization_parameters
                .push((name.to_owned(), value.to_owned()))
        })
    }

    /// Asks for a lasting key in place of tokens. The client id is not used then.
    #[must_use]
    pub fn with_key_grant(self, key_grant: KeyGrant) -> Self {
        self.changed(|it| it.key_grant = Some(key_grant))
    }

    /// Binds the redirect listener to this address instead of an available one.
    #[must_use]
    pub fn with_loopback_address(self, address: LoopbackAddress) -> Self {
        self.changed(|it| it.loopback_address = address)
    }

    /// Another clock than the system's.
    #[must_use]
    pub fn with_clock(self, clock: Arc<dyn Clock>) -> Self {
        self.changed(|it| it.clock = clock)
    }

    fn changed(self, change: impl FnOnce(&mut Registration)) -> Self {
        let mut registration = Arc::unwrap_or_clone(self.inner);
        change(&mut registration);
        Self {
            inner: Arc::new(registration),
        }
    }

    /// `client_id`.
    pub fn client_id(&self) -> &str {
        &self.inner.client_id
    }

    /// How the client authenticates.
    pub fn authentication(&self) -> &ClientAuthentication {
        &self.inner.authentication
    }

    /// The provider.
    pub fn metadata(&self) -> &ProviderMetadata {
        &self.inner.metadata
    }

    /// The scopes asked for.
    pub fn requested_scopes(&self) -> &Scopes {
        &self.inner.scopes
    }

    /// Which redirect URIs may be used.
    pub fn redirect_policy(&self) -> &RedirectPolicy {
        &self.inner.redirect
    }

    /// Which loopback address the redirect listener binds.
    pub fn loopback_address(&self) -> LoopbackAddress {
        self.inner.loopback_address
    }

    /// The key that is asked for, if it is a key.
    pub fn key_grant(&self) -> Option<&KeyGrant> {
        self.inner.key_grant.as_ref()
    }

    /// Whether ID tokens are asked for and can be verified: the scope `openid`, and keys to check with.
    pub fn expects_id_token(&self) -> bool {
        self.requested_scopes().contains("openid") && self.metadata().jwks_uri.is_some()
    }

    pub(crate) fn is_grant_verdict(&self, code: &str) -> bool {
        code == "invalid_grant" || self.inner.grant_verdicts.iter().any(|known| known == code)
    }

    pub(crate) fn authorization_parameters(&self) -> &[(String, String)] {
        &self.inner.authorization_parameters
    }

    pub(crate) fn clock(&self) -> &Arc<dyn Clock> {
        &self.inner.clock
    }

    pub(crate) fn keys(&self) -> &KeyCache {
        &self.inner.keys
    }
}
