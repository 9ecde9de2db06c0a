//! How much of a conversation is sent.

use tuppence_core as core;

use super::{count, preset_use};
use crate::ipc::contract::*;

pub(in crate::ipc) fn asked(params: AskedParams) -> core::Asked {
    core::Asked {
        conversation_id: params.conversation_id,
        before: params.before,
        text: params.text,
        preset: params.preset.map(preset_use),
    }
}

pub(in crate::ipc) fn context_rule(name: ContextRuleName) -> core::ContextRule {
    match name {
        ContextRuleName::Whole => core::ContextRule::Whole,
        ContextRuleName::Recent => core::ContextRule::Recent,
        ContextRuleName::Summary => core::ContextRule::Summary,
    }
}

pub(in crate::ipc) fn context_rule_name(rule: core::ContextRule) -> ContextRuleName {
    match rule {
        core::ContextRule::Whole => ContextRuleName::Whole,
        core::ContextRule::Recent => ContextRuleName::Recent,
        core::ContextRule::Summary => ContextRuleName::Summary,
    }
}

pub(in crate::ipc) fn context_plan(plan: core::ContextPlan) -> ContextPlanView {
    ContextPlanView {
        rule: context_rule_name(plan.rule),
        window: plan.window,
        sent: sent_part(plan.sent),
        fits: plan.fits,
        whole: sent_part(plan.whole),
        recent: plan.recent.map(sent_part),
        summary: plan.summary.map(|summary| SummaryPlanView {
            covers: count(summary.covers),
            low: summary.cost.map(|range| range.low.into()),
            high: summary.cost.map(|range| range.high.into()),
            then: sent_part(summary.then),
        }),
        roomier: plan.roomier,
    }
}

fn sent_part(part: core::SentPart) -> SentPartView {
    SentPartView {
        messages: count(part.messages),
        tokens: part.tokens,
        low: part.cost.map(|range| range.low.into()),
        high: part.cost.map(|range| range.high.into()),
    }
}
