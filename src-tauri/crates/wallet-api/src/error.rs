//! What a call to a provider can end in.

mod body;
mod cause;
mod challenge;
mod charge;
mod detail;
mod verdict;

use std::time::Duration;

use native_oauth::SessionError;

pub(crate) use body::ErrorBody;
pub use cause::{PaymentCause, RejectionReason, UnreadableAnswer};
pub use detail::Detail;
pub(crate) use verdict::{http_verdict, stream_verdict};

/// Why a call to the provider did not give what was asked for.
///
/// `Display` is ours and never contains the provider's words, which may ask for anything (one
/// provider's 402 asks for a payment to a crypto address). Those are in [`ApiError::detail`].
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// There is no access token to call with.
    #[error("there is no access token to call the provider with")]
    Session(#[source] SessionError),
    /// The provider was not reached, or the connection broke before it answered.
    #[error("the provider could not be reached")]
    Offline(#[source] TransportError),
    /// The provider refuses the access token, even a fresh one.
    #[error("the provider does not accept the access token")]
    Unauthorized {
        /// The provider's words.
        detail: Detail,
    },
    /// Something has to be paid first (HTTP 402). Nothing was charged.
    #[error("the provider asks for payment: {cause}")]
    PaymentRequired {
        /// What exactly.
        cause: PaymentCause,
        /// The provider's words. They may ask for a payment to an address: do not show them as ours.
        detail: Detail,
    },
    /// The granted scopes do not cover this call.
    #[error("the granted scopes do not cover this")]
    InsufficientScope {
        /// The scopes that would, space separated, where it is known which.
        scope: Option<String>,
        /// The provider's words.
        detail: Detail,
    },
    /// The provider refuses this account or this content (HTTP 403) for another reason.
    #[error("the provider refuses this")]
    Forbidden {
        /// The provider's words.
        detail: Detail,
    },
    /// There is no such model.
    #[error("the provider has no such model")]
    ModelNotFound {
        /// The provider's words.
        detail: Detail,
    },
    /// Too many requests.
    #[error("too many requests")]
    RateLimited {
        /// How long to wait, where the provider says so.
        retry_after: Option<Duration>,
        /// The provider's words.
        detail: Detail,
    },
    /// The provider has no capacity for this model now.
    #[error("the provider has no capacity for this now")]
    AtCapacity {
        /// How long to wait, where the provider says so.
        retry_after: Option<Duration>,
        /// The provider's words.
        detail: Detail,
    },
    /// The provider refuses the request as it stands.
    #[error("the provider refuses the request: {reason}")]
    RequestRejected {
        /// The HTTP status.
        status: u16,
        /// What is wrong with it, as far as it can be told.
        reason: RejectionReason,
        /// The provider's words.
        detail: Detail,
    },
    /// The provider is there, and failing.
    #[error("the provider is failing{}", status_text(*.status))]
    ProviderFailing {
        /// The HTTP status, if there was one.
        status: Option<u16>,
        /// The provider's words.
        detail: Detail,
    },
    /// The answer is not what the provider's interface says.
    #[error("the provider's answer cannot be read: {what}")]
    Unreadable {
        /// What came instead.
        what: UnreadableAnswer,
        /// The beginning of it.
        detail: Detail,
    },
    /// The stream ended before the answer did. What came so far is valid.
    #[error("the stream ended before the answer did")]
    StreamInterrupted {
        /// The provider's words, if it gave any.
        detail: Detail,
    },
    /// Nothing came for too long.
    #[error("nothing came from the provider for {} seconds", after.as_secs())]
    Stalled {
        /// How long it was waited.
        after: Duration,
    },
    /// The answer is larger than any real one.
    #[error("the provider's answer is larger than {limit} bytes")]
    TooLarge {
        /// The limit, in bytes.
        limit: u64,
    },
    /// The profile has an address that must not be called: not `https`, and not this machine.
    #[error("the profile's address is not a secure one")]
    InsecureEndpoint,
    /// The caller cancelled. This is no fault.
    #[error("cancelled")]
    Cancelled,
}

/// [`ApiError`] without its data, to decide by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // each is the variant of `ApiError` of the same name
pub enum ApiErrorKind {
    Session,
    Offline,
    Unauthorized,
    PaymentRequired,
    InsufficientScope,
    Forbidden,
    ModelNotFound,
    RateLimited,
    AtCapacity,
    RequestRejected,
    ProviderFailing,
    Unreadable,
    StreamInterrupted,
    Stalled,
    TooLarge,
    InsecureEndpoint,
    Cancelled,
}

/// A failure below HTTP, without the address.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct TransportError(#[source] reqwest::Error);

impl From<reqwest::Error> for TransportError {
    fn from(error: reqwest::Error) -> Self {
        Self(error.without_url())
    }
}

impl ApiError {
    /// The kind, without data.
    #[must_use]
    pub fn kind(&self) -> ApiErrorKind {
        match self {
            Self::Session(_) => ApiErrorKind::Session,
            Self::Offline(_) => ApiErrorKind::Offline,
            Self::Unauthorized { .. } => ApiErrorKind::Unauthorized,
            Self::PaymentRequired { .. } => ApiErrorKind::PaymentRequired,
            Self::InsufficientScope { .. } => ApiErrorKind::InsufficientScope,
            Self::Forbidden { .. } => ApiErrorKind::Forbidden,
            Self::ModelNotFound { .. } => ApiErrorKind::ModelNotFound,
            Self::RateLimited { .. } => ApiErrorKind::RateLimited,
            Self::AtCapacity { .. } => ApiErrorKind::AtCapacity,
            Self::RequestRejected { .. } => ApiErrorKind::RequestRejected,
            Self::ProviderFailing { .. } => ApiErrorKind::ProviderFailing,
            Self::Unreadable { .. } => ApiErrorKind::Unreadable,
            Self::StreamInterrupted { .. } => ApiErrorKind::StreamInterrupted,
            Self::Stalled { .. } => ApiErrorKind::Stalled,
            Self::TooLarge { .. } => ApiErrorKind::TooLarge,
            Self::InsecureEndpoint => ApiErrorKind::InsecureEndpoint,
            Self::Cancelled => ApiErrorKind::Cancelled,
        }
    }

    /// The provider's own words: bounded, one line, without tokens. For "Details", never as ours.
    #[must_use]
    pub fn detail(&self) -> Option<&str> {
        match self {
            Self::Unauthorized { detail }
            | Self::PaymentRequired { detail, .. }
            | Self::InsufficientScope { detail, .. }
            | Self::Forbidden { detail }
            | Self::ModelNotFound { detail }
            | Self::RateLimited { detail, .. }
            | Self::AtCapacity { detail, .. }
            | Self::RequestRejected { detail, .. }
            | Self::ProviderFailing { detail, .. }
            | Self::Unreadable { detail, .. }
            | Self::StreamInterrupted { detail } => detail.as_str(),
            Self::Session(_)
            | Self::Offline(_)
            | Self::Stalled { .. }
            | Self::TooLarge { .. }
            | Self::InsecureEndpoint
            | Self::Cancelled => None,
        }
    }
}

fn status_text(status: Option<u16>) -> String {
    status.map_or_else(String::new, |status| format!(" (HTTP {status})"))
}
