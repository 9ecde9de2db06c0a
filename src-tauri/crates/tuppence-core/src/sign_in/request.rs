use wallet_api::profile::KeyTerms;

use crate::account::Persistence;

/// What a sign-in is asked for.
#[derive(Clone, Debug)]
pub struct SignInRequest {
    /// The provider.
    pub provider_id: String,
    /// Where the tokens are to rest.
    pub persistence: Persistence,
    /// What is asked of the key, at a provider that gives one; others are asked nothing.
    pub terms: KeyTerms,
    /// Where the person says yes.
    pub way: SignInWay,
}

/// Where the person says yes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SignInWay {
    /// In the browser of this machine, or by an address carried to another one.
    #[default]
    Browser,
    /// On another device, where they type a code (RFC 8628). Only some providers offer it.
    Device,
}

impl SignInRequest {
    /// A sign-in by the browser, with no terms.
    pub fn new(provider_id: impl Into<String>, persistence: Persistence) -> Self {
        Self {
            provider_id: provider_id.into(),
            persistence,
            terms: KeyTerms::default(),
            way: SignInWay::default(),
        }
    }

    /// With terms of a key.
    #[must_use]
    pub fn with_terms(self, terms: KeyTerms) -> Self {
        Self { terms, ..self }
    }

    /// By another way.
    #[must_use]
    pub fn by(self, way: SignInWay) -> Self {
        Self { way, ..self }
    }
}
