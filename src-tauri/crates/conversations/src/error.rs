use std::{io, path::PathBuf};

use rusqlite::ErrorCode;

/// Why the store did not do what was asked. Nothing was half done: each call is one transaction.
///
/// No variant carries words of a conversation.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The data directory cannot be written; what is there can be read.
    #[error("the data directory is read-only")]
    ReadOnly,
    /// A later version of the app wrote the database; it is open for reading.
    #[error("the database has schema {found}, this version knows up to {known}")]
    NewerSchema {
        /// The file's schema version.
        found: u32,
        /// The last one this build knows.
        known: u32,
    },
    /// No space is left. The data from before is whole.
    #[error("no space is left for the database")]
    DiskFull,
    /// The file is damaged. The next [`Store::open`](crate::Store::open) examines it, keeps it
    /// aside and goes on with the latest good backup or a fresh file.
    #[error("the database is damaged")]
    Corrupt(#[source] rusqlite::Error),
    /// Another process has the data directory open; close that first.
    #[error("the data directory is in use by another process")]
    InUse,
    /// The file is damaged, and another process still has it open; close that first.
    #[error("the database is damaged and in use by another process")]
    DamagedInUse,
    /// Another process held the database for longer than the wait.
    #[error("the database is busy")]
    Busy,
    /// The database needs a migration, and another process has it open; close that first.
    #[error("the database must be upgraded and is in use by another process")]
    UpgradeBlocked,
    /// A backup is damaged, not ours or of a later version. A migration that it should have
    /// preceded was not begun, a database that it should have replaced is in its place.
    #[error("the backup is not sound")]
    BackupUnsound,
    /// There is no such conversation or message.
    #[error("no such {0}")]
    NotFound(Subject),
    /// The answer is not streaming, or another process streams it.
    #[error("the answer is not being streamed by this process")]
    NotStreaming,
    /// The conversation's last answer has not ended yet.
    #[error("an answer is still streaming in this conversation")]
    TurnInProgress,
    /// The message has the other role.
    #[error("this needs the {0}'s message")]
    WrongRole(crate::Role),
    /// What was to be imported contradicts itself.
    #[error("the conversation cannot be imported: {0}")]
    NotImportable(&'static str),
    /// A file operation on the data directory failed.
    #[error("{action} failed")]
    Io {
        /// What was attempted.
        action: &'static str,
        /// What the operating system said.
        #[source]
        source: io::Error,
    },
    /// Anything else that SQLite reports.
    #[error("the database failed")]
    Database(#[source] rusqlite::Error),
}

/// What a call speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A conversation.
    Conversation,
    /// A message.
    Message,
    /// An attachment.
    Attachment,
    /// A preset.
    Preset,
}

impl std::fmt::Display for Subject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Conversation => "conversation",
            Self::Message => "message",
            Self::Attachment => "attachment",
            Self::Preset => "preset",
        })
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::ReadOnly) => Self::ReadOnly,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Corrupt(error),
            _ => Self::Database(error),
        }
    }
}

/// Names what was attempted when a file operation fails.
pub(crate) trait IoContext<T> {
    fn during(self, action: &'static str) -> Result<T, StoreError>;
}

impl<T> IoContext<T> for io::Result<T> {
    fn during(self, action: &'static str) -> Result<T, StoreError> {
        self.map_err(|source| match source.kind() {
            io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => {
                StoreError::ReadOnly
            }
            io::ErrorKind::StorageFull => StoreError::DiskFull,
            _ => StoreError::Io { action, source },
        })
    }
}

/// What opening found that the person should hear of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenNotice {
    /// Nothing can be saved, as the directory is read-only or the disk full; what was there can be
    /// read.
    ReadOnly,
    /// A later version of the app wrote the database; it is open for reading.
    NewerSchema {
        /// The file's schema version.
        found: u32,
        /// The last one this build knows.
        known: u32,
    },
    /// The database was damaged. It is kept, and work goes on with a backup or a fresh file.
    DamagedKept {
        /// Where the damaged file is now.
        path: PathBuf,
        /// The backup that took its place; `None` means a fresh, empty file.
        restored_from: Option<PathBuf>,
    },
    /// This many answers were cut off as the process that streamed them ended.
    Interrupted(usize),
}
