//! Is the file sound? And what becomes of one that is not.

use std::{
    fs,
    path::{Path, PathBuf},
};

use rusqlite::Connection;

use crate::{
    StoreError, clock,
    error::IoContext,
    files::{self, private_file, remove_if_there, sync_dir, with_suffix},
    search::INDEXES,
};

/// Files up to this many bytes are examined at every start; larger ones where there is a reason,
/// as an index is read against all words: a tenth of a second for 12 MB, on the way to the first words.
const ALWAYS_EXAMINED: u64 = 2 << 20;

const MARK: &str = "examine-at-next-start";

/// Has the next start examine the file, because a statement met damage.
pub(crate) fn mark(dir: &Path) {
    // Where even this fails, the next statement to meet the damage tries again.
    let _ = private_file(&dir.join(MARK));
}

/// Takes the mark away.
pub(super) fn unmark(dir: &Path) -> Result<(), StoreError> {
    remove_if_there(&dir.join(MARK))
}

/// Whether this start examines the file.
pub(super) fn is_due(dir: &Path, database: &Path, crashed: bool) -> bool {
    crashed
        || dir.join(MARK).exists()
        || fs::metadata(database).is_ok_and(|file| file.len() <= ALWAYS_EXAMINED)
}

/// Checks every page. A damaged search index is made anew from the messages, which are whole.
///
/// # Errors
/// [`StoreError::Corrupt`] where the tables themselves are damaged.
pub(super) fn examine(connection: &Connection) -> Result<(), StoreError> {
    if findings(connection)?.is_empty() {
        return Ok(());
    }
    for index in INDEXES {
        connection.execute(
            &format!("INSERT INTO {index} ({index}) VALUES ('rebuild')"),
            [],
        )?;
    }
    if findings(connection)?.is_empty() {
        return Ok(());
    }
    Err(StoreError::Corrupt(rusqlite::Error::SqliteFailure(
        rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT),
        None,
    )))
}

fn findings(connection: &Connection) -> Result<Vec<String>, StoreError> {
    let mut statement = connection.prepare("PRAGMA quick_check(10)")?;
    let lines = statement.query_map([], |row| row.get::<_, String>(0))?;
    let mut findings = lines.collect::<Result<Vec<_>, _>>()?;
    findings.retain(|line| line != "ok");
    Ok(findings)
}

/// Moves the damaged database and its companions aside, for a person or a tool to look into.
pub(super) fn keep_aside(dir: &Path, database: &Path) -> Result<PathBuf, StoreError> {
    let kept = with_suffix(database, &format!(".damaged-{:013}", clock::now_ms()));
    for companion in ["-wal", "-shm", ""] {
        let from = with_suffix(database, companion);
        if from.exists() {
            fs::rename(&from, with_suffix(&kept, companion)).during("keeping the damaged file")?;
        }
    }
    sync_dir(dir)?;
    files::private_file(&kept).during("keeping the damaged file")?;
    Ok(kept)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;

    #[test]
    fn a_large_file_is_examined_after_a_crash_and_where_damage_was_met() {
        let dir = tempfile::tempdir().unwrap();
        let database = dir.path().join("tuppence.db");
        let file = private_file(&database).unwrap();
        assert!(is_due(dir.path(), &database, false));
        file.set_len(ALWAYS_EXAMINED + 1).unwrap();
        assert!(!is_due(dir.path(), &database, false));
        assert!(is_due(dir.path(), &database, true));
        mark(dir.path());
        assert!(is_due(dir.path(), &database, false));
        unmark(dir.path()).unwrap();
        assert!(!is_due(dir.path(), &database, false));
    }
}
