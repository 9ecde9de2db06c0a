//! The ways in which providers differ.

use serde::{Deserialize, Serialize};
use url::Url;

/// Where a provider's metadata comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[allow(clippy::large_enum_variant)] // a handful of values in the whole app
pub enum MetadataSource {
    /// A discovery document (RFC 8414, OpenID Connect Discovery).
    Discovery {
        /// Its address.
        url: Url,
        /// The issuers that it may name, byte for byte.
        accepted_issuers: Vec<String>,
    },
    /// The endpoints themselves, for a provider without a usable document.
    Static(Endpoints),
}

/// The endpoints of a provider without discovery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Endpoints {
    /// The name by which its accounts are told from those of others.
    pub issuer: String,
    /// `authorization_endpoint`.
    pub authorization: Url,
    /// `token_endpoint`.
    pub token: Url,
    /// `userinfo_endpoint`.
    pub userinfo: Option<Url>,
    /// `revocation_endpoint`.
    pub revocation: Option<Url>,
    /// `end_session_endpoint`.
    pub end_session: Option<Url>,
    /// `introspection_endpoint` (RFC 7662).
    #[serde(default)]
    pub introspection: Option<Url>,
}

/// The scope that a feature takes: without it that feature is off, and nothing else is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeatureScopes {
    /// Of answers.
    pub answers: Option<String>,
    /// Of reading the balance.
    pub balance: Option<String>,
}

/// How the client proves itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ClientAuthenticationKind {
    /// A public client: no secret.
    None,
    /// `client_secret_post`, demanded on every token request.
    SecretPost,
    /// A public client that may also be registered with a secret.
    SecretPostOptional,
    /// A relay adds the secret.
    Broker {
        /// The relay's token endpoint.
        url: Url,
    },
}

/// Which redirect URIs the provider accepts (RFC 8252 section 7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum RedirectPolicyKind {
    /// Any port of `127.0.0.1`.
    LoopbackAnyPort {
        /// The path.
        path: String,
    },
    /// These ports of `127.0.0.1` only, tried in this order.
    LoopbackRegistered {
        /// The ports.
        ports: Vec<u16>,
        /// The path.
        path: String,
    },
    /// A scheme of the app's own.
    PrivateUseScheme {
        /// The whole redirect URI.
        uri: Url,
    },
}

/// Who says who the person is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "shape", rename_all = "snake_case")]
pub enum IdentityKind {
    /// The ID token at sign-in; userinfo, with the same claims, afterwards.
    IdToken,
    /// Userinfo only.
    UserInfo(UserInfoShape),
    /// What the provider says of the key: an id of its owner, no name.
    Key,
}

/// What userinfo looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UserInfoShape {
    /// The claims of OpenID Connect Core section 5.1.
    OpenId,
    /// `sub` and `username` only; the picture is with the account.
    Chutes,
}

/// How a wallet is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum WalletDialect {
    /// `GET {api_base}/balance` in millionths of a dollar; costs come in the stream.
    Quota,
    /// `GET {account_base}/users/me` in dollars; no costs.
    Chutes,
    /// `GET {api_base}/key` in dollars: what one key may spend and has spent. What the account holds
    /// cannot be read. Costs come in the stream.
    KeyCap,
    /// There is no wallet that could be read.
    None,
}

/// How the list of models is had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelsKind {
    /// What its prices mean.
    pub prices: PriceUnit,
    /// Whether the list is asked for with the access token. A public list is better asked without.
    pub authenticated: bool,
}

/// What the prices of a list of models mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PriceUnit {
    /// `pricing.prompt_per_1k_tokens`: dollars per thousand tokens.
    PerThousand,
    /// `pricing.prompt`: dollars per million tokens.
    PerMillion,
    /// `pricing.prompt`: dollars per token.
    PerToken,
    /// There are no prices.
    None,
}

/// Pages for the person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Links {
    /// Where money is added.
    pub top_up: Option<TopUp>,
    /// Where this app's access is taken away.
    pub manage_consent: Option<Url>,
    /// The same for a key: the page's address without its last segment, which is the key's SHA-256 in
    /// hexadecimal digits.
    #[serde(default)]
    pub manage_key: Option<Url>,
    /// Where apps are registered.
    pub register_app: Option<Url>,
    /// The provider's documentation.
    pub docs: Option<Url>,
}

/// Where money is added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum TopUp {
    /// A page of the provider; the person signs in there.
    Page {
        /// Its address.
        url: Url,
    },
    /// A page whose address is made for the account: a POST here answers `{"url"}`.
    Ticket {
        /// Where to ask for it.
        url: Url,
    },
}

/// Where a value comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValueSource {
    /// It is not set.
    #[default]
    None,
    /// It ships with the app.
    BuiltIn,
    /// An environment variable.
    Environment,
    /// The set-up screen or the command line.
    SetUp,
}

/// Where the values that can be set come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValueSources {
    /// Of [`super::ProviderProfile::client_id`].
    pub client_id: ValueSource,
    /// Of the addresses.
    pub addresses: ValueSource,
    /// Of [`super::ProviderProfile::scopes`].
    pub scopes: ValueSource,
    /// Of [`super::ProviderProfile::redirect`].
    pub redirect: ValueSource,
}
