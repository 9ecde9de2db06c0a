//! Connections, set up alike.

use std::{path::Path, time::Duration};

use rusqlite::{Connection, OpenFlags};

use crate::{StoreError, error::IoContext, files::private_file, search};

/// How long a statement waits for another process before [`StoreError::Busy`].
const BUSY_WAIT: Duration = Duration::from_secs(5);

/// How long until it tries again. SQLite's own pauses grow to a tenth of a second: where many write, one
/// that asks so seldom may find somebody else writing each time.
const PAUSE: Duration = Duration::from_millis(5);

/// How many prepared statements a connection keeps.
const STATEMENTS: usize = 64;

/// How much of the file a connection keeps in memory, in KiB. SQLite's own 2 MB fill up over hours and find
/// nothing sooner, as the system keeps the file's pages too (docs/performance.md, `soak`).
const CACHE_KIB: i64 = 512;

/// Opens the file for writing, made where it is missing. Nothing in it has changed yet.
pub(super) fn file(path: &Path) -> Result<Connection, StoreError> {
    private_file(path).during("opening the database")?;
    open(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
}

/// Makes a connection to a file of ours the one that writes.
pub(super) fn make_writer(connection: &Connection) -> Result<(), StoreError> {
    // The mode stays in the file: once it is WAL, this only reads it.
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // Deleted words are overwritten, not just unlinked.
    connection.pragma_update(None, "secure_delete", true)?;
    // On macOS a plain fsync does not reach the disk.
    connection.pragma_update(None, "fullfsync", true)?;
    connection.pragma_update(None, "checkpoint_fullfsync", true)?;
    keep_little(connection)
}

/// A connection that reads beside a writer.
pub(super) fn reader(path: &Path) -> Result<Connection, StoreError> {
    let connection = open(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    make_reader(&connection)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

/// A connection for a directory that cannot be written.
///
/// SQLite reads a WAL database there only with its `-wal` and `-shm` at hand, as a crash leaves
/// them. After a clean close neither is there, and nothing can change under us.
pub(super) fn reader_without_writing(path: &Path) -> Result<Connection, StoreError> {
    let connection = open(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    if readable(&connection) {
        make_reader(&connection)?;
        return Ok(connection);
    }
    let wal = crate::files::with_suffix(path, "-wal");
    if wal.metadata().is_ok_and(|file| file.len() > 0) {
        // What it holds cannot be read, and older words must not pass for all there is.
        return Err(StoreError::ReadOnly);
    }
    let connection = open(
        &immutable(path),
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI,
    )?;
    make_reader(&connection)?;
    Ok(connection)
}

fn make_reader(connection: &Connection) -> Result<(), StoreError> {
    search::attach_vocabulary(connection)?;
    keep_little(connection)
}

/// Sets how much of the file the connection keeps, which reads the file.
fn keep_little(connection: &Connection) -> Result<(), StoreError> {
    // A negative number is a size, a positive one would be pages.
    Ok(connection.pragma_update(None, "cache_size", -CACHE_KIB)?)
}

/// Whether to go on waiting, after so many tries.
fn try_again(tries: i32) -> bool {
    let waits = PAUSE * tries.unsigned_abs() < BUSY_WAIT;
    if waits {
        std::thread::sleep(PAUSE);
    }
    waits
}

fn readable(connection: &Connection) -> bool {
    connection
        .query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))
        .is_ok()
}

fn immutable(path: &Path) -> std::path::PathBuf {
    let escaped = path
        .to_string_lossy()
        .replace('%', "%25")
        .replace('?', "%3f")
        .replace('#', "%23");
    format!("file:{escaped}?immutable=1").into()
}

fn open(path: &Path, flags: OpenFlags) -> Result<Connection, StoreError> {
    let mut connection =
        Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_handler(Some(try_again))?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(connection)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn who_writes_and_who_reads_keep_little_of_the_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("db");
        let writer = file(&path).unwrap();
        make_writer(&writer).unwrap();
        let readers = [reader, reader_without_writing].map(|open| open(&path).unwrap());
        for connection in readers.into_iter().chain([writer]) {
            let size: i64 = connection
                .pragma_query_value(None, "cache_size", |row| row.get(0))
                .unwrap();
            assert_eq!(size, -CACHE_KIB);
        }
    }

    #[test]
    fn who_writes_waits_for_another_but_not_for_ever() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("db");
        let [one, other] = [(); 2].map(|()| file(&path).unwrap());
        make_writer(&one).unwrap();
        other.execute_batch("BEGIN IMMEDIATE").unwrap();
        let begun = std::time::Instant::now();
        let refused = StoreError::from(one.execute_batch("BEGIN IMMEDIATE").unwrap_err());
        assert!(matches!(refused, StoreError::Busy), "{refused}");
        assert!(begun.elapsed() >= BUSY_WAIT);
        let waiting = std::thread::spawn(move || one.execute_batch("BEGIN IMMEDIATE; COMMIT"));
        std::thread::sleep(Duration::from_millis(100));
        other.execute_batch("COMMIT").unwrap();
        waiting.join().unwrap().unwrap();
    }
}
