//! A sign-in under way, and its end.

use std::time::{Duration, SystemTime};

use money::MicroUsd;
use tuppence_core as core;

use super::{device_prompt, rfc3339, sign_in_way};
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
        way: sign_in_way(attempt.way),
        offers_device: attempt.offers_device,
        device: attempt.device.map(device_prompt),
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

/// What to ask of a key. That it ends counts from now.
pub(in crate::ipc) fn key_terms(params: KeyTermsParams) -> core::KeyTerms {
    const DAY: u64 = 24 * 60 * 60;
    core::KeyTerms {
        limit: params.limit_micro_usd.map(MicroUsd),
        resets: match params.resets {
            LimitResetView::Never | LimitResetView::Otherwise => core::LimitReset::Never,
            LimitResetView::Daily => core::LimitReset::Daily,
            LimitResetView::Weekly => core::LimitReset::Weekly,
            LimitResetView::Monthly => core::LimitReset::Monthly,
        },
        ends_at: params
            .ends_in_days
            .map(|days| SystemTime::now() + Duration::from_secs(u64::from(days) * DAY)),
    }
}
