//! The database's schema and how one becomes the next.

mod migrate;
#[cfg(test)]
mod tests;

use rusqlite::Connection;

pub(crate) use migrate::migrate;

use crate::StoreError;

/// Marks the file as ours: `TUPP` in ASCII.
pub(crate) const APPLICATION_ID: u32 = 0x5455_5050;

/// Every step from an empty file on, in order. Version n is what `MIGRATIONS[n - 1]` leaves. A step
/// that has been released is never changed.
pub(crate) const MIGRATIONS: &[&str] = &[
    include_str!("0001_first.sql"),
    include_str!("0002_guard.sql"),
    include_str!("0003_compose.sql"),
    include_str!("0004_folders_and_deleted_messages.sql"),
    include_str!("0005_resumptions.sql"),
    include_str!("0006_losses_and_shorter_answers.sql"),
    include_str!("0007_presets.sql"),
    include_str!("0008_edit_drafts.sql"),
    include_str!("0009_order_of_the_lists.sql"),
    include_str!("0010_way_of_the_branch.sql"),
];

/// Whose file it is, and of which version.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Identity {
    /// Nothing in it yet.
    Empty,
    /// Ours.
    Version(u32),
    /// A database of another program.
    Foreign,
}

/// Reads the file's first page.
pub(crate) fn identity(connection: &Connection) -> Result<Identity, StoreError> {
    let application: u32 = connection.pragma_query_value(None, "application_id", |r| r.get(0))?;
    let version: u32 = connection.pragma_query_value(None, "user_version", |r| r.get(0))?;
    let objects: u32 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get(0))?;
    Ok(match (application, objects) {
        (APPLICATION_ID, _) => Identity::Version(version),
        (0, 0) => Identity::Empty,
        _ => Identity::Foreign,
    })
}

/// The version that a list of steps leads to.
pub(crate) fn last_version(migrations: &[&str]) -> u32 {
    u32::try_from(migrations.len()).unwrap_or(u32::MAX)
}
