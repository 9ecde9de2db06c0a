//! Conversations, messages, hits.

use tuppence_core as core;

use super::{context_rule_name, cost, count, rfc3339, usage};
use crate::ipc::contract::*;

pub(in crate::ipc) fn conversation(row: core::ConversationRow) -> ConversationView {
    ConversationView {
        id: row.id,
        title: row.title,
        updated_at: rfc3339(row.updated_at),
        account_id: row.account_key,
        model_id: row.model_id,
        cost_usd: row.totals.usd.map(cost),
        cost_play: row.totals.play.map(cost),
        pinned: row.pinned,
        archived: row.archived,
        folder: row.folder,
        context: context_rule_name(row.context_rule),
        deleted_at: row.deleted_at.map(rfc3339),
        streaming: row.streaming,
    }
}

pub(in crate::ipc) fn conversation_detail(open: core::OpenConversation) -> ConversationDetail {
    ConversationDetail {
        conversation: conversation(open.row),
        page: message_page(open.page),
        draft: open.draft,
        edit_draft: open.edit_draft.map(|draft| EditDraftView {
            message_id: draft.message_id,
            text: draft.text,
        }),
    }
}

pub(in crate::ipc) fn message_page(page: core::MessagePage) -> MessagePage {
    MessagePage {
        first: count(page.first),
        total: count(page.total),
        messages: page.messages.into_iter().map(message).collect(),
    }
}

pub(in crate::ipc) fn search_hit(hit: core::Hit) -> SearchHitView {
    let part = |part: core::SnippetPart| SnippetPartView {
        text: part.text,
        found: part.found,
    };
    SearchHitView {
        snippet: core::snippet_parts(&hit.snippet)
            .into_iter()
            .map(part)
            .collect(),
        message_id: hit.message_id,
        conversation_id: hit.conversation_id,
        title: hit.conversation_title,
        role: role(hit.role),
        created_at: rfc3339(hit.created_at),
    }
}

pub(in crate::ipc) fn role(role: core::Role) -> MessageRole {
    match role {
        core::Role::User => MessageRole::User,
        core::Role::Assistant => MessageRole::Assistant,
    }
}

pub(in crate::ipc) fn message(state: core::MessageState) -> MessageView {
    let lowered = state.lowered().map(super::lowered);
    let core::MessageState {
        message,
        blocks,
        turn_id,
        failure,
    } = state;
    let role = role(message.role);
    MessageView {
        status: status(message.status, turn_id, failure),
        // An answer's words are in its blocks.
        text: if role == MessageRole::User {
            message.text
        } else {
            String::new()
        },
        role,
        blocks,
        sibling_ids: message.sibling_ids,
        reasoning: message.reasoning,
        created_at: rfc3339(message.created_at),
        model_id: message.model_id,
        account_id: message.account_key,
        usage: message.usage.map(usage),
        cost: message.cost.map(cost),
        loss: message.loss.map(super::loss),
        lowered,
        attachments: message
            .attachments
            .into_iter()
            .map(super::attachment)
            .collect(),
        id: message.id,
    }
}

pub(in crate::ipc) fn status(
    status: core::Status,
    turn_id: Option<String>,
    failure: Option<core::Failure>,
) -> MessageStatus {
    let ending = match (status, turn_id) {
        (core::Status::Streaming, Some(turn_id)) => return MessageStatus::Streaming { turn_id },
        // Another process streams it: what is there so far can be read.
        (core::Status::Streaming, None) => return MessageStatus::CutOff,
        (core::Status::Ended(ending), _) => ending,
    };
    match ending {
        core::Ending::Complete { finish_reason } if finish_reason.as_deref() == Some("length") => {
            MessageStatus::Truncated
        }
        core::Ending::Complete { .. } => MessageStatus::Complete,
        core::Ending::Stopped => MessageStatus::Stopped,
        core::Ending::CutOff => MessageStatus::CutOff,
        core::Ending::Failed { .. } => {
            let failure =
                failure.unwrap_or_else(|| core::Failure::internal("the cause was not recorded"));
            MessageStatus::Failed {
                error: failure.into(),
            }
        }
    }
}
