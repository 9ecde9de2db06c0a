//! The application as a whole, and times.

use std::time::SystemTime;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use tuppence_core as core;

use super::{account, pending_sign_in, provider};
use crate::ipc::contract::*;

pub(in crate::ipc) fn rfc3339(at: SystemTime) -> String {
    OffsetDateTime::from(at)
        .format(&Rfc3339)
        .unwrap_or_default()
}

pub(in crate::ipc) fn app(core: &core::Tuppence) -> AppView {
    AppView {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        providers: core.providers().into_iter().map(provider).collect(),
        accounts: core.accounts().into_iter().map(account).collect(),
        active_account_id: core.active_account().map(|id| id.to_string()),
        pending_sign_in: core.pending_sign_in().map(pending_sign_in),
        awaiting_money: core.awaiting_money(),
        settings: core.preferences().into(),
        storage_notice: core.storage_notices().iter().find_map(storage_notice),
    }
}

/// An interrupted answer says so itself, in its place.
pub(in crate::ipc) fn storage_notice(notice: &core::OpenNotice) -> Option<StorageNotice> {
    let (kind, detail) = match notice {
        core::OpenNotice::ReadOnly => (StorageNoticeKind::ReadOnly, String::new()),
        core::OpenNotice::NewerSchema { found, known } => (
            StorageNoticeKind::NewerVersion,
            format!("database version {found}, this app knows {known}"),
        ),
        core::OpenNotice::DamagedKept {
            path,
            restored_from,
        } => {
            let kept = format!("kept as {}", path.display());
            match restored_from {
                Some(backup) => (
                    StorageNoticeKind::Restored,
                    format!("{kept}; in use: {}", backup.display()),
                ),
                None => (StorageNoticeKind::Damaged, kept),
            }
        }
        core::OpenNotice::Interrupted(_) => return None,
    };
    Some(StorageNotice { kind, detail })
}
