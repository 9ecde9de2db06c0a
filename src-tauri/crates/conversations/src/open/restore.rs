//! Going back to a backup.

use std::path::Path;

use rusqlite::Connection;

use super::{MIGRATIONS, TURNSTILE_WAIT, connect, database, examine};
use crate::{
    Store, StoreError, backup, files,
    presence::{self, Presence},
    schema::{self, Identity},
};

impl Store {
    /// Puts a backup in the place of the database of a directory that nobody has open. What is
    /// there now becomes a backup of its own, or is kept aside where it is damaged.
    ///
    /// # Errors
    /// [`StoreError::InUse`] while any process has the directory open;
    /// [`StoreError::BackupUnsound`] for a file that is damaged, not ours or of a later version;
    /// [`StoreError::Busy`], [`StoreError::DiskFull`], [`StoreError::ReadOnly`],
    /// [`StoreError::Io`].
    pub fn restore_backup(data_dir: &Path, backup: &Path) -> Result<(), StoreError> {
        files::private_dir(data_dir)?;
        let _turn = presence::turnstile(data_dir, TURNSTILE_WAIT)?;
        let presence = Presence::announce(data_dir)?;
        if !presence::others(data_dir, &presence)?.open.is_empty() {
            return Err(StoreError::InUse);
        }
        if !backup::is_usable(backup, schema::last_version(MIGRATIONS)) {
            return Err(StoreError::BackupUnsound);
        }
        let database = database(data_dir);
        // First, as the backup of what is there now may push the oldest one out.
        let ready = backup::make_ready(backup, &database)?;
        if database.exists() {
            match back_up_sound(&database, data_dir) {
                Ok(()) => {}
                Err(StoreError::Corrupt(_)) => {
                    examine::keep_aside(data_dir, &database)?;
                }
                Err(error) => {
                    files::remove_if_there(&ready)?;
                    return Err(error);
                }
            }
        }
        backup::put_in_place(&ready, &database, data_dir)
    }
}

/// Backs the database up as it is, and leaves no log beside it that a restored file could take for
/// its own.
fn back_up_sound(database: &Path, dir: &Path) -> Result<(), StoreError> {
    let connection = connect::file(database)?;
    match schema::identity(&connection)? {
        Identity::Empty => return empty_log(&connection),
        Identity::Version(_) => {}
        Identity::Foreign => return Err(super::not_ours()),
    }
    examine::examine(&connection)?;
    backup::create(&connection, dir)?;
    empty_log(&connection)
}

/// Nobody else has the file open, so its log goes when this connection closes; emptied first, a
/// log that stays all the same is harmless.
fn empty_log(connection: &Connection) -> Result<(), StoreError> {
    Ok(connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?)
}
