//! Tokens with their expiry and the scopes that were granted.

pub mod endpoint;

use std::time::SystemTime;

use crate::scope::Scopes;
use crate::secret::{AccessToken, IdToken, RefreshToken};

/// The tokens of one grant.
#[derive(Clone, Debug)]
pub struct TokenSet {
    /// The access token.
    pub access_token: AccessToken,
    /// The refresh token, if the provider gave one.
    pub refresh_token: Option<RefreshToken>,
    /// The ID token, verified when it was received.
    pub id_token: Option<IdToken>,
    /// When the tokens were received.
    pub received_at: SystemTime,
    /// When the access token expires.
    pub expires_at: SystemTime,
    /// The scopes that were granted, which may be fewer than were requested.
    pub granted_scopes: Scopes,
}
