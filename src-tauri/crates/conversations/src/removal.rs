//! Deleting a message with all that hangs below it, and taking that back.

use rusqlite::{OptionalExtension, Transaction, params};

use crate::{Store, StoreError, Subject, clock, message, recovery, tree};

impl Store {
    /// Deletes a message and everything that followed it. A sibling takes its place where there is
    /// one. The words stay in the database until [`Store::empty_bin`], or until
    /// [`Store::restore_message`] brings them back.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::TurnInProgress`] while an answer streams at or below
    /// it; those of any write.
    pub fn delete_message(&self, message_id: &str) -> Result<(), StoreError> {
        self.write(|tx| {
            let top = message::message_seq(tx, message_id)?;
            recovery::cut_off_orphans_in(tx, self.dir())?;
            let streams: bool = tx
                .prepare_cached(&format!(
                    "{BELOW} SELECT EXISTS (SELECT 1 FROM below JOIN messages m USING (seq)
                       WHERE m.status = 'streaming')"
                ))?
                .query_row([top], |row| row.get(0))?;
            if streams {
                return Err(StoreError::TurnInProgress);
            }
            tx.prepare_cached(&format!(
                "{BELOW} UPDATE messages SET deleted_at = ?2
                 WHERE seq IN (SELECT seq FROM below) AND deleted_at IS NULL"
            ))?
            .execute(params![top, clock::now_ms()])?;
            show_a_sibling(tx, top)
        })
    }

    /// Takes a deletion back: the message and what went with it are shown again.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] once the bin was emptied, if it was never deleted, or while what it answers
    /// is deleted; those of any write.
    pub fn restore_message(&self, message_id: &str) -> Result<(), StoreError> {
        self.write(|tx| {
            let deleted = tx
                .prepare_cached(
                    "SELECT m.seq, m.deleted_at FROM messages m LEFT JOIN messages p ON p.seq = m.parent
                     WHERE m.id = ?1 AND m.deleted_at IS NOT NULL AND p.deleted_at IS NULL",
                )?
                .query_row([message_id], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            let (top, at): (i64, i64) = deleted.ok_or(StoreError::NotFound(Subject::Message))?;
            // What had been deleted below it before stays so.
            tx.prepare_cached(&format!(
                "{BELOW} UPDATE messages SET deleted_at = NULL
                 WHERE seq IN (SELECT seq FROM below) AND deleted_at = ?2"
            ))?
            .execute([top, at])?;
            tree::show(tx, top)
        })
    }
}

const BELOW: &str = "WITH RECURSIVE below (seq) AS (
   VALUES (?1) UNION ALL SELECT m.seq FROM below JOIN messages m ON m.parent = below.seq)";

/// Where a deleted message was shown, its newest sibling is; without one the branch ends above it.
fn show_a_sibling(tx: &Transaction, deleted: i64) -> Result<(), StoreError> {
    let newest = "(SELECT max(s.seq) FROM messages d JOIN messages s
        ON s.conversation = d.conversation AND s.parent IS d.parent AND s.chore IS d.chore
        WHERE d.seq = ?1 AND s.deleted_at IS NULL)";
    tx.prepare_cached(&format!(
        "UPDATE messages SET active_child = {newest} WHERE active_child = ?1"
    ))?
    .execute([deleted])?;
    tx.prepare_cached(&format!(
        "UPDATE conversations SET active_root = {newest} WHERE active_root = ?1"
    ))?
    .execute([deleted])?;
    Ok(())
}

/// Removes deleted messages for good; says how many. Receipts stay.
pub(crate) fn purge(tx: &Transaction) -> Result<usize, StoreError> {
    // Siblings deleted one after the other may have pointed at each other from above.
    tx.execute(
        "UPDATE messages SET active_child = NULL WHERE active_child IN
           (SELECT seq FROM messages WHERE deleted_at IS NOT NULL)",
        [],
    )?;
    Ok(tx.execute("DELETE FROM messages WHERE deleted_at IS NOT NULL", [])?)
}
