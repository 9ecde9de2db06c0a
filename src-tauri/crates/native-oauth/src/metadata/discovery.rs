use serde::Deserialize;
use url::Url;

use super::ProviderMetadata;
use crate::http::{HttpClient, TransportError};
use crate::issuer::{AddressError, InsecureLoopback, Issuer, check_address};
use crate::pkce::CodeChallenge;

/// The most bytes of a document that are read. Real ones have about 2 KiB.
const DOCUMENT_LIMIT: usize = 256 * 1024;

/// Where to read metadata, and whose it must be. Both are pinned by the caller, so that a document
/// can never make itself the authority on who it is.
#[derive(Clone, Debug)]
pub struct Discovery {
    address: Url,
    accepted_issuers: Vec<Issuer>,
    loopback: InsecureLoopback,
    undeclared_pkce: bool,
}

impl Discovery {
    /// Reads `address` and accepts exactly these issuers.
    pub fn at(address: Url, accepted_issuers: Vec<Issuer>, loopback: InsecureLoopback) -> Self {
        Self {
            address,
            accepted_issuers,
            loopback,
            undeclared_pkce: false,
        }
    }

    /// Reads the address that OpenID Connect Discovery section 4 derives from the issuer, and accepts
    /// that issuer alone.
    ///
    /// # Errors
    /// The issuer cannot be extended to an address.
    pub fn of(issuer: Issuer, loopback: InsecureLoopback) -> Result<Self, AddressError> {
        let base = issuer.as_str().trim_end_matches('/');
        let address = Url::parse(&format!("{base}/.well-known/openid-configuration"))
            .map_err(|_| AddressError::NotAnAddress)?;
        Ok(Self::at(address, vec![issuer], loopback))
    }

    /// Accepts a document that does not say which PKCE methods the server has. By RFC 8414 that means
    /// none; some servers have `S256` all the same, which whoever describes the provider must know.
    #[must_use]
    pub fn with_undeclared_pkce(self) -> Self {
        Self {
            undeclared_pkce: true,
            ..self
        }
    }

    /// Fetches the document and checks it.
    ///
    /// # Errors
    /// See [`DiscoveryError`].
    pub async fn fetch(&self, http: &HttpClient) -> Result<ProviderMetadata, DiscoveryError> {
        check_address(&self.address, self.loopback).map_err(|reason| DiscoveryError::Address {
            field: "the discovery address",
            reason,
        })?;
        let reply = http.get_json(self.address.clone(), DOCUMENT_LIMIT).await?;
        if reply.status != 200 {
            return Err(DiscoveryError::Status(reply.status));
        }
        self.read(&reply.body)
    }

    /// Checks a document that was fetched before.
    ///
    /// # Errors
    /// See [`DiscoveryError`].
    pub fn read(&self, document: &[u8]) -> Result<ProviderMetadata, DiscoveryError> {
        let document: Document =
            serde_json::from_slice(document).map_err(|_| DiscoveryError::Unreadable)?;
        let issuer = self
            .accepted_issuers
            .iter()
            .find(|accepted| accepted.as_str() == document.issuer)
            .ok_or_else(|| DiscoveryError::IssuerMismatch {
                found: shown(&document.issuer),
            })?;
        check_abilities(&document, self.undeclared_pkce)?;
        let required = |field, value| {
            self.endpoint(field, value)?
                .ok_or(DiscoveryError::Missing { field })
        };
        Ok(ProviderMetadata {
            issuer: issuer.clone(),
            authorization_endpoint: required(
                "authorization_endpoint",
                document.authorization_endpoint.as_deref(),
            )?,
            token_endpoint: required("token_endpoint", document.token_endpoint.as_deref())?,
            userinfo_endpoint: self
                .endpoint("userinfo_endpoint", document.userinfo_endpoint.as_deref())?,
            revocation_endpoint: self.endpoint(
                "revocation_endpoint",
                document.revocation_endpoint.as_deref(),
            )?,
            introspection_endpoint: self.endpoint(
                "introspection_endpoint",
                document.introspection_endpoint.as_deref(),
            )?,
            device_authorization_endpoint: self.endpoint(
                "device_authorization_endpoint",
                document.device_authorization_endpoint.as_deref(),
            )?,
            end_session_endpoint: self.endpoint(
                "end_session_endpoint",
                document.end_session_endpoint.as_deref(),
            )?,
            jwks_uri: self.endpoint("jwks_uri", document.jwks_uri.as_deref())?,
            id_token_signing_alg_values_supported: document
                .id_token_signing_alg_values_supported
                .unwrap_or_default(),
            scopes_supported: document.scopes_supported,
            code_challenge_methods_supported: document.code_challenge_methods_supported,
            authorization_response_iss_parameter_supported: document
                .authorization_response_iss_parameter_supported
                .unwrap_or_default(),
        })
    }

