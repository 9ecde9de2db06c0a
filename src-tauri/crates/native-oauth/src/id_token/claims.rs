use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::Deserialize;
use serde_json::Value;

use super::IdTokenError;

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

/// The claims as they arrive. Those that decide are typed; those that only describe are taken as they
/// come, so that an odd one does not cost the sign-in.
#[derive(Deserialize)]
pub(super) struct RawClaims {
    pub(super) iss: Option<String>,
    pub(super) sub: Option<String>,
    pub(super) aud: Option<Audience>,
    pub(super) exp: Option<NumericDate>,
    pub(super) iat: Option<NumericDate>,
    pub(super) nbf: Option<NumericDate>,
    pub(super) nonce: Option<String>,
    pub(super) azp: Option<String>,
    pub(super) at_hash: Option<String>,
    #[serde(default)]
    name: Value,
    #[serde(default)]
    preferred_username: Value,
    #[serde(default)]
    email: Value,
    #[serde(default)]
    email_verified: Value,
    #[serde(default)]
    picture: Value,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Audience {
    One(String),
    Many(Vec<String>),
}

impl Audience {
    pub(super) fn as_slice(&self) -> &[String] {
        match self {
            Self::One(audience) => std::slice::from_ref(audience),
            Self::Many(audiences) => audiences,
        }
    }
}

/// Seconds since 1970 (RFC 7519 section 2), fractions allowed.
#[derive(Clone, Copy, Deserialize)]
pub(super) struct NumericDate(f64);

impl NumericDate {
    pub(super) fn time(self) -> Result<SystemTime, IdTokenError> {
        let since = Duration::try_from_secs_f64(self.0).map_err(|_| IdTokenError::Malformed)?;
        UNIX_EPOCH.checked_add(since).ok_or(IdTokenError::Malformed)
    }
}

impl RawClaims {
    pub(super) fn into_claims(
        self,
        issuer: String,
        subject: String,
        expires_at: SystemTime,
    ) -> IdTokenClaims {
        let text = |value: &Value| {
            value
                .as_str()
                .filter(|text| !text.is_empty())
                .map(str::to_owned)
        };
        IdTokenClaims {
            issuer,
            subject,
            expires_at,
            name: text(&self.name),
            preferred_username: text(&self.preferred_username),
            email: text(&self.email),
            email_verified: self
                .email_verified
                .as_bool()
                .or_else(|| self.email_verified.as_str()?.parse().ok()),
            picture: text(&self.picture),
        }
    }
}
