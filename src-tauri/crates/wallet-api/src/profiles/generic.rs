//! Any other provider: OAuth or OpenID Connect beside an OpenAI-compatible interface.

use url::Url;

use crate::profile::{
    AuthorizationKind, ClientAuthenticationKind, Endpoints, FeatureScopes, IdentityKind, Links,
    MetadataSource, ModelsKind, PriceUnit, ProfileError, ProviderProfile, RedirectPolicyKind,
    UserInfoShape, ValueSource, ValueSources, WalletDialect, joined,
};

use super::{REGISTERED_PORTS, redirect_path, words};

/// What a person says about a provider that the app does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GenericProvider {
    /// A name: letters, digits, spaces, `-`, `_` and `.`, at most 64 characters.
    pub name: String,
    /// Where its endpoints are known from.
    pub metadata: GenericMetadata,
    /// The client id.
    pub client_id: String,
    /// Base of the OpenAI-compatible interface.
    pub api_base: Url,
    /// Scopes to request; empty means `openid profile email` with discovery and none without.
    pub scopes: Vec<String>,
    /// Which ports of `127.0.0.1` the provider accepts in redirect URIs.
    pub redirect_ports: RedirectPorts,
    /// Whether plain `http` to a loopback literal is allowed.
    pub allow_insecure_loopback: bool,
}

/// Where the endpoints of a provider are known from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::large_enum_variant)] // a handful of values in the whole app
pub enum GenericMetadata {
    /// Discovery at this issuer.
    Issuer(String),
    /// The endpoints themselves.
    Endpoints {
        /// `authorization_endpoint`; its origin is the issuer's name.
        authorization: Url,
        /// `token_endpoint`.
        token: Url,
        /// `userinfo_endpoint`.
        userinfo: Option<Url>,
    },
}

/// Which ports a provider accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RedirectPorts {
    /// Any (RFC 8252 section 7.3).
    Any,
    /// The app's own list.
    Registered,
    /// These only.
    Listed(Vec<u16>),
}

/// The profile of such a provider. It has no wallet that the app could read.
///
/// # Errors
/// The name or an address cannot be used.
pub fn generic(provider: GenericProvider) -> Result<ProviderProfile, ProfileError> {
    let id = id_of(&provider.name)?;
    let is_discovered = matches!(provider.metadata, GenericMetadata::Issuer(_));
    let (metadata, userinfo_endpoint) = metadata(provider.metadata)?;
    let scopes = match (provider.scopes.is_empty(), is_discovered) {
        (true, true) => words("openid profile email"),
        _ => provider.scopes,
    };
    let path = redirect_path(&id);
    let redirect = match provider.redirect_ports {
        RedirectPorts::Any => RedirectPolicyKind::LoopbackAnyPort { path },
        RedirectPorts::Registered => RedirectPolicyKind::LoopbackRegistered {
            ports: REGISTERED_PORTS.to_vec(),
            path,
        },
        RedirectPorts::Listed(ports) => RedirectPolicyKind::LoopbackRegistered { ports, path },
    };
    let profile = ProviderProfile {
        id,
        name: provider.name.trim().to_owned(),
        play_money: false,
        metadata,
        client_id: None,
        authorization: AuthorizationKind::Tokens,
        client_authentication: ClientAuthenticationKind::SecretPostOptional,
        scopes,
        feature_scopes: FeatureScopes::default(),
        attribution: Vec::new(),
        redirect,
        identity: if is_discovered {
            IdentityKind::IdToken
        } else {
            IdentityKind::UserInfo(UserInfoShape::OpenId)
        },
        userinfo_endpoint,
        wallet: WalletDialect::None,
        account_base: provider.api_base.clone(),
        api_base: provider.api_base,
        models: ModelsKind {
            prices: PriceUnit::None,
            authenticated: true,
        },
        links: Links::default(),
        grant_verdicts: Vec::new(),
        allow_insecure_loopback: provider.allow_insecure_loopback,
        sources: ValueSources {
            client_id: ValueSource::None,
            addresses: ValueSource::SetUp,
            scopes: ValueSource::SetUp,
            redirect: ValueSource::SetUp,
        },
    }
    .with_client_id(&provider.client_id, ValueSource::SetUp);
    profile.check()?;
    Ok(profile)
}

fn metadata(source: GenericMetadata) -> Result<(MetadataSource, Option<Url>), ProfileError> {
    match source {
        GenericMetadata::Issuer(issuer) => {
            let url = Url::parse(&issuer).map_err(|_| wrong("the issuer", "a web address"))?;
            let url = joined(&url, ".well-known/openid-configuration");
            let accepted_issuers = vec![issuer];
            Ok((
                MetadataSource::Discovery {
                    url,
                    accepted_issuers,
                },
                None,
            ))
        }
        GenericMetadata::Endpoints {
            authorization,
            token,
            userinfo,
        } => {
            let endpoints = Endpoints {
                issuer: authorization.origin().ascii_serialization(),
                authorization,
                token,
                userinfo: userinfo.clone(),
                revocation: None,
                end_session: None,
                introspection: None,
            };
            Ok((MetadataSource::Static(endpoints), userinfo))
        }
    }
}

/// The id: the name in lower case, with a hyphen for whatever cannot be in a path.
fn id_of(name: &str) -> Result<String, ProfileError> {
    let name = name.trim();
    let is_allowed = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.');
    let id: String = name
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    let id = id.trim_matches('-').to_owned();
    let is_ours = ["quota", "chutes", "openrouter", "sandbox", "other"].contains(&id.as_str());
    if id.is_empty() || is_ours || name.chars().count() > 64 || !name.chars().all(is_allowed) {
        return Err(wrong(
            "the name",
            "a name of letters and digits that is not taken",
        ));
    }
    Ok(id)
}

fn wrong(name: &str, expected: &'static str) -> ProfileError {
    ProfileError::Value {
        name: name.to_owned(),
        expected,
    }
}