    fn endpoint(
        &self,
        field: &'static str,
        value: Option<&str>,
    ) -> Result<Option<Url>, DiscoveryError> {
        let refused = |reason| DiscoveryError::Address { field, reason };
        let Some(text) = value else { return Ok(None) };
        let url = Url::parse(text).map_err(|_| refused(AddressError::NotAnAddress))?;
        check_address(&url, self.loopback).map_err(refused)?;
        Ok(Some(url))
    }
}

/// RFC 8414 section 2, as far as it is used. Servers send `null` where the standard omits a field.
#[derive(Deserialize)]
struct Document {
    issuer: String,
    authorization_endpoint: Option<String>,
    token_endpoint: Option<String>,
    userinfo_endpoint: Option<String>,
    revocation_endpoint: Option<String>,
    introspection_endpoint: Option<String>,
    device_authorization_endpoint: Option<String>,
    end_session_endpoint: Option<String>,
    jwks_uri: Option<String>,
    id_token_signing_alg_values_supported: Option<Vec<String>>,
    scopes_supported: Option<Vec<String>>,
    response_types_supported: Option<Vec<String>>,
    code_challenge_methods_supported: Option<Vec<String>>,
    authorization_response_iss_parameter_supported: Option<bool>,
}

fn check_abilities(document: &Document, undeclared_pkce: bool) -> Result<(), DiscoveryError> {
    let offers = |list: &[String], wanted: &str| list.iter().any(|offered| offered == wanted);
    let s256 = match &document.code_challenge_methods_supported {
        Some(methods) => offers(methods, CodeChallenge::METHOD),
        None => undeclared_pkce,
    };
    if !s256 {
        return Err(DiscoveryError::NoS256);
    }
    match &document.response_types_supported {
        Some(types) if !offers(types, "code") => Err(DiscoveryError::NoCodeFlow),
        _ => Ok(()),
    }
}

/// A stranger's text, short and without control characters.
fn shown(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(200).collect()
}

/// Why a provider's metadata cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DiscoveryError {
    /// The server could not be reached, or not in time.
    #[error("the provider could not be reached")]
    Transport(#[from] TransportError),
    /// The server answered with another status than 200.
    #[error("the provider answered {0} to discovery")]
    Status(u16),
    /// The document is not JSON of the standard's shape.
    #[error("the provider's metadata cannot be read")]
    Unreadable,
    /// The document names an issuer that is not accepted (RFC 8414 section 3.3).
    #[error("the provider calls itself {found}, which is not who was asked for")]
    IssuerMismatch {
        /// The issuer that the document names.
        found: String,
    },
    /// A field that every flow needs is absent.
    #[error("the provider's metadata lacks {field}")]
    Missing {
        /// The field.
        field: &'static str,
    },
    /// An address may not be used.
    #[error("the provider's metadata has an address that may not be used: {field}")]
    Address {
        /// The field.
        field: &'static str,
        /// The rule that it breaks.
        #[source]
        reason: AddressError,
    },
    /// The server does not offer PKCE with `S256`; `plain` protects nothing.
    #[error("the provider does not offer PKCE with S256")]
    NoS256,
    /// The server does not offer the authorization code flow.
    #[error("the provider does not offer the authorization code flow")]
    NoCodeFlow,
}
