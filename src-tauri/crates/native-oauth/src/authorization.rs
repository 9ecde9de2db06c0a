//! The front channel (RFC 6749 section 4.1): the authorization request and its response.

/// Why an authorization response is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ResponseError {
    /// `state` is absent or another one: the response belongs to another attempt, or is forged.
    #[error("the response does not belong to this sign-in")]
    WrongState,
    /// A parameter that must be unique is repeated.
    #[error("the response repeats a parameter")]
    Repeated,
    /// `iss` is not the provider that was asked, or absent although promised (RFC 9207).
    #[error("the response comes from another provider")]
    WrongIssuer,
    /// Neither a code nor an error is there, or both.
    #[error("the response has neither a code nor an error")]
    Malformed,
}
