//! Tokens with their expiry and the scopes that were granted.

pub mod endpoint;
#[cfg(test)]
mod tests;

use std::time::{Duration, SystemTime};

use crate::scope::Scopes;
use crate::secret::{AccessToken, IdToken, RefreshToken};

/// A token is renewed this long before it expires, or a tenth of its lifetime before if that is less.
const LARGEST_MARGIN: Duration = Duration::from_secs(30);

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
    /// When the access token expires. `None` is not known, or never: it is used until it is rejected.
    pub expires_at: Option<SystemTime>,
    /// The scopes that were granted, which may be fewer than were requested.
    pub granted_scopes: Scopes,
}

impl TokenSet {
    /// Whether the access token is good for longer than the margin: 30 seconds, or a tenth of its
    /// lifetime if that is less.
    pub fn is_fresh(&self, now: SystemTime) -> bool {
        let Some(expires_at) = self.expires_at else {
            return true;
        };
        let lifetime = expires_at
            .duration_since(self.received_at)
            .unwrap_or_default();
        let margin = LARGEST_MARGIN.min(lifetime / 10);
        expires_at
            .duration_since(now)
            .is_ok_and(|left| left > margin)
    }

    /// Whether the access token has expired.
    pub fn has_expired(&self, now: SystemTime) -> bool {
        self.expires_at.is_some_and(|expires_at| expires_at <= now)
    }
}
