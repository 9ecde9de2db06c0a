//! Answers that were given less room than their model has.

use rusqlite::{Row, params};
use serde::{Deserialize, Serialize};

use crate::{Store, StoreError, journal};

/// The room that an answer was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lowered {
    /// The most tokens.
    pub max_tokens: u32,
    /// Why, in the caller's word.
    pub by: String,
}

impl Store {
    /// Notes that an answer may have no more than so many tokens, before its request leaves.
    ///
    /// # Errors
    /// [`StoreError::NotStreaming`] for an answer that this store does not stream; those of any write.
    pub fn note_lowered(&self, message_id: &str, lowered: &Lowered) -> Result<(), StoreError> {
        let writer = self.writer_id()?;
        self.write(|tx| {
            let seq = journal::streaming_seq(tx, message_id, writer)?;
            tx.prepare_cached(
                "UPDATE messages SET lowered_to = ?2, lowered_by = ?3 WHERE seq = ?1",
            )?
            .execute(params![seq, lowered.max_tokens, lowered.by])?;
            Ok(())
        })
    }
}

pub(crate) fn from_row(row: &Row) -> rusqlite::Result<Option<Lowered>> {
    let (tokens, by): (Option<u32>, Option<String>) =
        (row.get("lowered_to")?, row.get("lowered_by")?);
    Ok(tokens
        .zip(by)
        .map(|(max_tokens, by)| Lowered { max_tokens, by }))
}
