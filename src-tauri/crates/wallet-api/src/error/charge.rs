//! Which failures of a chat request are known to have cost nothing.

use super::ApiError;

impl ApiError {
    /// Whether a chat request that ended so may have been charged for although nothing of its answer
    /// came: the request may have reached the provider, and no refusal came back.
    #[must_use]
    pub fn may_have_been_charged(&self) -> bool {
        match self {
            Self::Offline(error) => !error.0.is_connect(),
            Self::Stalled { .. }
            | Self::StreamInterrupted { .. }
            | Self::TooLarge { .. }
            | Self::Unreadable { .. }
            | Self::Cancelled => true,
            Self::Session(_)
            | Self::Unauthorized { .. }
            | Self::PaymentRequired { .. }
            | Self::InsufficientScope { .. }
            | Self::Forbidden { .. }
            | Self::ModelNotFound { .. }
            | Self::RateLimited { .. }
            | Self::AtCapacity { .. }
            | Self::RequestRejected { .. }
            | Self::ProviderFailing { .. }
            | Self::InsecureEndpoint => false,
        }
    }
}
