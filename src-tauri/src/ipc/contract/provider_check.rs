//! What a provider publishes about itself, against what is set up here.

use serde::Serialize;
use ts_rs::TS;

/// How a provider's discovery document compares with its set-up, whose values hold in any case.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum ProviderCheckView {
    /// It was read.
    Compared {
        /// What is not the same.
        differences: Vec<MetadataDifferenceView>,
    },
    /// There is none that could be used, and none is needed.
    NoDocument {
        /// Why, for "Details".
        detail: String,
    },
}

/// One value that is not the same on both sides.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MetadataDifferenceView {
    /// Which.
    pub subject: MetadataSubject,
    /// What is set up here.
    pub ours: String,
    /// What the document has, if it says anything; several values are space separated.
    pub theirs: Option<String>,
}

/// What can differ.
#[derive(Clone, Copy, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum MetadataSubject {
    /// `issuer`.
    Issuer,
    /// `authorization_endpoint`.
    AuthorizationEndpoint,
    /// `token_endpoint`.
    TokenEndpoint,
    /// `userinfo_endpoint`.
    UserinfoEndpoint,
    /// `revocation_endpoint`.
    RevocationEndpoint,
    /// A scope that is asked for and not listed.
    Scope,
    /// The code challenge method of PKCE.
    CodeChallengeMethod,
}
