use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::{StoreError, open::examine, presence::Presence};

/// The data directory's database. Clones share it; calls block, so an async caller moves them to a
/// blocking thread. Reads never wait for writes.
#[derive(Clone, Debug)]
pub struct Store(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    dir: PathBuf,
    // Before the access: the last connection to close is the writer, which may clear the WAL away.
    reader: Mutex<Connection>,
    access: Access,
}

/// What the store may do with the directory.
#[derive(Debug)]
pub(crate) enum Access {
    /// Everything.
    Full {
        /// The connection that writes; closed before the presence ends.
        writer: Mutex<Connection>,
        /// Tells other processes that this store's streams are alive.
        presence: Presence,
    },
    /// Reading: the directory cannot be written.
    ReadOnly,
    /// Reading: a later version wrote the file.
    Newer { found: u32, known: u32 },
}

impl Store {
    pub(crate) fn new(dir: &Path, reader: Connection, access: Access) -> Self {
        Self(Arc::new(Inner {
            dir: dir.to_owned(),
            reader: Mutex::new(reader),
            access,
        }))
    }

    /// The data directory.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.0.dir
    }

    /// Whether writes are refused.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        !matches!(self.0.access, Access::Full { .. })
    }

    /// What the database calls this store as the writer of a stream.
    pub(crate) fn writer_id(&self) -> Result<&str, StoreError> {
        match &self.0.access {
            Access::Full { presence, .. } => Ok(presence.id()),
            refused => Err(refusal(refused)),
        }
    }

    /// Runs a read against one consistent state of the database.
    pub(crate) fn read<T>(
        &self,
        query: impl FnOnce(&Transaction) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut reader = lock(&self.0.reader);
        let outcome = (|| {
            let tx = reader.transaction_with_behavior(TransactionBehavior::Deferred)?;
            query(&tx)
        })();
        self.noting_damage(outcome)
    }

    /// Runs one transaction that `kill -9` cannot undo once this returns.
    pub(crate) fn write<T>(
        &self,
        change: impl FnOnce(&Transaction) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let outcome = self.with_writer(|connection| transact(connection, change));
        self.noting_damage(outcome)
    }

    /// As [`Store::write`], and on the disk too: a power cut cannot undo it either.
    pub(crate) fn write_durably<T>(
        &self,
        change: impl FnOnce(&Transaction) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let outcome = self.with_writer(|connection| durably(connection, |c| transact(c, change)));
        self.noting_damage(outcome)
    }

    /// Empties the write-ahead log into the database, so that deleted words are in neither.
    ///
    /// # Errors
    /// [`StoreError::Busy`] while another process is reading what the log still holds.
    pub(crate) fn empty_log(&self) -> Result<(), StoreError> {
        let _no_reads = lock(&self.0.reader);
        self.with_writer(|connection| {
            let busy: bool =
                connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
            if busy { Err(StoreError::Busy) } else { Ok(()) }
        })
    }

    pub(crate) fn with_writer<T>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        match &self.0.access {
            Access::Full { writer, .. } => work(&mut lock(writer)),
            refused => Err(refusal(refused)),
        }
    }

    fn noting_damage<T>(&self, outcome: Result<T, StoreError>) -> Result<T, StoreError> {
        if matches!(outcome, Err(StoreError::Corrupt(_))) {
            examine::mark(&self.0.dir);
        }
        outcome
    }
}

fn refusal(access: &Access) -> StoreError {
    match *access {
        Access::Newer { found, known } => StoreError::NewerSchema { found, known },
        _ => StoreError::ReadOnly,
    }
}

/// A panic while the lock was held rolled its transaction back; the connection is good.
fn lock(connection: &Mutex<Connection>) -> MutexGuard<'_, Connection> {
    connection.lock().unwrap_or_else(PoisonError::into_inner)
}

fn transact<T>(
    connection: &mut Connection,
    change: impl FnOnce(&Transaction) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let outcome = change(&tx)?;
    tx.commit()?;
    Ok(outcome)
}

/// Does work with every commit synced to the disk before it returns.
pub(crate) fn durably<T>(
    connection: &mut Connection,
    work: impl FnOnce(&mut Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    connection.pragma_update(None, "synchronous", "FULL")?;
    let outcome = work(connection);
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    outcome
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;

    /// Levels of `PRAGMA synchronous`.
    const NORMAL: u8 = 1;
    const FULL: u8 = 2;

    #[test]
    fn a_durable_write_commits_under_full_sync_and_others_do_not() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap().store;
        let level = |tx: &Transaction| {
            Ok(tx.pragma_query_value(None, "synchronous", |row| row.get::<_, u8>(0))?)
        };
        assert_eq!(store.write(level).unwrap(), NORMAL);
        assert_eq!(store.write_durably(level).unwrap(), FULL);
        let failed: Result<(), _> = store.write_durably(|_| Err(StoreError::Busy));
        assert!(failed.is_err());
        assert_eq!(store.write(level).unwrap(), NORMAL);
    }

    /// Checklist 121.
    #[test]
    fn damage_met_by_a_statement_has_the_next_start_examine_the_file() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap().store;
        let corrupt = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT);
        let met: Result<(), _> =
            store.read(|_| Err(rusqlite::Error::SqliteFailure(corrupt, None).into()));
        assert!(matches!(met, Err(StoreError::Corrupt(_))));
        let marked = || dir.path().join("examine-at-next-start").exists();
        assert!(marked());
        drop(store);
        assert_eq!(Store::open(dir.path()).unwrap().notices, []);
        assert!(!marked());
    }
}
