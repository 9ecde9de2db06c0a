//! Allowances, losses, room.

use tuppence_core as core;

use super::{cost, lowered_by, rfc3339};
use crate::ipc::contract::*;

pub(in crate::ipc) fn allowance(it: core::Allowance) -> AllowanceView {
    AllowanceView {
        period: match it.period {
            core::AllowancePeriod::FourHours => AllowancePeriodView::FourHours,
            core::AllowancePeriod::Month => AllowancePeriodView::Month,
            core::AllowancePeriod::Day => AllowancePeriodView::Day,
        },
        used: measure(it.used),
        limit: it.limit.map(measure),
        resets_at: it.resets_at.map(rfc3339),
        as_of: rfc3339(it.as_of),
    }
}

fn measure(measure: core::Measure) -> MeasureView {
    match measure {
        core::Measure::Money(amount) => MeasureView::Money {
            amount: amount.into(),
        },
        core::Measure::Requests(count) => MeasureView::Requests { count },
    }
}

pub(in crate::ipc) fn loss(loss: core::Loss) -> LossView {
    LossView {
        cause: match loss.cause {
            core::LossCause::NoWords => LossCauseView::NoWords,
            core::LossCause::BegunAnew => LossCauseView::BegunAnew,
        },
        cost: cost(loss.cost),
    }
}

pub(in crate::ipc) fn losses(losses: core::Losses) -> LossesView {
    LossesView {
        amount: losses.amount.into(),
        answers: losses.answers,
    }
}

pub(in crate::ipc) fn lowered((max_tokens, by): (u32, core::LoweredBy)) -> LoweredView {
    LoweredView {
        max_tokens,
        by: lowered_by(by),
    }
}

pub(in crate::ipc) fn billed_day(it: core::BilledDay) -> BilledDayView {
    BilledDayView {
        day: rfc3339(it.day),
        billed: it.billed.into(),
        requests: it.requests,
        explained: it.explained.into(),
        answers: it.answers,
    }
}
