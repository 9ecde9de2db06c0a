//! Growing the tree and choosing the branch that is shown.

use rusqlite::{OptionalExtension, Transaction, params};

use crate::{Message, Role, Store, StoreError, clock, message, new_id, search, turn::TurnTerms};

impl Store {
    /// Shows the branch that runs through a message: the way to it, and below it what was shown
    /// there last. Returns the new branch.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn choose_branch(&self, message_id: &str) -> Result<Vec<Message>, StoreError> {
        let conversation_id = self.write(|tx| {
            let seq = message::message_seq(tx, message_id)?;
            show(tx, seq)?;
            Ok(message::message(tx, seq)?.conversation_id)
        })?;
        self.branch(&conversation_id)
    }
}

/// Where a message hangs.
pub(crate) struct Place {
    pub(crate) conversation: i64,
    pub(crate) parent: Option<i64>,
}

/// Where a message of the expected role hangs.
pub(crate) fn place_of(tx: &Transaction, seq: i64, expected: Role) -> Result<Place, StoreError> {
    let (place, role) = tx
        .prepare_cached("SELECT conversation, parent, role FROM messages WHERE seq = ?1")?
        .query_row([seq], |row| {
            let place = Place {
                conversation: row.get(0)?,
                parent: row.get(1)?,
            };
            Ok((place, row.get::<_, String>(2)?))
        })?;
    if role == expected.to_string() {
        Ok(place)
    } else {
        Err(StoreError::WrongRole(expected))
    }
}

/// The last message of the shown branch.
pub(crate) fn leaf(tx: &Transaction, conversation: i64) -> Result<Option<i64>, StoreError> {
    Ok(tx
        .prepare_cached(
            "WITH RECURSIVE shown (seq) AS (
               SELECT active_root FROM conversations WHERE seq = ?1 AND active_root IS NOT NULL
               UNION ALL
               SELECT n.active_child FROM shown JOIN messages n ON n.seq = shown.seq
               WHERE n.active_child IS NOT NULL)
             SELECT m.seq FROM shown JOIN messages m USING (seq) WHERE m.active_child IS NULL",
        )?
        .query_row([conversation], |row| row.get(0))
        .optional()?)
}

/// Adds a person's words, as the shown child of their place.
pub(crate) fn add_user(
    tx: &Transaction,
    place: &Place,
    text: &str,
    terms: &TurnTerms,
) -> Result<i64, StoreError> {
    let now = clock::now_ms();
    tx.prepare_cached(
        "INSERT INTO messages (id, conversation, parent, role, text, spaced, status, model_id,
           account_key, created_at, ended_at)
         VALUES (?1, ?2, ?3, 'user', ?4, ?5, 'complete', ?6, ?7, ?8, ?8)",
    )?
    .execute(params![
        new_id(),
        place.conversation,
        place.parent,
        text,
        search::spaced(text),
        terms.model_id,
        terms.account_key,
        now,
    ])?;
    let seq = tx.last_insert_rowid();
    search::index_pairs(tx, seq, text)?;
    link(tx, place, seq)?;
    Ok(seq)
}

/// Adds an empty answer that this store streams, as the shown child of its place.
pub(crate) fn add_assistant(
    tx: &Transaction,
    place: &Place,
    terms: &TurnTerms,
    writer: &str,
) -> Result<i64, StoreError> {
    tx.prepare_cached(
        "INSERT INTO messages (id, conversation, parent, role, status, model_id, account_key,
           price_snapshot, writer, created_at)
         VALUES (?1, ?2, ?3, 'assistant', 'streaming', ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        new_id(),
        place.conversation,
        place.parent,
        terms.model_id,
        terms.account_key,
        terms.price_snapshot_json,
        writer,
        clock::now_ms(),
    ])?;
    let seq = tx.last_insert_rowid();
    link(tx, place, seq)?;
    Ok(seq)
}

/// Makes a message the shown child of its parent. Where the parent is shown, so is the message.
fn link(tx: &Transaction, place: &Place, seq: i64) -> Result<(), StoreError> {
    match place.parent {
        Some(parent) => tx
            .prepare_cached("UPDATE messages SET active_child = ?2 WHERE seq = ?1")?
            .execute([parent, seq])?,
        None => tx
            .prepare_cached("UPDATE conversations SET active_root = ?2 WHERE seq = ?1")?
            .execute([place.conversation, seq])?,
    };
    Ok(())
}

const WAY_UP: &str = "WITH RECURSIVE up (seq, parent, conversation) AS (
   SELECT seq, parent, conversation FROM messages WHERE seq = ?1
   UNION ALL
   SELECT m.seq, m.parent, m.conversation FROM up JOIN messages m ON m.seq = up.parent)";

/// Makes every message on the way from the root to this one the shown child of its parent.
pub(crate) fn show(tx: &Transaction, seq: i64) -> Result<(), StoreError> {
    tx.prepare_cached(&format!(
        "{WAY_UP} UPDATE messages SET active_child = up.seq FROM up
         WHERE messages.seq = up.parent AND messages.active_child IS NOT up.seq"
    ))?
    .execute([seq])?;
    tx.prepare_cached(&format!(
        "{WAY_UP} UPDATE conversations SET active_root = up.seq FROM up
         WHERE conversations.seq = up.conversation AND up.parent IS NULL"
    ))?
    .execute([seq])?;
    Ok(())
}
