//! Work that a program which stays open does for itself, away from whatever a person waits for.

use std::time::{Duration, SystemTime};

use conversations::{Store, StoreError};

use crate::Tuppence;
use crate::failure::Failure;

/// A backup older than this is followed by a new one.
const BACKUP_EVERY: Duration = Duration::from_secs(24 * 60 * 60);

/// Steps at merging the search index after one start, and the pause after each, in which others write.
const MERGING_STEPS: usize = 256;
const MERGING_PAUSE: Duration = Duration::from_millis(100);

impl Tuppence {
    /// Loads what the first answer needs, waits on for money that answers wait for, makes the day's
    /// backup, removes attachments that nothing speaks of, merges the search index, and revokes what
    /// could not be revoked at a sign-out. None is waited for.
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
            if let Err(failure) = core.with_store(sweep).await {
                tracing::warn!(%failure, "attachments that nothing speaks of could not be removed");
            }
            if let Err(failure) = core.merge_index().await {
                tracing::warn!(%failure, "the search index could not be merged");
            }
        });
    }

    async fn merge_index(&self) -> Result<(), Failure> {
        for _ in 0..MERGING_STEPS {
            if !self.with_store(merge_a_step).await? {
                break;
            }
            tokio::time::sleep(MERGING_PAUSE).await;
        }
        Ok(())
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

fn sweep(store: &Store) -> Result<(), StoreError> {
    if store.is_read_only() {
        return Ok(());
    }
    store.sweep_attachments()
}

fn merge_a_step(store: &Store) -> Result<bool, StoreError> {
    Ok(!store.is_read_only() && store.merge_index()?)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use conversations::{AddTo, AttachmentKind, NewAttachment};

    use super::*;

    #[test]
    fn an_attachment_that_nothing_speaks_of_goes_and_a_drafts_stays() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap().store;
        let new = NewAttachment {
            name: "notes.txt".to_owned(),
            kind: AttachmentKind::Text,
            media_type: "text/plain".to_owned(),
            bytes: b"kept".to_vec(),
            pixels: None,
            pages: None,
        };
        let kept = store.add_attachment(AddTo::Draft(None), &new).unwrap();
        let folder = dir.path().join("attachments");
        std::fs::write(folder.join("a".repeat(64)), "nobody's").unwrap();
        std::fs::write(folder.join("b.partial"), "half").unwrap();
        sweep(&store).unwrap();
        let left: Vec<_> = std::fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        assert_eq!(left, [kept.hash]);
    }
}
