//! Which field of a form a failure is about.

use native_oauth::TokenEndpointError;
use wallet_api::profile::ProfileError;

/// A value that a person gave, or has to give, about a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SetupField {
    /// The provider's name.
    Name,
    /// The issuer.
    Issuer,
    /// `authorization_endpoint`.
    AuthorizationEndpoint,
    /// `token_endpoint`.
    TokenEndpoint,
    /// `userinfo_endpoint`.
    UserinfoEndpoint,
    /// Base URL of the API.
    ApiBase,
    /// The client id; for `invalid_client` (RFC 6749 section 5.2) the secret may be the wrong one too.
    ClientId,
    /// The client secret.
    ClientSecret,
    /// The scopes.
    Scopes,
    /// The redirect URI.
    RedirectUri,
    /// The developer key that registers an app.
    DeveloperKey,
}

impl SetupField {
    /// The field whose value makes a profile unusable. Values from the environment are in no form.
    pub(crate) fn of_profile(error: &ProfileError) -> Option<Self> {
        match error {
            ProfileError::ClientIdMissing => Some(Self::ClientId),
            ProfileError::ClientSecretMissing => Some(Self::ClientSecret),
            ProfileError::RedirectUnsupported => Some(Self::RedirectUri),
            ProfileError::Address { what, .. } => match *what {
                "the base address of the API" => Some(Self::ApiBase),
                "the userinfo endpoint" => Some(Self::UserinfoEndpoint),
                "the authorization endpoint" => Some(Self::AuthorizationEndpoint),
                "the token endpoint" => Some(Self::TokenEndpoint),
                "the issuer" | "the discovery document" => Some(Self::Issuer),
                _ => None,
            },
            ProfileError::Value { name, .. } => match name.as_str() {
                "the name" => Some(Self::Name),
                "the issuer" => Some(Self::Issuer),
                _ => None,
            },
        }
    }

    /// The registered value that a token endpoint refuses (RFC 6749 section 5.2).
    pub(crate) fn of_refusal(error: &TokenEndpointError) -> Option<Self> {
        let TokenEndpointError::OAuth { code, .. } = error else {
            return None;
        };
        match code.as_str() {
            "invalid_client" | "unauthorized_client" => Some(Self::ClientId),
            "invalid_scope" => Some(Self::Scopes),
            "invalid_redirect_uri" => Some(Self::RedirectUri),
            _ => None,
        }
    }
}
