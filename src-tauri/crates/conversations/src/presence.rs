//! Which processes have a data directory open.
//!
//! Each open store holds a lock on a file of its own. The operating system drops the lock with the
//! process, however it ends, so a file that can be locked belongs to a process that is gone. Unlike
//! a process id, the file's name is never used again.

use std::{
    collections::HashSet,
    fs::{self, File, TryLockError},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use uuid::Uuid;

use crate::{
    StoreError,
    error::IoContext,
    files::{private_file, remove_if_there},
};

const PREFIX: &str = "open-";
const SUFFIX: &str = ".lock";

/// This store's own lock; dropped, the file goes.
#[derive(Debug)]
pub(crate) struct Presence {
    id: String,
    path: PathBuf,
    _lock: File,
}

impl Presence {
    /// Announces a store. Call it under the [`turnstile`], so that nobody mistakes the file for a
    /// dead one before it is locked.
    pub(crate) fn announce(dir: &Path) -> Result<Self, StoreError> {
        let id = Uuid::new_v4().to_string();
        let path = lock_path(dir, &id);
        let lock = private_file(&path).during("making a lock file")?;
        lock.lock().during("locking a file")?;
        Ok(Self {
            id,
            path,
            _lock: lock,
        })
    }

    /// What the database calls this store.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }
}

impl Drop for Presence {
    fn drop(&mut self) {
        // Left behind, the file only makes the next start examine the database.
        let _ = fs::remove_file(&self.path);
    }
}

/// Whether the store of that id is still open somewhere. The look itself locks the file only for
/// sharing, so that two who look at a dead one do not take each other for it.
pub(crate) fn is_open(dir: &Path, id: &str) -> bool {
    File::open(lock_path(dir, id))
        .is_ok_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
}

/// The other stores of a data directory.
#[derive(Debug, Default)]
pub(crate) struct Others {
    /// Open now.
    pub(crate) open: HashSet<String>,
    /// Ended without closing.
    pub(crate) gone: HashSet<String>,
}

/// Looks at every store but one's own.
pub(crate) fn others(dir: &Path, own: &Presence) -> Result<Others, StoreError> {
    let mut others = Others::default();
    for entry in fs::read_dir(dir).during("reading the data directory")? {
        let name = entry.during("reading the data directory")?.file_name();
        let Some(id) = name
            .to_str()
            .and_then(|name| name.strip_prefix(PREFIX)?.strip_suffix(SUFFIX))
            .filter(|id| *id != own.id)
        else {
            continue;
        };
        if is_open(dir, id) {
            others.open.insert(id.to_owned());
        } else {
            others.gone.insert(id.to_owned());
        }
    }
    Ok(others)
}

/// Forgets stores that ended without closing.
pub(crate) fn forget(dir: &Path, gone: &HashSet<String>) -> Result<(), StoreError> {
    gone.iter()
        .try_for_each(|id| remove_if_there(&lock_path(dir, id)))
}

fn lock_path(dir: &Path, id: &str) -> PathBuf {
    dir.join(format!("{PREFIX}{id}{SUFFIX}"))
}

/// Lets one process at a time open the directory's database.
///
/// # Errors
/// [`StoreError::Busy`] after `wait`.
pub(crate) fn turnstile(dir: &Path, wait: Duration) -> Result<File, StoreError> {
    let file = private_file(&dir.join("opening.lock")).during("making a lock file")?;
    let deadline = Instant::now() + wait;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) if Instant::now() < deadline => {
                std::thread::sleep(Duration::from_millis(10));
            }
            Err(TryLockError::WouldBlock) => return Err(StoreError::Busy),
            Err(TryLockError::Error(error)) => return Err(error).during("locking a file"),
        }
    }
}
