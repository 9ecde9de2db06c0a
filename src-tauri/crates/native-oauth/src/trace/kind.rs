/// The steps of a sign-in, in the order in which a good one takes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StepKind {
    /// The provider's endpoints and abilities are known. Told by whoever reads the metadata.
    ProviderMetadata,
    /// The redirect URI is known, because its listener is bound.
    RedirectUri,
    /// `state`, `code_verifier` and `nonce` are drawn.
    AuthorizationRequest,
    /// The browser fetched the launch address and was sent on to the provider.
    UserAgent,
    /// The authorization response, or a request that is none of ours.
    AuthorizationResponse,
    /// The code goes to the token endpoint.
    TokenRequest,
    /// The tokens, or the provider's refusal.
    TokenResponse,
    /// The ID token is verified.
    IdToken,
    /// A code for another device is asked for.
    DeviceAuthorizationRequest,
    /// The code that the person types there.
    DeviceAuthorizationResponse,
    /// The provider was asked until it had a verdict.
    DeviceTokenRequest,
    /// The provider says who signed in. Told by whoever asks it.
    UserInfo,
    /// The tokens are where they rest. Told by whoever starts the session.
    TokensStored,
}

impl StepKind {
    /// A lasting name for machines.
    pub fn name(self) -> &'static str {
        match self {
            Self::ProviderMetadata => "provider_metadata",
            Self::RedirectUri => "redirect_uri",
            Self::AuthorizationRequest => "authorization_request",
            Self::UserAgent => "user_agent",
            Self::AuthorizationResponse => "authorization_response",
            Self::TokenRequest => "token_request",
            Self::TokenResponse => "token_response",
            Self::IdToken => "id_token",
            Self::DeviceAuthorizationRequest => "device_authorization_request",
            Self::DeviceAuthorizationResponse => "device_authorization_response",
            Self::DeviceTokenRequest => "device_token_request",
            Self::UserInfo => "userinfo",
            Self::TokensStored => "tokens_stored",
        }
    }

    /// Where the standards have it.
    pub fn reference(self) -> &'static str {
        match self {
            Self::ProviderMetadata => "RFC 8414 section 3",
            Self::RedirectUri => "RFC 8252 section 7",
            Self::AuthorizationRequest => "RFC 6749 section 4.1.1, RFC 7636 section 4.3",
            Self::UserAgent => "RFC 8252 section 6",
            Self::AuthorizationResponse => "RFC 6749 section 4.1.2, RFC 9207 section 2",
            Self::TokenRequest => "RFC 6749 section 4.1.3, RFC 7636 section 4.5",
            Self::TokenResponse => "RFC 6749 section 5",
            Self::IdToken => "OpenID Connect Core section 3.1.3.7",
            Self::DeviceAuthorizationRequest => "RFC 8628 section 3.1",
            Self::DeviceAuthorizationResponse => "RFC 8628 section 3.2",
            Self::DeviceTokenRequest => "RFC 8628 section 3.4",
            Self::UserInfo => "OpenID Connect Core section 5.3",
            Self::TokensStored => "RFC 6749 sections 10.3 and 10.4",
        }
    }
}
