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
    /// The endpoints, where they are known without discovery.
    pub endpoints: Option<EndpointsView>,
    /// Base URL of the OpenAI-compatible API.
    pub api_base: Option<String>,
    /// Where issuer, endpoints and API address come from.
    pub addresses_source: ValueSource,
    /// Where the scopes come from.
    pub scopes_source: ValueSource,
    /// Where the redirect URIs come from.
    pub redirect_source: ValueSource,
    /// The ports of `127.0.0.1` that the provider takes redirects on; null means any, or none where the
    /// redirect goes by the app's own scheme.
    pub redirect_ports: Option<Vec<u16>>,
    /// The app's own ports, in the order in which they are tried.
    pub registered_ports: Vec<u16>,
    /// Whether the app can be registered there with a developer key.
    pub registers_apps: bool,
    /// Whether there is something to take away: an added provider, or what was set up for one that ships.
    pub is_set_up_here: bool,
}

/// Endpoints of a provider without discovery, shown or typed.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EndpointsView {
    /// `authorization_endpoint`.
    pub authorization: String,
    /// `token_endpoint`.
    pub token: String,
    /// `userinfo_endpoint`, where there is one.
    pub userinfo: Option<String>,
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
    /// Its endpoints, where it has no discovery; they take the issuer's place.
    pub endpoints: Option<EndpointsView>,
    /// Base URL of the OpenAI-compatible API (for another provider).
    pub api_base: Option<String>,
    /// Scopes, space separated (for another provider).
    pub scopes: Option<String>,
    /// Ports that another provider takes redirects on: null means any, an empty list the app's own.
    pub redirect_ports: Option<Vec<u16>>,
}
