//! A turn as it runs.

use tuppence_core as core;

use super::{conversation, cost, count, lowered_by, message, usage};
use crate::ipc::contract::*;

pub(in crate::ipc) fn turn_started(started: &core::TurnStarted) -> TurnStarted {
    TurnStarted {
        turn_id: started.turn_id.clone(),
        conversation: conversation(started.conversation.clone()),
        user_message: message(started.user.clone()),
        assistant_message: message(started.assistant.clone()),
        user_index: count(started.user_index),
    }
}

pub(in crate::ipc) fn turn_event(update: core::TurnUpdate) -> TurnEvent {
    match update {
        core::TurnUpdate::Patch { ops, reasoning, .. } => TurnEvent::Patch {
            ops: ops.into_iter().map(patch_op).collect(),
            reasoning,
        },
        core::TurnUpdate::Running {
            usage: tokens,
            cost: so_far,
        } => TurnEvent::Running {
            usage: usage(tokens),
            cost: so_far.map(cost),
        },
        core::TurnUpdate::Lowered { max_tokens, by } => TurnEvent::Lowered {
            max_tokens,
            by: lowered_by(by),
        },
        core::TurnUpdate::Restarted => TurnEvent::Restarted,
        core::TurnUpdate::Ended {
            message: ended,
            conversation: row,
        } => TurnEvent::Ended {
            message: Box::new(message(*ended)),
            conversation: Box::new(conversation(*row)),
        },
    }
}

pub(in crate::ipc) fn patch_op(op: core::PatchOp) -> PatchOp {
    match op {
        core::PatchOp::Append { html } => PatchOp::Append { html },
        core::PatchOp::Grow { depth, keep, html } => PatchOp::Grow { depth, keep, html },
        core::PatchOp::Text { depth, text } => PatchOp::Text { depth, text },
        core::PatchOp::Replace { block, html } => PatchOp::Replace { block, html },
        core::PatchOp::Truncate { from } => PatchOp::Truncate { from },
    }
}
