//! Copies of the whole database in `backups/`, each read back before it counts.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use rusqlite::{Connection, OpenFlags, backup::Backup as Copy};

use crate::{
    StoreError, clock,
    error::IoContext,
    files::{private_dir, private_file, remove_if_there, sync_dir, with_suffix},
    schema::{self, Identity},
};

/// How many backups stay; older ones go.
const KEPT: usize = 5;

/// A backup on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// The file: a whole SQLite database of its own.
    pub path: PathBuf,
    /// When it was made.
    pub created_at: SystemTime,
    /// Its size in bytes.
    pub bytes: u64,
}

/// Copies the database, verifies the copy and only then gives it its name; drops the oldest.
pub(crate) fn create(source: &Connection, dir: &Path) -> Result<PathBuf, StoreError> {
    let folder = folder(dir);
    private_dir(&folder)?;
    remove_unfinished(&folder)?;
    // The millisecond sorts; a second backup within it takes the next.
    let path = (clock::now_ms()..)
        .map(|ms| folder.join(format!("tuppence-{ms:013}.db")))
        .find(|path| !path.exists())
        .unwrap_or_default();
    let unfinished = with_suffix(&path, ".unfinished");
    let copied = copy(source, &unfinished);
    if copied.is_err() {
        remove_unfinished(&folder)?;
    }
    copied?;
    fs::rename(&unfinished, &path).during("naming a backup")?;
    sync_dir(&folder)?;
    for surplus in list(dir)?.into_iter().skip(KEPT) {
        remove_if_there(&surplus.path)?;
    }
    Ok(path)
}

fn copy(source: &Connection, path: &Path) -> Result<(), StoreError> {
    let file = private_file(path).during("making a backup")?;
    let mut target = Connection::open(path)?;
    Copy::new(source, &mut target)?.run_to_completion(1024, Duration::from_millis(1), None)?;
    // Without a -wal beside it, the one file is all there is to the backup.
    target.pragma_update(None, "journal_mode", "DELETE")?;
    if !is_sound(&target) {
        return Err(StoreError::BackupUnsound);
    }
    drop(target);
    file.sync_all().during("writing a backup")
}

fn is_sound(connection: &Connection) -> bool {
    connection
        .query_row("PRAGMA integrity_check", [], |row| row.get::<_, String>(0))
        .is_ok_and(|verdict| verdict == "ok")
}

/// The backups, newest first.
pub(crate) fn list(dir: &Path) -> Result<Vec<Backup>, StoreError> {
    let entries = match fs::read_dir(folder(dir)) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.during("reading the backups")?,
    };
    let mut backups = Vec::new();
    for entry in entries {
        let entry = entry.during("reading the backups")?;
        let name = entry.file_name();
        let made = name
            .to_str()
            .and_then(|name| name.strip_prefix("tuppence-")?.strip_suffix(".db"))
            .and_then(|ms| ms.parse().ok());
        if let Some(ms) = made {
            backups.push(Backup {
                path: entry.path(),
                created_at: clock::from_ms(ms),
                bytes: entry.metadata().during("reading the backups")?.len(),
            });
        }
    }
    backups.sort_by_key(|backup| std::cmp::Reverse(backup.created_at));
    Ok(backups)
}

/// Puts the newest sound backup that this build can read in the place of a missing database.
pub(crate) fn restore_latest(
    dir: &Path,
    database: &Path,
    known: u32,
) -> Result<Option<PathBuf>, StoreError> {
    for backup in list(dir)? {
        if is_usable(&backup.path, known) {
            let ready = make_ready(&backup.path, database)?;
            put_in_place(&ready, database, dir)?;
            return Ok(Some(backup.path));
        }
    }
    Ok(None)
}

/// Whether a backup is sound, ours, and of a version that this build can read.
pub(crate) fn is_usable(backup: &Path, known: u32) -> bool {
    Connection::open_with_flags(backup, OpenFlags::SQLITE_OPEN_READ_ONLY).is_ok_and(|connection| {
        matches!(schema::identity(&connection), Ok(Identity::Version(v)) if v <= known)
            && is_sound(&connection)
    })
}

/// A copy of a backup, on the disk beside the database.
pub(crate) fn make_ready(backup: &Path, database: &Path) -> Result<PathBuf, StoreError> {
    let ready = with_suffix(database, ".unfinished");
    let file = private_file(&ready).during("restoring a backup")?;
    fs::copy(backup, &ready).during("restoring a backup")?;
    file.sync_all().during("restoring a backup")?;
    Ok(ready)
}

/// Makes that copy the database.
pub(crate) fn put_in_place(ready: &Path, database: &Path, dir: &Path) -> Result<(), StoreError> {
    fs::rename(ready, database).during("restoring a backup")?;
    sync_dir(dir)
}

/// Removes every backup; says how many there were.
pub(crate) fn purge(dir: &Path) -> Result<usize, StoreError> {
    let backups = list(dir)?;
    for backup in &backups {
        remove_if_there(&backup.path)?;
    }
    remove_unfinished(&folder(dir))?;
    Ok(backups.len())
}

/// What a process that died while copying left behind.
fn remove_unfinished(folder: &Path) -> Result<(), StoreError> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Ok(());
    };
    for entry in entries.flatten() {
        if entry.file_name().to_string_lossy().contains(".unfinished") {
            remove_if_there(&entry.path())?;
        }
    }
    Ok(())
}

fn folder(dir: &Path) -> PathBuf {
    dir.join("backups")
}
