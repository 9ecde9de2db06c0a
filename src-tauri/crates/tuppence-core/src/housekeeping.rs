//! Work that a program which stays open does for itself, away from whatever a person waits for.

use std::time::{Duration, SystemTime};

use conversations::{Store, StoreError};

use crate::Tuppence;

/// A backup older than this is followed by a new one.
const BACKUP_EVERY: Duration = Duration::from_secs(24 * 60 * 60);

impl Tuppence {
    /// Loads what the first answer needs, waits on for money that answers wait for, makes the day's backup, and revokes what could not be revoked at
    /// a sign-out. None is waited for.
    pub fn keep_house(&self) {
        self.settle_revocations();
        tokio::task::spawn_blocking(markdown_stream::warm_up);
        let core = self.clone();
        tokio::spawn(async move {
            if let Err(failure) = core.wait_on_for_money().await {
                tracing::warn!(%failure, "what waits for money could not be read");
            }
            if let Err(failure) = core.with_store(back_up_daily).await {
                tracing::warn!(%failure, "the day's backup could not be made");
            }
        });
    }
}

fn back_up_daily(store: &Store) -> Result<(), StoreError> {
    if store.is_read_only() {
        return Ok(());
    }
    let newest = store.backups()?.first().map(|backup| backup.created_at);
    let is_due = newest.is_none_or(|at| {
        SystemTime::now()
            .duration_since(at)
            .is_ok_and(|age| age >= BACKUP_EVERY)
    });
    if is_due {
        store.back_up()?;
    }
    Ok(())
}
