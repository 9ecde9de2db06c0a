//! From the typed errors of the crates below to what a person can do about them.

use std::error::Error;
use std::time::{Duration, SystemTime};

use native_oauth::id_token::IdTokenError;
use native_oauth::{DiscoveryError, SessionError, SignInError, TokenEndpointError};
use wallet_api::{ApiError, PaymentCause, RejectionReason};

use super::{Failure, FailureKind, SetupField};

/// An error with all its sources, for "Details".
pub(crate) fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.ends_with(&cause_text) {
            text.push_str(": ");
            text.push_str(&cause_text);
        }
        source = cause.source();
    }
    text
}

fn after(wait: Option<Duration>) -> Option<SystemTime> {
    wait.and_then(|wait| SystemTime::now().checked_add(wait))
}

impl From<conversations::StoreError> for Failure {
    fn from(error: conversations::StoreError) -> Self {
        use conversations::StoreError as E;
        let detail = chain(&error);
        match error {
            E::NotFound(_) => Self::lasting(FailureKind::NotFound, detail),
            E::TurnInProgress => Self::retryable(FailureKind::AnswerInProgress, detail),
            E::NotStreaming => Self::lasting(FailureKind::NotFound, detail),
            E::WrongRole(_) => Self::lasting(FailureKind::RequestRejected, detail),
            E::Busy => Self::retryable(FailureKind::StorageUnavailable, detail),
            _ => Self::lasting(FailureKind::StorageUnavailable, detail),
        }
    }
}

impl From<native_oauth::StoreError> for Failure {
    fn from(error: native_oauth::StoreError) -> Self {
        use native_oauth::StoreError as E;
        let detail = chain(&error);
        match error {
            E::Locked => Self::retryable(FailureKind::KeychainLocked, detail),
            // What is stored cannot be read back: a new sign-in replaces it.
            E::Corrupt => Self::lasting(FailureKind::ReauthRequired, detail),
            E::Unavailable(_) | E::Other(_) => {
                Self::retryable(FailureKind::KeychainUnavailable, detail)
            }
        }
    }
}

impl From<DiscoveryError> for Failure {
    fn from(error: DiscoveryError) -> Self {
        let detail = chain(&error);
        match error {
            DiscoveryError::Transport(_) => Self::retryable(FailureKind::NetworkOffline, detail),
            DiscoveryError::Status(_) => Self::retryable(FailureKind::ProviderUnavailable, detail),
            _ => Self::lasting(FailureKind::ProviderUntrusted, detail),
        }
    }
}

impl From<SignInError> for Failure {
    fn from(error: SignInError) -> Self {
        let detail = chain(&error);
        match error {
            SignInError::Denied { error, .. } if error == "access_denied" => {
                Self::retryable(FailureKind::AccessDenied, detail)
            }
            SignInError::Denied { error, .. }
                if error == "server_error" || error == "temporarily_unavailable" =>
            {
                Self::retryable(FailureKind::ProviderUnavailable, detail)
            }
            SignInError::Denied { error, .. } => {
                let field = (error == "invalid_scope").then_some(SetupField::Scopes);
                Self::lasting(FailureKind::RegistrationRejected, detail).about(field)
            }
            SignInError::TimedOut => Self::retryable(FailureKind::SignInTimedOut, detail),
            SignInError::Cancelled => Self::lasting(FailureKind::SignInCancelled, detail),
            SignInError::PortsUnavailable { busy } => {
                let ports: Vec<String> = busy.iter().map(u16::to_string).collect();
                Self::retryable(
                    FailureKind::RedirectPortUnavailable,
                    format!("{detail}; in use: {}", ports.join(", ")),
                )
            }
            SignInError::LaunchAddressReused => {
                Self::retryable(FailureKind::LaunchAddressReused, detail)
            }
            SignInError::IdToken(IdTokenError::ClockSkewed(_)) => {
                Self::retryable(FailureKind::ClockSkewed, detail)
            }
            SignInError::TokenEndpoint(error) => error.into(),
            SignInError::Redirect(_) => {
                Self::retryable(FailureKind::RedirectPortUnavailable, detail)
            }
            _ => Self::retryable(FailureKind::ProviderUntrusted, detail),
        }
    }
}

