//! Failures on the wire.

use tuppence_core::{Failure, FailureKind};

use super::contract::{ErrorCode, IpcError, SetupField};
use super::view::{limit_reached, rfc3339};

impl From<Failure> for IpcError {
    fn from(failure: Failure) -> Self {
        let correlation_id = uuid::Uuid::now_v7().simple().to_string()[20..].to_owned();
        tracing::warn!(kind = ?failure.kind, detail = %failure.detail, %correlation_id, "command failed");
        Self {
            code: failure.kind.into(),
            detail: failure.detail,
            retryable: failure.retryable,
            retry_at: failure.retry_at.map(rfc3339),
            missing_scopes: failure.missing_scopes,
            limit: failure.limit.map(|limit| Box::new(limit_reached(*limit))),
            correlation_id,
            field: failure.field.map(field),
        }
    }
}

fn field(field: tuppence_core::SetupField) -> SetupField {
    use tuppence_core::SetupField as F;
    match field {
        F::Name => SetupField::Name,
        F::Issuer => SetupField::Issuer,
        F::AuthorizationEndpoint => SetupField::AuthorizationEndpoint,
        F::TokenEndpoint => SetupField::TokenEndpoint,
        F::UserinfoEndpoint => SetupField::UserinfoEndpoint,
        F::ApiBase => SetupField::ApiBase,
        F::ClientId => SetupField::ClientId,
        F::ClientSecret => SetupField::ClientSecret,
        F::Scopes => SetupField::Scopes,
        F::RedirectUri => SetupField::RedirectUri,
        F::DeveloperKey => SetupField::DeveloperKey,
    }
}

macro_rules! same_names {
    ($($name:ident),* $(,)?) => {
        impl From<FailureKind> for ErrorCode {
            fn from(kind: FailureKind) -> Self {
                match kind {
                    // Cancelling ends as an outcome; a command that comes after it finds nothing.
                    FailureKind::SignInCancelled => Self::NotFound,
                    $(FailureKind::$name => Self::$name,)*
                }
            }
        }
    };
}

same_names!(
    AccessDenied,
    SignInTimedOut,
    BrowserUnavailable,
    RedirectPortUnavailable,
    LaunchAddressReused,
    RedirectInvalid,
    OtherAccount,
    DeviceSignInUnsupported,
    DeviceCodeExpired,
    ClockSkewed,
    ProviderUntrusted,
    RegistrationRejected,
    SetupIncomplete,
    NetworkOffline,
    ProviderUnavailable,
    ReauthRequired,
    KeychainLocked,
    KeychainUnavailable,
    InsufficientScope,
    InsufficientBalance,
    ReservationTooLarge,
    AllowanceUsedUp,
    KeyCapReached,
    NotYourWallet,
    LimitReached,
    PriceUnknown,
    ConfirmationNeeded,
    ModelNotIncluded,
    ModelUnavailable,
    RateLimited,
    AtCapacity,
    RequestRejected,
    ConversationTooLong,
    ContentRefused,
    AnswerInProgress,
    StreamInterrupted,
    ImportUnreadable,
    ExportUnwritable,
    AttachmentTooLarge,
    AttachmentUnsupported,
    AttachmentUnreadable,
    ModelTakesNoImages,
    StorageUnavailable,
    NotFound,
    Internal,
);
