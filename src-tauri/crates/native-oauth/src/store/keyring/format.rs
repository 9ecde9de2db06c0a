use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, Zeroizing};

use crate::scope::Scopes;
use crate::secret::{AccessToken, IdToken, RefreshToken, SecretText};
use crate::store::StoreError;
use crate::token::TokenSet;

/// The values of an account's items.
pub(super) struct Encoded {
    pub(super) refresh: Option<Zeroizing<Vec<u8>>>,
    pub(super) access: Zeroizing<Vec<u8>>,
    pub(super) id: Option<Zeroizing<Vec<u8>>>,
}

/// The access token with what is known about it; times in milliseconds since 1970.
#[derive(Serialize, Deserialize)]
struct AccessItem {
    token: String,
    received_at: u64,
    /// `None`: it has no end that is known.
    expires_at: Option<u64>,
    scopes: String,
}

impl Drop for AccessItem {
    fn drop(&mut self) {
        self.token.zeroize();
    }
}

pub(super) fn encode(tokens: &TokenSet) -> Encoded {
    let access = AccessItem {
        token: tokens.access_token.expose().to_owned(),
        received_at: milliseconds(tokens.received_at),
        expires_at: tokens.expires_at.map(milliseconds),
        scopes: tokens.granted_scopes.to_string(),
    };
    let bytes = |text: &str| Zeroizing::new(text.as_bytes().to_vec());
    Encoded {
        refresh: tokens
            .refresh_token
            .as_ref()
            .map(|token| bytes(token.expose())),
        // A structure of strings and numbers always has a JSON form.
        access: Zeroizing::new(serde_json::to_vec(&access).unwrap_or_default()),
        id: tokens.id_token.as_ref().map(|token| bytes(token.expose())),
    }
}

/// Puts the items together. Without an access item the token is one that has expired, so that the
/// refresh token is used next.
pub(super) fn decode(
    refresh: Option<Zeroizing<Vec<u8>>>,
    access: Option<Zeroizing<Vec<u8>>>,
    id: Option<Zeroizing<Vec<u8>>>,
) -> Result<TokenSet, StoreError> {
    let access: AccessItem = match access {
        Some(bytes) => serde_json::from_slice(&bytes).map_err(|_| StoreError::Corrupt)?,
        None => AccessItem {
            token: String::new(),
            received_at: 0,
            expires_at: Some(0),
            scopes: String::new(),
        },
    };
    Ok(TokenSet {
        access_token: AccessToken::new(access.token.as_str()),
        refresh_token: refresh
            .map(text)
            .transpose()?
            .map(|it| RefreshToken::new(it.expose())),
        id_token: id
            .map(text)
            .transpose()?
            .map(|it| IdToken::new(it.expose())),
        received_at: time(access.received_at)?,
        expires_at: access.expires_at.map(time).transpose()?,
        granted_scopes: Scopes::parse(&access.scopes),
    })
}

pub(super) fn text(bytes: Zeroizing<Vec<u8>>) -> Result<SecretText, StoreError> {
    std::str::from_utf8(&bytes)
        .map(SecretText::new)
        .map_err(|_| StoreError::Corrupt)
}

fn milliseconds(time: SystemTime) -> u64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

fn time(milliseconds: u64) -> Result<SystemTime, StoreError> {
    UNIX_EPOCH
        .checked_add(Duration::from_millis(milliseconds))
        .ok_or(StoreError::Corrupt)
}
