//! How a command ends: the documented exit codes.

use tuppence_core::{Failure, FailureKind};

pub(crate) const OK: u8 = 0;
const OTHER: u8 = 1;
pub(crate) const USAGE: u8 = 2;
const SIGNED_OUT: u8 = 3;
const SIGN_IN_AGAIN: u8 = 4;
const KEYCHAIN: u8 = 5;
const PAYMENT_NEEDED: u8 = 6;
const LIMIT_OF_YOURS: u8 = 7;
const NETWORK_OR_PROVIDER: u8 = 8;
const CANCELLED: u8 = 130;

/// Why a command ended without its result.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The command line asks for what is not there.
    Usage(String),
    /// Nobody is signed in.
    SignedOut,
    /// The doctor found something in the way, and has said what.
    Unhealthy,
    /// Ctrl-C, or the person said no.
    Cancelled,
    /// Anything that the core reports.
    Failed(Failure),
}

impl Stop {
    pub(crate) fn usage(what: impl Into<String>) -> Self {
        Self::Usage(what.into())
    }

    pub(crate) fn code(&self) -> u8 {
        match self {
            Self::Usage(_) => USAGE,
            Self::SignedOut => SIGNED_OUT,
            Self::Unhealthy => OTHER,
            Self::Cancelled => CANCELLED,
            Self::Failed(failure) => code_of(failure.kind),
        }
    }

    /// What happened and what to do next, in one or two sentences.
    pub(crate) fn sentence(&self) -> String {
        match self {
            Self::Usage(what) => what.clone(),
            Self::SignedOut => "Nobody is signed in. Run `tup sign-in` first.".to_owned(),
            Self::Unhealthy => "Something is in the way of a sign-in.".to_owned(),
            Self::Cancelled => "Cancelled.".to_owned(),
            Self::Failed(failure) => format!("{} ({})", sentence_of(failure.kind), failure.detail),
        }
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        match failure.kind {
            FailureKind::SignInCancelled => Self::Cancelled,
            _ => Self::Failed(failure),
        }
    }
}

fn code_of(kind: FailureKind) -> u8 {
    use FailureKind as K;
    match kind {
        K::SignInCancelled | K::AccessDenied => CANCELLED,
        K::ReauthRequired | K::InsufficientScope => SIGN_IN_AGAIN,
        K::KeychainLocked | K::KeychainUnavailable => KEYCHAIN,
        K::InsufficientBalance
        | K::ReservationTooLarge
        | K::AllowanceUsedUp
        | K::KeyCapReached
        | K::ModelNotIncluded => PAYMENT_NEEDED,
        K::LimitReached | K::PriceUnknown | K::ConfirmationNeeded => LIMIT_OF_YOURS,
        K::NetworkOffline
        | K::ProviderUnavailable
        | K::ProviderUntrusted
        | K::RegistrationRejected
        | K::RateLimited
        | K::AtCapacity
        | K::ModelUnavailable
        | K::NotYourWallet
        | K::RequestRejected
        | K::ConversationTooLong
        | K::ContentRefused
        | K::StreamInterrupted => NETWORK_OR_PROVIDER,
        K::SetupIncomplete
        | K::NotFound
        | K::ImportUnreadable
        | K::AttachmentTooLarge
        | K::AttachmentUnsupported
        | K::AttachmentUnreadable
        | K::ModelTakesNoImages => USAGE,
        K::AnswerInProgress
        | K::SignInTimedOut
        | K::BrowserUnavailable
        | K::RedirectPortUnavailable
        | K::LaunchAddressReused
        | K::RedirectInvalid
        | K::OtherAccount
        | K::DeviceSignInUnsupported
        | K::DeviceCodeExpired
        | K::ClockSkewed
        | K::StorageUnavailable
        | K::ExportUnwritable
        | K::Internal => OTHER,
    }
}

