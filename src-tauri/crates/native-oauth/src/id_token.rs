//! Verification of the ID token (OpenID Connect Core section 3.1.3.7).

use std::time::SystemTime;

/// What a verified ID token says about the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdTokenClaims {
    /// `iss`.
    pub issuer: String,
    /// `sub`: the person, at this issuer.
    pub subject: String,
    /// `exp`.
    pub expires_at: SystemTime,
    /// `name`.
    pub name: Option<String>,
    /// `preferred_username`.
    pub preferred_username: Option<String>,
    /// `email`.
    pub email: Option<String>,
    /// `email_verified`.
    pub email_verified: Option<bool>,
    /// `picture`.
    pub picture: Option<String>,
}

/// Why an ID token is refused.
#[derive(Debug, thiserror::Error)]
pub enum IdTokenError {
    /// The provider sent none although it was asked for one.
    #[error("the provider sent no ID token")]
    Missing,
}
