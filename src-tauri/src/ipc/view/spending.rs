//! Spending, estimates and limits.

use std::collections::BTreeMap;

use tuppence_core as core;

use super::{cost, rfc3339};
use crate::ipc::contract::*;

pub(in crate::ipc) fn prompt_cost(prompt: core::PromptCost) -> PromptCostView {
    PromptCostView {
        model_id: prompt.model_id,
        low: prompt.cost.map(|range| range.low.into()),
        high: prompt.cost.map(|range| range.high.into()),
    }
}

pub(in crate::ipc) fn group_by(by: SpendingBy) -> core::GroupBy {
    match by {
        SpendingBy::Day => core::GroupBy::Day,
        SpendingBy::Month => core::GroupBy::Month,
        SpendingBy::Model => core::GroupBy::Model,
        SpendingBy::Account => core::GroupBy::Account,
        SpendingBy::Conversation => core::GroupBy::Conversation,
        SpendingBy::Purpose => core::GroupBy::Purpose,
    }
}

pub(in crate::ipc) fn spending(spending: core::Spending) -> SpendingView {
    let titles = spending.titles;
    SpendingView {
        total: totals(spending.total),
        groups: spending
            .groups
            .into_iter()
            .map(|(name, sums)| SpendingGroupView {
                title: titles.get(&name).cloned(),
                name,
                totals: totals(sums),
            })
            .collect(),
    }
}

fn totals(totals: core::Totals) -> TotalsView {
    TotalsView {
        usd: totals.usd.map(cost),
        play: totals.play.map(cost),
        answers: totals.answers,
        unpriced: totals.unpriced,
    }
}

pub(in crate::ipc) fn reconciliation(it: core::Reconciliation) -> ReconciliationView {
    ReconciliationView {
        from: rfc3339(it.from),
        to: rfc3339(it.to),
        taken: it.taken.into(),
        explained: it.explained.into(),
        added: it.added.into(),
        unexplained: it.unexplained.into(),
        unbilled: it.unbilled.into(),
        differences: it
            .differences
            .into_iter()
            .map(|it| DifferenceView {
                from: rfc3339(it.from),
                to: rfc3339(it.to),
                amount: it.amount.into(),
            })
            .collect(),
    }
}

pub(in crate::ipc) fn ledger_format(format: LedgerFormatView) -> core::LedgerFormat {
    match format {
        LedgerFormatView::Csv => core::LedgerFormat::Csv,
        LedgerFormatView::Json => core::LedgerFormat::Json,
    }
}

pub(in crate::ipc) fn limits_state(state: core::LimitsState) -> LimitsStateView {
    let usd = |micro| AmountView::Usd { micro };
    let play = |micro| AmountView::Play { micro };
    LimitsStateView {
        usd_day: usd(state.dollars.day),
        usd_month: usd(state.dollars.month),
        play_day: play(state.play.day),
        play_month: play(state.play.month),
        accounts: state
            .accounts
            .into_iter()
            .map(|(id, month)| AccountSpentView {
                account_id: id.to_string(),
                month: month.into(),
            })
            .collect(),
        day_ends: rfc3339(state.day_ends),
        month_ends: rfc3339(state.month_ends),
        limits: LimitsView {
            usd: limit_set(state.limits.dollars),
            play: limit_set(state.limits.play),
            accounts: state
                .limits
                .accounts
                .into_iter()
                .map(|(id, micro)| AccountLimitView {
                    account_id: id.to_string(),
                    micro,
                })
                .collect(),
            unpriced_allowed: state.limits.unpriced_allowed,
        },
    }
}

fn limit_set(set: core::LimitSet) -> LimitSetView {
    LimitSetView {
        message: set.message,
        conversation: set.conversation,
        day: set.day,
        month: set.month,
    }
}

impl From<LimitSetView> for core::LimitSet {
    fn from(set: LimitSetView) -> Self {
        Self {
            message: set.message,
            conversation: set.conversation,
            day: set.day,
            month: set.month,
        }
    }
}

impl From<LimitsView> for core::Limits {
    fn from(limits: LimitsView) -> Self {
        let accounts: BTreeMap<_, _> = limits
            .accounts
            .into_iter()
            .map(|limit| (limit.account_id.as_str().into(), limit.micro))
            .collect();
        Self {
            dollars: limits.usd.into(),
            play: limits.play.into(),
            accounts,
            unpriced_allowed: limits.unpriced_allowed,
        }
    }
}

pub(in crate::ipc) fn limit_reached(reached: core::LimitReached) -> LimitReachedView {
    LimitReachedView {
        limit: match reached.limit {
            core::LimitName::Message => LimitNameView::Message,
            core::LimitName::Conversation => LimitNameView::Conversation,
            core::LimitName::Day => LimitNameView::Day,
            core::LimitName::Month => LimitNameView::Month,
            core::LimitName::Account => LimitNameView::Account,
        },
        amount: reached.amount.into(),
        counted: reached.counted.into(),
        held: reached.held.into(),
        resets_at: reached.resets_at.map(rfc3339),
    }
}

pub(in crate::ipc) fn lowered_by(by: core::LoweredBy) -> LoweredByView {
    match by {
        core::LoweredBy::Wallet => LoweredByView::Wallet,
        core::LoweredBy::Asked => LoweredByView::Asked,
        core::LoweredBy::Limit(core::LimitName::Message) => LoweredByView::Message,
        core::LoweredBy::Limit(core::LimitName::Conversation) => LoweredByView::Conversation,
        core::LoweredBy::Limit(core::LimitName::Day) => LoweredByView::Day,
        core::LoweredBy::Limit(core::LimitName::Month) => LoweredByView::Month,
        core::LoweredBy::Limit(core::LimitName::Account) => LoweredByView::Account,
    }
}
