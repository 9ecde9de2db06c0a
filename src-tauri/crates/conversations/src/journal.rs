//! The journal of an answer that streams in: rows are added, none is rewritten.

use std::time::SystemTime;

use rusqlite::{OptionalExtension, Transaction, params};

use crate::{Store, StoreError, clock, message};

/// A beginning that the provider dropped when it began the answer anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AbandonedStart {
    /// What had come.
    pub text: String,
    /// The reasoning that had come.
    pub reasoning: String,
    /// When it was dropped.
    pub at: SystemTime,
}

impl Store {
    /// Adds to an answer that this store streams. What this returned for survives `kill -9`.
    ///
    /// # Errors
    /// [`StoreError::NotStreaming`] for an answer that ended, is another process's, or is unknown;
    /// [`StoreError::DiskFull`] and those of any write, with all from before kept.
    pub fn append(&self, message_id: &str, text: &str, reasoning: &str) -> Result<(), StoreError> {
        let writer = self.writer_id()?;
        self.write(|tx| {
            let added = tx
                .prepare_cached(
                    "INSERT INTO journal (message, text, reasoning)
                     SELECT seq, ?3, ?4 FROM messages WHERE id = ?1 AND writer = ?2",
                )?
                .execute(params![message_id, writer, text, reasoning])?;
            if added == 1 {
                Ok(())
            } else {
                Err(StoreError::NotStreaming)
            }
        })
    }

    /// Begins an answer anew, because the provider did. What had come is set aside.
    ///
    /// # Errors
    /// As [`Store::append`].
    pub fn restart(&self, message_id: &str) -> Result<(), StoreError> {
        let writer = self.writer_id()?;
        self.write(|tx| {
            let seq = streaming_seq(tx, message_id, writer)?;
            tx.prepare_cached(
                "INSERT INTO abandoned_starts (message, text, reasoning, at)
                 SELECT ?1, group_concat(text, '' ORDER BY seq),
                   group_concat(reasoning, '' ORDER BY seq), ?2
                 FROM journal WHERE message = ?1 HAVING count(*) > 0",
            )?
            .execute(params![seq, clock::now_ms()])?;
            tx.prepare_cached("DELETE FROM journal WHERE message = ?1")?
                .execute([seq])?;
            Ok(())
        })
    }

    /// The beginnings that an answer's provider dropped, oldest first.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn abandoned_starts(&self, message_id: &str) -> Result<Vec<AbandonedStart>, StoreError> {
        self.read(|tx| {
            let seq = message::message_seq(tx, message_id)?;
            let mut statement = tx.prepare_cached(
                "SELECT text, reasoning, at FROM abandoned_starts WHERE message = ?1 ORDER BY seq",
            )?;
            let rows = statement.query_map([seq], |row| {
                Ok(AbandonedStart {
                    text: row.get(0)?,
                    reasoning: row.get(1)?,
                    at: clock::from_ms(row.get(2)?),
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }
}

/// The table's key of an answer that this writer streams.
pub(crate) fn streaming_seq(
    tx: &Transaction,
    message_id: &str,
    writer: &str,
) -> Result<i64, StoreError> {
    tx.prepare_cached("SELECT seq FROM messages WHERE id = ?1 AND writer = ?2")?
        .query_row(params![message_id, writer], |row| row.get(0))
        .optional()?
        .ok_or(StoreError::NotStreaming)
}