fn sentence_of(kind: FailureKind) -> &'static str {
    use FailureKind as K;
    match kind {
        K::AccessDenied => "You declined at the provider. Nothing was changed.",
        K::SignInTimedOut => "Nobody came back from the browser in time. Run the command again.",
        K::SignInCancelled => "Cancelled.",
        K::BrowserUnavailable => "The browser could not be opened. Try again with --no-browser.",
        K::RedirectPortUnavailable => {
            "Every redirect port is in use. End the program that uses one of them."
        }
        K::LaunchAddressReused => {
            "The sign-in address was opened twice, so the sign-in was ended to be safe. Run the command again."
        }
        K::RedirectInvalid => "This is not the address that the sign-in ends at.",
        K::OtherAccount => {
            "Another person came back from the provider than the account's. Nothing was changed."
        }
        K::DeviceSignInUnsupported => {
            "This provider has no sign-in on another device. Try --no-browser."
        }
        K::DeviceCodeExpired => {
            "Nobody typed the code in time. Run the command again for a new one."
        }
        K::ClockSkewed => {
            "This machine's clock is more than five minutes from the provider's. Set it and try again."
        }
        K::ProviderUntrusted => {
            "The provider's answer does not fit what it is known by. Nothing was stored."
        }
        K::RegistrationRejected => {
            "The provider refuses this app's registration. Check its set-up."
        }
        K::SetupIncomplete => "This provider is not set up yet.",
        K::NetworkOffline => "The provider could not be reached. Nobody is signed out by that.",
        K::ProviderUnavailable => {
            "The provider has a fault. Nobody is signed out by that; try again later."
        }
        K::ReauthRequired => "The provider ended this sign-in. Run `tup sign-in` again.",
        K::KeychainLocked => "The keychain is locked. Unlock it and try again.",
        K::KeychainUnavailable => {
            "There is no keychain to keep the sign-in in. Start one and try again."
        }
        K::InsufficientScope => {
            "This was not among the things you allowed. Sign in again and allow it."
        }
        K::InsufficientBalance => "The wallet is empty. Add money and ask again.",
        K::ReservationTooLarge => {
            "The wallet does not cover the most this could cost. Add money, or ask for less."
        }
        K::AllowanceUsedUp => {
            "Your plan's allowance at the provider is used up until it begins anew."
        }
        K::KeyCapReached => "This app's key has spent what it may. Raise its cap at the provider.",
        K::NotYourWallet => {
            "Whoever runs this model has run out of money, not you. Choose another model."
        }
        K::LimitReached => {
            "A limit that you set leaves no room for this. `tup limits` shows them all."
        }
        K::PriceUnknown => {
            "This model's price is not known, so your limits cannot hold it. Choose another, or `tup limits --allow-unpriced`."
        }
        K::ConfirmationNeeded => "This raises a limit. Say --yes to confirm it.",
        K::ModelNotIncluded => "Your plan does not include this model. Choose another.",
        K::ModelUnavailable => "There is no such model now. `tup models` lists what there is.",
        K::RateLimited => "Too many requests. Wait a little.",
        K::AtCapacity => "The provider has no capacity for this model now. Try another, or wait.",
        K::RequestRejected => "The provider refuses the request as it stands.",
        K::ConversationTooLong => {
            "The conversation is longer than this model takes. Say --if-too-long drop-oldest or summarise, choose another model, or begin a new one."
        }
        K::ContentRefused => "The provider refuses what was written, or what came of it.",
        K::AnswerInProgress => {
            "An answer still streams in this conversation. Wait until it has ended, or stop it."
        }
        K::StreamInterrupted => "The answer was cut off. What came is kept in the conversation.",
        K::ImportUnreadable => {
            "This file is no export that can be read: of Tuppence, ChatGPT or Claude."
        }
        K::ExportUnwritable => "The file could not be written.",
        K::AttachmentTooLarge => "The file is too large to send.",
        K::AttachmentUnsupported => {
            "Files of this kind are not sent. Images, text, code and PDF are."
        }
        K::AttachmentUnreadable => {
            "The file cannot be read: it is damaged, locked, or has no words."
        }
        K::ModelTakesNoImages => {
            "This model takes no images. `tup models` says which do (image among the modalities)."
        }
        K::StorageUnavailable => "The data directory cannot be written.",
        K::NotFound => "There is no such thing.",
        K::Internal => "Something went wrong inside Tuppence.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documented_codes() {
        let code = |kind| Stop::from(Failure::lasting(kind, "")).code();
        assert_eq!(code(FailureKind::ReauthRequired), 4);
        assert_eq!(code(FailureKind::KeychainUnavailable), 5);
        assert_eq!(code(FailureKind::InsufficientBalance), 6);
        assert_eq!(code(FailureKind::LimitReached), 7);
        assert_eq!(code(FailureKind::NetworkOffline), 8);
        assert_eq!(code(FailureKind::SignInCancelled), 130);
        assert_eq!(Stop::SignedOut.code(), 3);
        assert_eq!(Stop::usage("").code(), 2);
    }
}
