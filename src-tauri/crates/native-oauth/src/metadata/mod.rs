//! What is known about an authorization server (RFC 8414, OpenID Connect Discovery).

mod discovery;

use serde::Serialize;
use url::Url;

pub use self::discovery::{Discovery, DiscoveryError};
use crate::issuer::{InsecureLoopback, Issuer, check_address};

/// The endpoints and abilities of one authorization server. What [`Discovery`] returns has passed
/// [`crate::issuer::check_address`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProviderMetadata {
    /// `issuer`.
    pub issuer: Issuer,
    /// `authorization_endpoint`.
    pub authorization_endpoint: Url,
    /// `token_endpoint`.
    pub token_endpoint: Url,
    /// `userinfo_endpoint`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub userinfo_endpoint: Option<Url>,
    /// `revocation_endpoint` (RFC 7009).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revocation_endpoint: Option<Url>,
    /// `introspection_endpoint` (RFC 7662).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub introspection_endpoint: Option<Url>,
    /// `device_authorization_endpoint` (RFC 8628).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device_authorization_endpoint: Option<Url>,
    /// `end_session_endpoint` (OpenID Connect RP-Initiated Logout).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_session_endpoint: Option<Url>,
    /// `jwks_uri`. Without it ID tokens cannot be verified and are not used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jwks_uri: Option<Url>,
    /// `id_token_signing_alg_values_supported`; empty where the provider does not say.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub id_token_signing_alg_values_supported: Vec<String>,
    /// `scopes_supported`, where the provider says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scopes_supported: Option<Vec<String>>,
    /// `code_challenge_methods_supported`, where the provider says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code_challenge_methods_supported: Option<Vec<String>>,
    /// `authorization_response_iss_parameter_supported` (RFC 9207): the response must then have `iss`.
    pub authorization_response_iss_parameter_supported: bool,
}

impl ProviderMetadata {
    /// Metadata of a plain OAuth server that publishes none: the two endpoints that every flow needs.
    /// Further ones can be set on the fields; [`ProviderMetadata::checked`] comes last.
    pub fn without_discovery(
        issuer: Issuer,
        authorization_endpoint: Url,
        token_endpoint: Url,
    ) -> Self {
        Self {
            issuer,
            authorization_endpoint,
            token_endpoint,
            userinfo_endpoint: None,
            revocation_endpoint: None,
            introspection_endpoint: None,
            device_authorization_endpoint: None,
            end_session_endpoint: None,
            jwks_uri: None,
            id_token_signing_alg_values_supported: Vec::new(),
            scopes_supported: None,
            code_challenge_methods_supported: None,
            authorization_response_iss_parameter_supported: false,
        }
    }

    /// Checks every address, for metadata that did not come from [`Discovery`].
    ///
    /// # Errors
    /// [`DiscoveryError::Address`] names the field and the rule that it breaks.
    pub fn checked(self, loopback: InsecureLoopback) -> Result<Self, DiscoveryError> {
        let addresses = [
            ("authorization_endpoint", Some(&self.authorization_endpoint)),
            ("token_endpoint", Some(&self.token_endpoint)),
            ("userinfo_endpoint", self.userinfo_endpoint.as_ref()),
            ("revocation_endpoint", self.revocation_endpoint.as_ref()),
            (
                "introspection_endpoint",
                self.introspection_endpoint.as_ref(),
            ),
            (
                "device_authorization_endpoint",
                self.device_authorization_endpoint.as_ref(),
            ),
            ("end_session_endpoint", self.end_session_endpoint.as_ref()),
            ("jwks_uri", self.jwks_uri.as_ref()),
        ];
        for (field, address) in addresses {
            if let Some(address) = address {
                check_address(address, loopback)
                    .map_err(|reason| DiscoveryError::Address { field, reason })?;
            }
        }
        Ok(self)
    }

    /// The metadata as the JSON document that [`Discovery::read`] accepts, to keep for a start without
    /// a network.
    pub fn to_document(&self) -> String {
        serde_json::json!(self).to_string()
    }
}
