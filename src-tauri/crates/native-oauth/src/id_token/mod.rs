//! Verification of the ID token (OpenID Connect Core section 3.1.3.7).

mod claims;
mod keys;
mod verify;

pub use self::claims::IdTokenClaims;
pub(crate) use self::keys::KeyCache;
pub(crate) use self::verify::{Expected, verify};

use crate::clock::ClockSkew;
use crate::http::TransportError;

/// Why an ID token is refused.
#[derive(Debug, thiserror::Error)]
pub enum IdTokenError {
    /// The provider sent none although it was asked for one.
    #[error("the provider sent no ID token")]
    Missing,
    /// It is not a signed token in compact form, or a claim has the wrong type.
    #[error("the ID token is malformed")]
    Malformed,
    /// It is signed with an algorithm that is not expected of this provider, or not signed at all.
    #[error("the ID token's algorithm is not accepted")]
    Algorithm,
    /// The provider's keys could not be fetched.
    #[error("the provider's keys could not be fetched")]
    KeysUnavailable(#[source] Option<TransportError>),
    /// None of the provider's keys is the one that it names.
    #[error("the ID token names a key that the provider does not have")]
    UnknownKey,
    /// The signature is not the provider's.
    #[error("the ID token's signature is wrong")]
    Signature,
    /// A claim that must be there is absent.
    #[error("the ID token lacks {0}")]
    MissingClaim(&'static str),
    /// `iss` is another provider.
    #[error("the ID token comes from another issuer")]
    WrongIssuer,
    /// `aud` or `azp` is another client.
    #[error("the ID token is meant for another client")]
    WrongAudience,
    /// `nonce` is absent or of another attempt.
    #[error("the ID token belongs to another sign-in")]
    WrongNonce,
    /// `sub` is another person than before.
    #[error("the ID token is about another person")]
    WrongSubject,
    /// It has expired, by a clock that agrees with the provider's as far as that is known.
    #[error("the ID token has expired")]
    Expired,
    /// It is not valid yet, by a clock that agrees with the provider's as far as that is known.
    #[error("the ID token is not valid yet")]
    NotYetValid,
    /// Its times do not fit this machine's clock, which is wrong by what the provider's `Date` header says.
    #[error("this machine's clock is {0}")]
    ClockSkewed(ClockSkew),
    /// `at_hash` is not that of the access token.
    #[error("the ID token belongs to another access token")]
    WrongAccessToken,
}
