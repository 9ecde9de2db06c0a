//! Random strings that nobody can guess, and the hashes that stand in for them at rest.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use rand::RngExt;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::config::Dialect;

const ALPHANUMERIC: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// 256 random bits as 43 characters of base64url.
pub(crate) fn random_token() -> String {
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())
}

/// `length` random letters and digits.
pub(crate) fn random_alphanumeric(length: usize) -> String {
    let mut random = rand::rng();
    (0..length)
        .map(|_| char::from(ALPHANUMERIC[random.random_range(0..ALPHANUMERIC.len())]))
        .collect()
}

/// A random UUID (version 4).
pub(crate) fn random_uuid() -> String {
    uuid_from(rand::random::<[u8; 16]>(), 4)
}

/// The same UUID for the same name, always (version 8: ours to define, from SHA-256).
pub(crate) fn uuid_for(name: &str) -> String {
    let digest = Sha256::digest(name.as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid_from(bytes, 8)
}

fn uuid_from(mut bytes: [u8; 16], version: u8) -> String {
    bytes[6] = (bytes[6] & 0x0f) | (version << 4);
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!(
        "{}-{}-{}-{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..]
    )
}

/// A new access token in the dialect's form. Clients must not read anything into it.
pub(crate) fn access_token(dialect: Dialect) -> String {
    match dialect {
        Dialect::Quota => format!("quota_token_{}", random_token()),
        Dialect::Chutes => format!("cak_{}.{}", random_uuid(), random_alphanumeric(48)),
        Dialect::OpenRouter => format!("sk-or-v1-{}", random_alphanumeric(64)),
        Dialect::Oidc => random_token(),
    }
}

/// A new refresh token in the dialect's form.
pub(crate) fn refresh_token(dialect: Dialect) -> String {
    match dialect {
        Dialect::Quota => format!("quota_refresh_{}", random_token()),
        Dialect::Chutes => format!("crt_{}.{}", random_uuid(), random_alphanumeric(48)),
        Dialect::Oidc | Dialect::OpenRouter => random_token(),
    }
}

/// SHA-256 in base64url: what is kept of a token, and the S256 challenge of a verifier (RFC 7636 section 4.2).
pub(crate) fn sha256(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(text.as_bytes()))
}

/// The left half of SHA-256 in base64url: `at_hash` (OpenID Connect Core 3.1.3.6).
pub(crate) fn half_sha256(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(&Sha256::digest(text.as_bytes())[..16])
}

/// Compares without telling by time where the difference is.
pub(crate) fn same(left: &str, right: &str) -> bool {
    left.as_bytes().ct_eq(right.as_bytes()).into()
}
