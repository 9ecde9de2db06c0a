//! A code flow that ends in a lasting key.

use url::Url;

/// What differs where the code of an authorization is exchanged for a key of the person's own instead
/// of tokens.
///
/// Such a provider registers no clients, so `response_type`, `client_id` and scopes are not sent, and
/// it need not return `state`: what ties the response to its attempt is an unguessable last segment of
/// the redirect URI's path. `state` is sent all the same, and a wrong one is refused. PKCE is as in
/// RFC 7636. The code goes as JSON to [`crate::ProviderMetadata::token_endpoint`], with
/// `code_verifier` and `code_challenge_method`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyGrant {
    /// The parameter of the authorization request that has the redirect URI.
    pub redirect_parameter: String,
    /// The member of the answer that has the key.
    pub key_member: String,
    /// Where the provider tells of a key what it may do. A 401 here, and nothing else, means that the
    /// key is gone.
    pub key_endpoint: Url,
}
