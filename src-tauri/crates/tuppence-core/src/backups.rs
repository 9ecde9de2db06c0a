//! Backups of the database: listing, making, going back to one, and removing them.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use conversations::{Backup, Store, StoreError};

use crate::failure::{Failure, FailureKind};
use crate::{Tuppence, blocking};

/// Names the backup that the next start goes back to. A database that is open cannot be replaced.
const RESTORE_AT_NEXT_START: &str = "restore-at-next-start";

impl Tuppence {
    /// The backups of this data directory, newest first.
    ///
    /// # Errors
    /// [`FailureKind::StorageUnavailable`].
    pub async fn backups(&self) -> Result<Vec<Backup>, Failure> {
        self.with_store(Store::backups).await
    }

    /// Makes a verified backup now. The newest five stay.
    ///
    /// # Errors
    /// [`FailureKind::StorageUnavailable`].
    pub async fn back_up(&self) -> Result<Backup, Failure> {
        self.with_store(Store::back_up).await
    }

    /// Removes every backup; says how many files went.
    ///
    /// # Errors
    /// [`FailureKind::StorageUnavailable`].
    pub async fn purge_backups(&self) -> Result<usize, Failure> {
        self.with_store(Store::purge_backups).await
    }

    /// Has the next start go back to the backup of this file name. What is there by then becomes a
    /// backup of its own.
    ///
    /// # Errors
    /// [`FailureKind::NotFound`], [`FailureKind::StorageUnavailable`].
    pub async fn restore_at_next_start(&self, name: &str) -> Result<(), Failure> {
        let (dir, name) = (self.inner.data.path().to_owned(), name.to_owned());
        self.with_store(move |store| {
            let known = store
                .backups()?
                .into_iter()
                .any(|one| is_named(&one, &name));
            Ok(known.then(|| write_wish(&dir, &name)))
        })
        .await?
        .ok_or_else(|| Failure::not_found("there is no such backup"))?
        .map_err(|error| Failure::lasting(FailureKind::StorageUnavailable, error.to_string()))
    }
}

/// Puts a backup in the place of the database of a data directory that nobody has open.
///
/// # Errors
/// [`FailureKind::NotFound`]; [`FailureKind::StorageUnavailable`], also while a window or another
/// program has the directory open.
pub async fn restore_backup(data_dir: &Path, name: &str) -> Result<(), Failure> {
    let (dir, name) = (data_dir.to_owned(), name.to_owned());
    // By name out of the list, so that no other file is ever taken for a backup.
    blocking(move || {
        let path = dir.join("backups").join(&name);
        let known = path.file_name().is_some_and(|file| file == name.as_str()) && path.is_file();
        Ok(if known {
            Store::restore_backup(&dir, &path).map(Some)?
        } else {
            None
        })
    })
    .await?
    .ok_or_else(|| Failure::not_found("there is no such backup"))
}

/// Does what was asked for before the last quit. The wish is gone whatever comes of it: a backup that
/// cannot be used must not keep anybody from starting.
pub(crate) fn restore_as_wished(dir: &Path) -> Result<(), StoreError> {
    let wish = dir.join(RESTORE_AT_NEXT_START);
    let name = match fs::read_to_string(&wish) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        name => name.unwrap_or_default(),
    };
    if fs::remove_file(&wish).is_err() {
        // A directory that cannot be written is opened for reading, as it is.
        return Ok(());
    }
    let path = dir.join("backups").join(&name);
    if path.file_name().is_none_or(|file| file != name.as_str()) {
        return Ok(());
    }
    Store::restore_backup(dir, &path)
}

fn write_wish(dir: &Path, name: &str) -> std::io::Result<()> {
    fs::write(dir.join(RESTORE_AT_NEXT_START), name)
}

fn is_named(backup: &Backup, name: &str) -> bool {
    backup.path.file_name().is_some_and(|file| file == name)
}
