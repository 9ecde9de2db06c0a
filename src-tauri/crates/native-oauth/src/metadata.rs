//! What is known about an authorization server (RFC 8414, OpenID Connect Discovery).

use url::Url;

use crate::http::HttpClient;
use crate::issuer::{InsecureLoopback, Issuer};

/// The endpoints and abilities of one authorization server. All endpoints have passed
/// [`crate::issuer::check_address`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderMetadata {
    /// `issuer`.
    pub issuer: Issuer,
    /// `authorization_endpoint`.
    pub authorization_endpoint: Url,
    /// `token_endpoint`.
    pub token_endpoint: Url,
    /// `userinfo_endpoint`.
    pub userinfo_endpoint: Option<Url>,
    /// `revocation_endpoint` (RFC 7009).
    pub revocation_endpoint: Option<Url>,
    /// `end_session_endpoint` (OpenID Connect RP-Initiated Logout).
    pub end_session_endpoint: Option<Url>,
    /// `jwks_uri`. Without it ID tokens can not be verified and are not used.
    pub jwks_uri: Option<Url>,
    /// `id_token_signing_alg_values_supported`.
    pub id_token_signing_alg_values_supported: Vec<String>,
    /// `scopes_supported`, where the provider says.
    pub scopes_supported: Option<Vec<String>>,
    /// `authorization_response_iss_parameter_supported` (RFC 9207): the response must then have `iss`.
    pub authorization_response_iss_parameter_supported: bool,
}

impl ProviderMetadata {
    /// Metadata of a plain OAuth server that publishes none: the two endpoints that every flow needs.
    /// Further ones can be set on the fields.
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
            end_session_endpoint: None,
            jwks_uri: None,
            id_token_signing_alg_values_supported: Vec::new(),
            scopes_supported: None,
            authorization_response_iss_parameter_supported: false,
        }
    }
}

/// Where to read metadata, and whose it must be.
#[derive(Clone, Debug)]
pub struct Discovery {
    address: Url,
    accepted_issuers: Vec<Issuer>,
    loopback: InsecureLoopback,
}

impl Discovery {
    /// Reads `address` and accepts exactly these issuers.
    pub fn at(address: Url, accepted_issuers: Vec<Issuer>, loopback: InsecureLoopback) -> Self {
        Self {
            address,
            accepted_issuers,
            loopback,
        }
    }

    /// Fetches the document and checks it.
    ///
    /// # Errors
    /// See [`DiscoveryError`].
    pub async fn fetch(&self, _http: &HttpClient) -> Result<ProviderMetadata, DiscoveryError> {
        let _ = (&self.address, &self.accepted_issuers, self.loopback);
        unimplemented!()
    }
}

/// Why a provider's metadata cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DiscoveryError {
    /// The server could not be reached, or not in time.
    #[error("the provider could not be reached")]
    Transport(#[source] reqwest::Error),
    /// The server answered with another status than 200.
    #[error("the provider answered {0} to discovery")]
    Status(u16),
    /// The document names an issuer that is not accepted (RFC 8414 section 3.3).
    #[error("the provider calls itself {found}, which is not who was asked for")]
    IssuerMismatch {
        /// The issuer that the document names.
        found: String,
    },
    /// The document is too large, is not JSON, or breaks a rule.
    #[error("the provider's metadata cannot be used: {0}")]
    Metadata(String),
}
