//! Searching, the bin, the backups.

use std::time::{Duration, SystemTime};

use tuppence_core as core;

use super::{count, rfc3339};
use crate::ipc::contract::*;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

pub(in crate::ipc) fn search_request(params: SearchParams) -> core::SearchRequest {
    core::SearchRequest {
        words: params.words,
        account: params.account_id.as_deref().map(Into::into),
        model_id: params.model_id,
        since: params
            .days
            .and_then(|days| SystemTime::now().checked_sub(DAY * days)),
        ranking: if params.best_first {
            core::Ranking::BestOfRecent
        } else {
            core::Ranking::Newest
        },
    }
}

pub(in crate::ipc) fn found(found: core::Found) -> FoundView {
    FoundView {
        message_id: found.message_id,
        index: count(found.index),
    }
}

pub(in crate::ipc) fn deleted_message(deleted: core::DeletedMessage) -> DeletedMessageView {
    DeletedMessageView {
        id: deleted.id,
        conversation_id: deleted.conversation_id,
        title: deleted.conversation_title,
        role: super::role(deleted.role),
        beginning: deleted.beginning,
        deleted_at: rfc3339(deleted.deleted_at),
        messages: deleted.messages,
    }
}

pub(in crate::ipc) fn emptied(emptied: core::Emptied) -> EmptiedView {
    EmptiedView {
        conversations: count(emptied.conversations),
        messages: count(emptied.messages),
        copies_left: count(emptied.copies_left),
    }
}

pub(in crate::ipc) fn backup(backup: core::Backup) -> BackupView {
    let name = backup.path.file_name().unwrap_or_default();
    BackupView {
        name: name.to_string_lossy().into_owned(),
        created_at: rfc3339(backup.created_at),
        bytes: backup.bytes,
    }
}
