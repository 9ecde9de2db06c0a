//! Setting a provider up.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::SecretInput;

/// What a set-up screen shows for one provider.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProviderSetupView {
    /// The provider's id (`other` for one to be added).
    pub provider_id: String,
    /// The name to show.
    pub provider_name: String,
    /// Redirect URIs to register, exactly.
    pub redirect_uris: Vec<String>,
    /// Scopes to allow, space separated.
    pub scopes: String,
    /// The client id in use, if any.
    pub client_id: Option<String>,
    /// Where the client id comes from.
    pub client_id_source: ValueSource,
    /// Whether this provider insists on a client secret.
    pub secret: SecretNeed,
    /// Whether a client secret is at hand, and from where. The secret itself never comes out.
    pub secret_source: ValueSource,
    /// The provider's page where apps are registered.
    pub registration_url: Option<String>,
    /// Issuer or base URL (to be typed for `other`).
    pub issuer: Option<String>,
    /// Base URL of the OpenAI-compatible API.
    pub api_base: Option<String>,
}

/// Where a set-up value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ValueSource {
    /// Not set.
    None,
    /// Ships with the app.
    BuiltIn,
    /// An environment variable.
    Environment,
    /// The set-up screen or `tup provider`.
    SetUp,
}

/// Whether a provider wants a client secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SecretNeed {
    /// A public client: no secret.
    None,
    /// May be given.
    Optional,
    /// The provider refuses clients without one.
    Required,
}

/// What a set-up screen saves.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProviderSetupParams {
    /// The provider's id; a new name for another provider.
    pub provider_id: String,
    /// The name to show (for another provider).
    pub provider_name: Option<String>,
    /// The client id.
    pub client_id: String,
    /// A client secret to store in the keychain; absent leaves what is there.
    pub client_secret: Option<SecretInput>,
    /// Issuer URL (for another provider).
    pub issuer: Option<String>,
    /// Base URL of the OpenAI-compatible API (for another provider).
    pub api_base: Option<String>,
    /// Scopes, space separated (for another provider).
    pub scopes: Option<String>,
}
