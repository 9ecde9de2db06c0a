//! What the app knows about one provider, as data.
//!
//! A new provider is a new value of [`ProviderProfile`]; only a new kind of wallet or a new way to
//! chat is new code. Everything here can be written to and read from a settings file: there is no
//! secret in it.

mod address;
mod key_grant;
mod kinds;
mod oauth;

use serde::{Deserialize, Serialize};
use url::Url;

pub use address::ProfileError;
pub(crate) use address::{is_loopback_literal, joined};
pub use key_grant::{AuthorizationKind, KeyTerms, LimitReset, TermParameters};
pub use kinds::{
    ClientAuthenticationKind, Endpoints, FeatureScopes, IdentityKind, Links, MetadataSource,
    ModelsKind, PriceUnit, RedirectPolicyKind, TopUp, UserInfoShape, ValueSource, ValueSources,
    WalletDialect,
};
pub use oauth::MetadataError;

/// One provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProviderProfile {
    /// A short name in lower case that is part of redirect URIs: `quota`.
    pub id: String,
    /// The name to show.
    pub name: String,
    /// Amounts of this provider are play money and never meet a dollar.
    pub play_money: bool,
    /// Where its metadata comes from.
    pub metadata: MetadataSource,
    /// The client id, once there is one.
    pub client_id: Option<String>,
    /// Whether a sign-in ends in tokens or in a key.
    #[serde(default)]
    pub authorization: AuthorizationKind,
    /// How the client proves itself at the token endpoint.
    pub client_authentication: ClientAuthenticationKind,
    /// Scopes to request.
    pub scopes: Vec<String>,
    /// The scope that each feature takes, where it is known.
    #[serde(default)]
    pub feature_scopes: FeatureScopes,
    /// Headers, by name, that tell the provider which app asks. They go with each call that a person pays for.
    #[serde(default)]
    pub attribution: Vec<(String, String)>,
    /// Which redirect URIs the provider accepts.
    pub redirect: RedirectPolicyKind,
    /// Who says who the person is.
    pub identity: IdentityKind,
    /// The userinfo endpoint, where it is known without discovery.
    pub userinfo_endpoint: Option<Url>,
    /// How the wallet is read and how refusals to pay are told.
    pub wallet: WalletDialect,
    /// Base of the OpenAI-compatible interface, such as `https://api.example/v1`.
    pub api_base: Url,
    /// Base of the account's interface.
    pub account_base: Url,
    /// How the list of models is had and what its prices mean.
    pub models: ModelsKind,
    /// Pages for the person.
    pub links: Links,
    /// Error codes of the token endpoint that mean what `invalid_grant` means.
    pub grant_verdicts: Vec<String>,
    /// Whether plain `http` to a loopback literal is allowed: for a provider on this machine.
    pub allow_insecure_loopback: bool,
    /// Where the values that can be set come from.
    pub sources: ValueSources,
}

impl ProviderProfile {
    /// The redirect URIs to register at the provider, exactly; empty where any port will do.
    #[must_use]
    pub fn redirect_uris(&self) -> Vec<String> {
        match &self.redirect {
            RedirectPolicyKind::LoopbackAnyPort { .. } => Vec::new(),
            RedirectPolicyKind::LoopbackRegistered { ports, path } => {
                let uri = |port: &u16| format!("http://127.0.0.1:{port}{path}");
                ports.iter().map(uri).collect()
            }
            RedirectPolicyKind::PrivateUseScheme { uri } => vec![uri.to_string()],
        }
    }

    /// Whether a sign-in can start: there is a client id, where clients are registered at all, and the
    /// secret if one is demanded.
    #[must_use]
    pub fn is_ready(&self, has_client_secret: bool) -> bool {
        let secret = has_client_secret
            || !matches!(
                self.client_authentication,
                ClientAuthenticationKind::SecretPost
            );
        self.has_client() && secret
    }

    /// Whether the app may say who it is, or need not.
    fn has_client(&self) -> bool {
        self.client_id.is_some() || self.gives_keys()
    }

    pub(crate) fn with_addresses_from(mut self, source: ValueSource) -> Self {
        self.sources.addresses = source;
        self
    }

    /// The same with the client id from a set-up screen. An empty client id takes the client id away.
    #[must_use]
    pub fn with_client_id(mut self, client_id: &str, source: ValueSource) -> Self {
        let client_id = client_id.trim();
        let given = !client_id.is_empty();
        self.client_id = given.then(|| client_id.to_owned());
        self.sources.client_id = if given { source } else { ValueSource::None };
        self
    }
}
