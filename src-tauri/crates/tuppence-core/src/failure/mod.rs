//! What can go wrong, as a person would tell the cases apart.
//!
//! Every error of the crates below becomes one [`FailureKind`] here: a kind exists only if somebody
//! can do something different about it. The detail is for "Details" and logs; it holds no secret and
//! no URL query, because the errors it is made from do not.

mod field;
mod from;

use std::time::SystemTime;

pub use field::SetupField;
pub(crate) use from::chain;

use crate::spending::LimitReached;

/// The causes that lead to different next steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FailureKind {
    /// The person said no at the provider.
    AccessDenied,
    /// Nobody came back from the browser in time.
    SignInTimedOut,
    /// The person cancelled, or a later attempt took over. Not shown as an error.
    SignInCancelled,
    /// The system browser could not be started.
    BrowserUnavailable,
    /// Every registered redirect port is taken.
    RedirectPortUnavailable,
    /// The single-use launch address was opened twice.
    LaunchAddressReused,
    /// A pasted address is not this sign-in's redirect.
    RedirectInvalid,
    /// Another person came back from the provider than the one who was asked.
    OtherAccount,
    /// The provider offers no sign-in on another device.
    DeviceSignInUnsupported,
    /// The code for the other device expired before anybody typed it.
    DeviceCodeExpired,
    /// This machine's clock is too far from the provider's to believe its ID tokens.
    ClockSkewed,
    /// What the provider says contradicts its metadata or our request.
    ProviderUntrusted,
    /// The provider refuses this app's registration.
    RegistrationRejected,
    /// The provider is not set up yet.
    SetupIncomplete,
    /// The provider could not be reached.
    NetworkOffline,
    /// The provider answers, with faults.
    ProviderUnavailable,
    /// The provider's definite verdict on the grant: sign in again.
    ReauthRequired,
    /// The keychain is locked, or its prompt went unanswered.
    KeychainLocked,
    /// There is no keychain.
    KeychainUnavailable,
    /// The granted scopes do not cover this.
    InsufficientScope,
    /// The wallet is empty.
    InsufficientBalance,
    /// The balance does not cover the most this message could cost.
    ReservationTooLarge,
    /// A plan's allowance is used up until it resets.
    AllowanceUsedUp,
    /// The cap that was set for this app at the provider is reached.
    KeyCapReached,
    /// Whoever runs the model has to pay, not the person.
    NotYourWallet,
    /// A limit that the person set leaves no room for this message.
    LimitReached,
    /// There are limits, and the model has no price to hold them by.
    PriceUnknown,
    /// What was asked for raises a limit, and nobody confirmed it.
    ConfirmationNeeded,
    /// This account cannot use this model.
    ModelNotIncluded,
    /// No such model.
    ModelUnavailable,
    /// Too many requests.
    RateLimited,
    /// No capacity for this model now.
    AtCapacity,
    /// The provider refuses the request as it stands.
    RequestRejected,
    /// The conversation is longer than the model takes.
    ConversationTooLong,
    /// What was written breaks the provider's rules.
    ContentRefused,
    /// An answer still streams in this conversation, here or in another program.
    AnswerInProgress,
    /// The stream ended before the answer did.
    StreamInterrupted,
    /// A file to import is none that is understood.
    ImportUnreadable,
    /// The file to export to could not be written.
    ExportUnwritable,
    /// A file is larger than what is sent.
    AttachmentTooLarge,
    /// A file is of a kind that is not sent.
    AttachmentUnsupported,
    /// A file is damaged, locked, or has no words in it.
    AttachmentUnreadable,
    /// The model takes no images.
    ModelTakesNoImages,
    /// The data directory cannot be written.
    StorageUnavailable,
    /// No such account, conversation, message or turn.
    NotFound,
    /// A fault of ours.
    Internal,
}

/// A failure with what is known about it.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize, thiserror::Error)]
#[error("{kind:?}: {detail}")]
pub struct Failure {
    /// The cause.
    pub kind: FailureKind,
    /// For "Details" and logs; never a secret, never shown as our own words.
    pub detail: String,
    /// The same again may succeed.
    pub retryable: bool,
    /// Not before then, where the provider said so.
    pub retry_at: Option<SystemTime>,
    /// The scopes that would cover it, space separated, where it is that some are missing and it is known
    /// which: [`Tuppence::consent_for`](crate::Tuppence::consent_for) asks for them.
    #[serde(default)]
    pub missing_scopes: Option<String>,
    /// Which of the person's limits, where one is the cause.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<Box<LimitReached>>,
    /// The field of a set-up form that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<SetupField>,
}

impl Failure {
    /// A failure that the same request may get over.
    pub fn retryable(kind: FailureKind, detail: impl Into<String>) -> Self {
        Self {
            retryable: true,
            ..Self::lasting(kind, detail)
        }
    }

    /// A failure that needs something else to change first.
    pub fn lasting(kind: FailureKind, detail: impl Into<String>) -> Self {
        Self {
            kind,
            detail: detail.into(),
            retryable: false,
            retry_at: None,
            missing_scopes: None,
            limit: None,
            field: None,
        }
    }

    /// The same failure, not to be retried before `at`.
    #[must_use]
    pub fn until(mut self, at: Option<SystemTime>) -> Self {
        self.retry_at = at;
        self
    }

    /// The same failure, with the limit that is its cause.
    #[must_use]
    pub fn at_limit(mut self, limit: LimitReached) -> Self {
        self.limit = Some(Box::new(limit));
        self
    }

    /// The same failure, naming the scopes that would cover it.
    #[must_use]
    pub fn for_want_of(mut self, scopes: Option<String>) -> Self {
        self.missing_scopes = scopes;
        self
    }

    /// The same failure, about this field of a form.
    #[must_use]
    pub fn about(mut self, field: Option<SetupField>) -> Self {
        self.field = field;
        self
    }

    /// A fault of ours.
    pub fn internal(detail: impl std::fmt::Display) -> Self {
        Self::lasting(FailureKind::Internal, detail.to_string())
    }

    /// Something asked for does not exist.
    pub fn not_found(what: &str) -> Self {
        Self::lasting(FailureKind::NotFound, what)
    }
}
