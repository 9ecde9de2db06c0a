//! Answers that go on by themselves once money has come: at most once each, whatever process dies when.

use std::time::SystemTime;

use rusqlite::params;

use crate::{Store, StoreError, clock, message, recovery, tree};

/// An answer that waits for money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resumption {
    /// The answer that was refused.
    pub message_id: String,
    /// The account that is to pay.
    pub account_key: String,
    /// The model that is to answer.
    pub model_id: String,
    /// Millionths that could be spent when it was refused, where that was known.
    pub had_micro: Option<i64>,
    /// When the person asked for it.
    pub armed_at: SystemTime,
}

impl Store {
    /// Lets a refused answer go on once money has come. One that went on before is left as it is.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] and those of any write.
    pub fn arm_resumption(&self, resumption: &Resumption) -> Result<(), StoreError> {
        self.write_durably(|tx| {
            message::message_seq(tx, &resumption.message_id)?;
            tx.prepare_cached(
                "INSERT INTO resumptions (message_id, account_key, model_id, had_micro, armed_at)
                 VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (message_id) DO UPDATE
                   SET had_micro = excluded.had_micro, armed_at = excluded.armed_at
                   WHERE taken_at IS NULL",
            )?
            .execute(params![
                resumption.message_id,
                resumption.account_key,
                resumption.model_id,
                resumption.had_micro,
                clock::to_ms(resumption.armed_at),
            ])?;
            Ok(())
        })
    }

    /// Lets it be: the person changed their mind.
    ///
    /// # Errors
    /// Those of any write.
    pub fn disarm_resumption(&self, message_id: &str) -> Result<(), StoreError> {
        self.write_durably(|tx| {
            tx.prepare_cached(
                "DELETE FROM resumptions WHERE message_id = ?1 AND taken_at IS NULL",
            )?
            .execute([message_id])?;
            Ok(())
        })
    }

    /// Those that wait since `since` or later, oldest first.
    ///
    /// # Errors
    /// Those of any read.
    pub fn waiting_resumptions(&self, since: SystemTime) -> Result<Vec<Resumption>, StoreError> {
        self.read(|tx| {
            let mut statement = tx.prepare_cached(
                "SELECT message_id, account_key, model_id, had_micro, armed_at FROM resumptions
                 WHERE taken_at IS NULL AND armed_at >= ?1 ORDER BY armed_at",
            )?;
            let rows = statement.query_map([clock::to_ms(since)], |row| {
                Ok(Resumption {
                    message_id: row.get(0)?,
                    account_key: row.get(1)?,
                    model_id: row.get(2)?,
                    had_micro: row.get(3)?,
                    armed_at: clock::from_ms(row.get(4)?),
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Takes one, on the disk when this returns: whoever gets `true` may send the request, and nobody gets
    /// it twice. `false` too where the conversation has gone on otherwise, or is in the bin.
    ///
    /// # Errors
    /// Those of any write.
    pub fn take_resumption(&self, message_id: &str) -> Result<bool, StoreError> {
        let dir = self.dir().to_owned();
        self.write_durably(|tx| {
            recovery::cut_off_orphans_in(tx, &dir)?;
            let taken = tx
                .prepare_cached(
                    "UPDATE resumptions SET taken_at = ?2 WHERE message_id = ?1 AND taken_at IS NULL",
                )?
                .execute(params![message_id, clock::now_ms()])?;
            if taken == 0 {
                return Ok(false);
            }
            let seq = message::message_seq(tx, message_id)?;
            let (conversation, is_gone): (i64, bool) = tx
                .prepare_cached(
                    "SELECT c.seq, c.deleted_at IS NOT NULL FROM messages m
                     JOIN conversations c ON c.seq = m.conversation WHERE m.seq = ?1",
                )?
                .query_row([seq], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(!is_gone && tree::leaf(tx, conversation)? == Some(seq))
        })
    }
}
