//! From a data directory to a store, whatever state the directory is in.

mod connect;
pub(crate) mod examine;
mod restore;

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::Connection;

use crate::{
    OpenNotice, Store, StoreError, backup,
    error::IoContext,
    files::private_dir,
    presence::{self, Others, Presence},
    recovery,
    schema::{self, Identity, MIGRATIONS},
    store::Access,
};

/// How long to wait for another process that is opening the same directory, migrations included.
const TURNSTILE_WAIT: Duration = Duration::from_secs(30);

/// A store, and what the person should hear about the way to it.
#[derive(Debug)]
pub struct Opened {
    /// The store.
    pub store: Store,
    /// What was found; empty on an ordinary day.
    pub notices: Vec<OpenNotice>,
}

impl Store {
    /// Opens `tuppence.db` in a data directory, making what is missing.
    ///
    /// On the way, each under a lock that makes other processes wait: a damaged file is kept aside
    /// and replaced by the newest sound backup or a fresh file; the schema is brought up to date
    /// after a verified backup; answers whose process is gone become
    /// [`Ending::CutOff`](crate::Ending::CutOff) with all text that was acknowledged.
    /// A directory that cannot be written and a file of a later version open for reading.
    ///
    /// # Errors
    /// [`StoreError::ReadOnly`] where nothing can be written and there is nothing to read,
    /// [`StoreError::Busy`], [`StoreError::UpgradeBlocked`] and [`StoreError::DamagedInUse`] while
    /// another process is in the way, [`StoreError::DiskFull`], [`StoreError::Io`].
    pub fn open(data_dir: &Path) -> Result<Opened, StoreError> {
        open_with(data_dir, MIGRATIONS)
    }
}

pub(crate) fn open_with(dir: &Path, migrations: &[&str]) -> Result<Opened, StoreError> {
    match open_for_writing(dir, migrations) {
        Err(
            why @ (StoreError::ReadOnly | StoreError::DiskFull | StoreError::NewerSchema { .. }),
        ) => open_for_reading(dir, why, migrations),
        outcome => outcome,
    }
}

fn open_for_writing(dir: &Path, migrations: &[&str]) -> Result<Opened, StoreError> {
    private_dir(dir)?;
    let _turn = presence::turnstile(dir, TURNSTILE_WAIT)?;
    let presence = Presence::announce(dir)?;
    let others = presence::others(dir, &presence)?;
    let database = database(dir);
    let mut notices = Vec::new();

    let mut writer = match sound_writer(dir, &others, migrations) {
        Err(StoreError::Corrupt(_)) if !others.open.is_empty() => {
            return Err(StoreError::DamagedInUse);
        }
        Err(StoreError::Corrupt(_)) => {
            let path = examine::keep_aside(dir, &database)?;
            let known = schema::last_version(migrations);
            let restored_from = backup::restore_latest(dir, &database, known)?;
            notices.push(OpenNotice::DamagedKept {
                path,
                restored_from,
            });
            sound_writer(dir, &others, migrations)?
        }
        outcome => outcome?,
    };
    examine::unmark(dir)?;
    match recovery::cut_off_orphans(&mut writer, dir) {
        Ok(0) => {}
        Ok(count) => notices.push(OpenNotice::Interrupted(count)),
        // They read as cut off all the same, and can be written so when there is room.
        Err(StoreError::DiskFull) => {}
        Err(error) => return Err(error),
    }
    presence::forget(dir, &others.gone)?;
    let reader = connect::reader(&database)?;
    let access = Access::Full {
        writer: writer.into(),
        presence,
    };
    Ok(Opened {
        store: Store::new(dir, reader, access),
        notices,
    })
}

/// A connection to a database that is ours, whole, and of the last version.
fn sound_writer(
    dir: &Path,
    others: &Others,
    migrations: &[&str],
) -> Result<Connection, StoreError> {
    let path = database(dir);
    let examine = examine::is_due(dir, &path, !others.gone.is_empty());
    let mut writer = connect::file(&path)?;
    let known = schema::last_version(migrations);
    let version = match schema::identity(&writer)? {
        Identity::Empty => 0,
        Identity::Version(found) if found > known => {
            return Err(StoreError::NewerSchema { found, known });
        }
        Identity::Version(found) => found,
        Identity::Foreign => return Err(not_ours()),
    };
    connect::make_writer(&writer)?;
    if examine && version > 0 {
        examine::examine(&writer)?;
    }
    if 0 < version && version < known && !others.open.is_empty() {
        return Err(StoreError::UpgradeBlocked);
    }
    schema::migrate(&mut writer, version, migrations, dir)?;
    Ok(writer)
}

fn open_for_reading(
    dir: &Path,
    why: StoreError,
    migrations: &[&str],
) -> Result<Opened, StoreError> {
    let path = database(dir);
    if !path.try_exists().during("looking for the database")? {
        return Err(why);
    }
    let reader = connect::reader_without_writing(&path)?;
    let known = schema::last_version(migrations);
    let (notice, refusal) = match schema::identity(&reader)? {
        Identity::Version(found) if found > known => (
            OpenNotice::NewerSchema { found, known },
            Access::Newer { found, known },
        ),
        Identity::Version(found) if found == known => (OpenNotice::ReadOnly, Access::ReadOnly),
        // An older schema would have to be migrated first, an empty file has nothing to read.
        Identity::Version(_) | Identity::Empty => return Err(why),
        Identity::Foreign => return Err(not_ours()),
    };
    Ok(Opened {
        store: Store::new(dir, reader, refusal),
        notices: vec![notice],
    })
}

fn database(dir: &Path) -> PathBuf {
    dir.join("tuppence.db")
}

fn not_ours() -> StoreError {
    StoreError::Corrupt(rusqlite::Error::SqliteFailure(
        rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_NOTADB),
        None,
    ))
}
