//! Verification of the ID token (OpenID Connect Core section 3.1.3.7).

mod claims;
mod keys;
mod verify;

pub use self::claims::IdTokenClaims;
pub(crate) use self::keys::KeyCache;

use crate::client::Client;
use crate::http::{HttpClient, TransportError};
use crate::secret::{AccessToken, IdToken, SecretText};

use self::verify::Expected;

/// Verifies the ID token of a sign-in: it must repeat our `nonce`.
pub(crate) async fn verify_sign_in(
    http: &HttpClient,
    client: &Client,
    id_token: &IdToken,
    nonce: &SecretText,
    access_token: &AccessToken,
) -> Result<IdTokenClaims, IdTokenError> {
    let expected = Expected {
        nonce: Some(nonce),
        subject: None,
    };
    verify::verify(http, client, id_token, access_token, &expected).await
}

/// Verifies the ID token of a device authorization (RFC 8628), whose request has no `nonce`.
pub(crate) async fn verify_device(
    http: &HttpClient,
    client: &Client,
    id_token: &IdToken,
    access_token: &AccessToken,
) -> Result<IdTokenClaims, IdTokenError> {
    let expected = Expected {
        nonce: None,
        subject: None,
    };
    verify::verify(http, client, id_token, access_token, &expected).await
}

/// Verifies the ID token of a refresh (OpenID Connect Core section 12.2): it must be about the same
/// person, where it is known who that is.
pub(crate) async fn verify_refreshed(
    http: &HttpClient,
    client: &Client,
    id_token: &IdToken,
    subject: Option<&str>,
    access_token: &AccessToken,
) -> Result<IdTokenClaims, IdTokenError> {
    let expected = Expected {
        nonce: None,
        subject,
    };
    verify::verify(http, client, id_token, access_token, &expected).await
}

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
    /// It has expired. If it is new, the clock of this machine is ahead.
    #[error("the ID token has expired, or this machine's clock is ahead")]
    Expired,
    /// It is not valid yet. The clock of this machine is behind.
    #[error("the ID token is not valid yet: this machine's clock is behind")]
    NotYetValid,
    /// `at_hash` is not that of the access token.
    #[error("the ID token belongs to another access token")]
    WrongAccessToken,
}
