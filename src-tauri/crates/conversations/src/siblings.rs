//! What else hangs where a message hangs: its edits or retries.

use std::collections::HashMap;

use rusqlite::Transaction;

use crate::StoreError;

/// The ids of a message's siblings and its own, oldest first.
pub(crate) fn of(tx: &Transaction, seq: i64) -> Result<Vec<String>, StoreError> {
    let mut statement = tx.prepare_cached(
        "SELECT s.id FROM messages m JOIN messages s
           ON s.conversation = m.conversation AND s.parent IS m.parent AND s.chore IS m.chore
         WHERE m.seq = ?1 AND s.deleted_at IS NULL ORDER BY s.seq",
    )?;
    let ids = statement.query_map([seq], |row| row.get(0))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

/// Every child's id, by parent, oldest first.
pub(crate) fn all(
    tx: &Transaction,
    conversation: i64,
) -> Result<HashMap<Option<i64>, Vec<String>>, StoreError> {
    let mut statement = tx.prepare_cached(
        "SELECT parent, id FROM messages WHERE conversation = ?1 AND chore IS NULL AND deleted_at IS NULL
         ORDER BY parent, seq",
    )?;
    let mut children = HashMap::<_, Vec<String>>::new();
    let mut rows = statement.query([conversation])?;
    while let Some(row) = rows.next()? {
        children.entry(row.get(0)?).or_default().push(row.get(1)?);
    }
    Ok(children)
}
