//! Deleting: first into the bin, then for good.

use std::fs;

use rusqlite::params;

use crate::{Backup, Store, StoreError, backup, clock, error::IoContext, preset, removal};

/// What emptying the bin did, and what still holds the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Emptied {
    /// How many conversations are gone.
    pub conversations: usize,
    /// How many messages that were deleted out of a conversation are gone.
    pub messages: usize,
    /// How many backups and damaged files kept aside may still hold their words; offer
    /// [`Store::purge_backups`].
    pub copies_left: usize,
    /// Another process was reading: deleted words stay in the write-ahead log until it has closed
    /// the database, or until the bin is emptied again.
    pub log_still_holds_words: bool,
}

impl Store {
    /// Puts a conversation into the bin, where [`Store::restore`] finds it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] and those of any write.
    pub fn delete(&self, id: &str) -> Result<(), StoreError> {
        self.update(id, "deleted_at = coalesce(deleted_at, ?2)", clock::now_ms())
    }

    /// Takes a conversation out of the bin.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] and those of any write.
    pub fn restore(&self, id: &str) -> Result<(), StoreError> {
        self.update(id, "deleted_at = ?2", None::<i64>)
    }

    /// Deletes what is in the bin, and deleted messages and presets, for good: from the tables, the search
    /// indexes and the write-ahead log, overwritten. Receipts stay. Conversations with an answer
    /// streaming in stay in the bin.
    ///
    /// # Errors
    /// Those of any write.
    pub fn empty_bin(&self) -> Result<Emptied, StoreError> {
        let (conversations, messages) = self.write_durably(|tx| {
            let conversations = tx.execute(
                "DELETE FROM conversations WHERE deleted_at IS NOT NULL AND NOT EXISTS (
                   SELECT 1 FROM messages m
                   WHERE m.conversation = conversations.seq AND m.status = 'streaming')",
                params![],
            )?;
            preset::purge(tx)?;
            Ok((conversations, removal::purge(tx)?))
        })?;
        self.sweep_attachments()?;
        let log_still_holds_words = match self.empty_log() {
            Err(StoreError::Busy) => true,
            outcome => {
                outcome?;
                false
            }
        };
        Ok(Emptied {
            conversations,
            messages,
            copies_left: self.backups()?.len() + self.damaged_files()?.len(),
            log_still_holds_words,
        })
    }

    /// The backups of this directory, newest first.
    ///
    /// # Errors
    /// [`StoreError::Io`].
    pub fn backups(&self) -> Result<Vec<Backup>, StoreError> {
        backup::list(self.dir())
    }

    /// Makes a verified backup now. The newest five stay.
    ///
    /// # Errors
    /// [`StoreError::DiskFull`], [`StoreError::BackupUnsound`], [`StoreError::Io`].
    pub fn back_up(&self) -> Result<Backup, StoreError> {
        self.with_writer(|connection| backup::create(connection, self.dir()))?;
        let newest = self.backups()?.into_iter().next();
        newest.ok_or(StoreError::BackupUnsound)
    }

    /// Removes every backup and every damaged file kept aside; says how many files went.
    ///
    /// # Errors
    /// [`StoreError::Io`].
    pub fn purge_backups(&self) -> Result<usize, StoreError> {
        self.writer_id()?;
        let damaged = self.damaged_files()?;
        for path in &damaged {
            fs::remove_file(path).during("removing a file")?;
        }
        Ok(backup::purge(self.dir())? + damaged.len())
    }

    fn damaged_files(&self) -> Result<Vec<std::path::PathBuf>, StoreError> {
        let mut damaged = Vec::new();
        for entry in fs::read_dir(self.dir()).during("reading the data directory")? {
            let entry = entry.during("reading the data directory")?;
            if entry
                .file_name()
                .to_string_lossy()
                .starts_with("tuppence.db.damaged-")
            {
                damaged.push(entry.path());
            }
        }
        Ok(damaged)
    }
}