impl From<TokenEndpointError> for Failure {
    fn from(error: TokenEndpointError) -> Self {
        let detail = chain(&error);
        let field = SetupField::of_refusal(&error);
        match error {
            TokenEndpointError::OAuth {
                code,
                status,
                retry_after,
                ..
            } => match code.as_str() {
                "invalid_client"
                | "unauthorized_client"
                | "invalid_redirect_uri"
                | "invalid_scope"
                | "unsupported_grant_type" => {
                    Self::lasting(FailureKind::RegistrationRejected, detail).about(field)
                }
                _ if status == 429 => {
                    Self::retryable(FailureKind::RateLimited, detail).until(after(retry_after))
                }
                _ if status >= 500 => Self::retryable(FailureKind::ProviderUnavailable, detail),
                _ => Self::retryable(FailureKind::ProviderUntrusted, detail),
            },
            TokenEndpointError::Status {
                status: 429,
                retry_after,
            } => Self::retryable(FailureKind::RateLimited, detail).until(after(retry_after)),
            TokenEndpointError::Transport(_) => {
                Self::retryable(FailureKind::NetworkOffline, detail)
            }
            _ => Self::retryable(FailureKind::ProviderUnavailable, detail),
        }
    }
}

impl From<SessionError> for Failure {
    fn from(error: SessionError) -> Self {
        let detail = chain(&error);
        match error {
            SessionError::ReauthRequired => Self::lasting(FailureKind::ReauthRequired, detail),
            SessionError::Transient {
                retry_after,
                source,
            } => {
                let offline = matches!(*source, TokenEndpointError::Transport(_));
                let kind = if offline {
                    FailureKind::NetworkOffline
                } else {
                    FailureKind::ProviderUnavailable
                };
                Self::retryable(kind, detail).until(after(Some(retry_after)))
            }
            SessionError::Configuration(_) => {
                Self::lasting(FailureKind::RegistrationRejected, detail)
            }
            SessionError::Store(source) => match *source {
                native_oauth::StoreError::Locked => {
                    Self::retryable(FailureKind::KeychainLocked, detail)
                }
                native_oauth::StoreError::Corrupt => {
                    Self::lasting(FailureKind::ReauthRequired, detail)
                }
                _ => Self::retryable(FailureKind::KeychainUnavailable, detail),
            },
            #[allow(unreachable_patterns)] // further causes may come; each is worth another try
            _ => Self::retryable(FailureKind::ProviderUnavailable, detail),
        }
    }
}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Self {
        let detail = match error.detail() {
            Some(words) => format!("{} · provider: {words}", chain(&error)),
            None => chain(&error),
        };
        let retryable = |kind| Self::retryable(kind, detail.clone());
        let lasting = |kind| Self::lasting(kind, detail.clone());
        match error {
            ApiError::Session(error) => error.into(),
            ApiError::Offline(_) => retryable(FailureKind::NetworkOffline),
            ApiError::Unauthorized { .. } => lasting(FailureKind::ReauthRequired),
            ApiError::PaymentRequired { cause, .. } => match cause {
                PaymentCause::WalletEmpty | PaymentCause::Unknown => {
                    retryable(FailureKind::InsufficientBalance)
                }
                PaymentCause::ReservationTooLarge => retryable(FailureKind::ReservationTooLarge),
                PaymentCause::AllowanceUsedUp { resets_at } => {
                    retryable(FailureKind::AllowanceUsedUp).until(resets_at)
                }
                PaymentCause::KeyCapReached => retryable(FailureKind::KeyCapReached),
                PaymentCause::ModelNotIncluded => lasting(FailureKind::ModelNotIncluded),
                PaymentCause::NotYourWallet => lasting(FailureKind::NotYourWallet),
            },
            ApiError::InsufficientScope { scope, .. } => {
                let failure = Self::lasting(FailureKind::InsufficientScope, detail);
                failure.for_want_of(scope)
            }
            ApiError::Forbidden { .. } => lasting(FailureKind::RequestRejected),
            ApiError::ModelNotFound { .. } => lasting(FailureKind::ModelUnavailable),
            ApiError::RateLimited { retry_after, .. } => {
                retryable(FailureKind::RateLimited).until(after(retry_after))
            }
            ApiError::AtCapacity { retry_after, .. } => {
                retryable(FailureKind::AtCapacity).until(after(retry_after))
            }
            ApiError::RequestRejected {
                reason: RejectionReason::TooLong,
                ..
            } => lasting(FailureKind::ConversationTooLong),
            ApiError::RequestRejected {
                reason: RejectionReason::ContentPolicy,
                ..
            } => lasting(FailureKind::ContentRefused),
            ApiError::RequestRejected { .. } => lasting(FailureKind::RequestRejected),
            ApiError::ProviderFailing { .. } | ApiError::Unreadable { .. } => {
                retryable(FailureKind::ProviderUnavailable)
            }
            ApiError::StreamInterrupted { .. }
            | ApiError::Stalled { .. }
            | ApiError::TooLarge { .. } => retryable(FailureKind::StreamInterrupted),
            ApiError::InsecureEndpoint => lasting(FailureKind::ProviderUntrusted),
            ApiError::Cancelled => lasting(FailureKind::Internal),
        }
    }
}

#[cfg(test)]
mod tests;
