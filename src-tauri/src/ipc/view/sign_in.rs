//! A sign-in under way, and its end.

use tuppence_core as core;

use super::rfc3339;
use crate::ipc::contract::*;

pub(in crate::ipc) fn pending_sign_in(attempt: core::SignInAttempt) -> PendingSignInView {
    PendingSignInView {
        id: attempt.id,
        provider_id: attempt.provider_id,
        provider_name: attempt.provider_name,
        stage: match attempt.stage {
            core::SignInStage::Preparing => SignInStage::Preparing,
            core::SignInStage::WaitingForBrowser => SignInStage::WaitingForBrowser,
            core::SignInStage::Finishing => SignInStage::Finishing,
        },
        started_at: rfc3339(attempt.started_at),
        deadline_at: rfc3339(attempt.deadline_at),
        browser_failed: attempt.browser_failed,
    }
}

pub(in crate::ipc) fn sign_in_outcome(outcome: core::SignInOutcome) -> SignInOutcome {
    match outcome {
        core::SignInOutcome::SignedIn(id) => SignInOutcome::SignedIn {
            account_id: id.to_string(),
        },
        core::SignInOutcome::Cancelled => SignInOutcome::Cancelled,
        core::SignInOutcome::Failed(failure) => SignInOutcome::Failed {
            error: failure.into(),
        },
    }
}
