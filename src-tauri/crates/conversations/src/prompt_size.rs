//! How much a conversation says: for estimates made while somebody types.

use rusqlite::OptionalExtension;

use crate::{Store, StoreError};

/// What a request would carry of a conversation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PromptSize {
    /// Messages of the shown branch that have words.
    pub messages: u64,
    /// Their words in bytes of UTF-8.
    pub bytes: u64,
}

impl Store {
    /// The size of the shown branch, without reading its words.
    ///
    /// # Errors
    /// Those of any read; a conversation that does not exist has no words.
    pub fn prompt_size(&self, conversation_id: &str) -> Result<PromptSize, StoreError> {
        self.read(|tx| {
            let size = tx
                .prepare_cached(
                    "WITH RECURSIVE shown (seq) AS (
                       SELECT active_root FROM conversations WHERE id = ?1 AND active_root IS NOT NULL
                       UNION ALL
                       SELECT n.active_child FROM shown JOIN messages n ON n.seq = shown.seq
                       WHERE n.active_child IS NOT NULL)
                     SELECT count(*), coalesce(sum(octet_length(m.text)), 0)
                     FROM shown JOIN messages m USING (seq) WHERE m.text <> ''",
                )?
                .query_row([conversation_id], |row| {
                    Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?))
                })
                .optional()?
                .unwrap_or_default();
            Ok(PromptSize {
                messages: size.0.unsigned_abs(),
                bytes: size.1.unsigned_abs(),
            })
        })
    }

    /// Tokens of the last answers that ended whole, by model, at most `count` each: how long answers
    /// tend to be here.
    ///
    /// # Errors
    /// Those of any read.
    pub fn answer_lengths(&self, count: u32) -> Result<Vec<(String, u64)>, StoreError> {
        self.read(|tx| {
            let mut statement = tx.prepare_cached(
                "SELECT model_id, output_tokens FROM (
                   SELECT model_id, output_tokens,
                     row_number() OVER (PARTITION BY model_id ORDER BY seq DESC) AS nth
                   FROM receipts
                   WHERE outcome = 'complete' AND output_tokens > 0
                     AND seq > (SELECT coalesce(max(seq), 0) - 2000 FROM receipts))
                 WHERE nth <= ?1",
            )?;
            let rows = statement.query_map([count], |row| {
                Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs()))
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }
}
