//! A part of the shown branch, for those who show a long conversation piece by piece.

use std::collections::HashMap;

use rusqlite::Transaction;

use crate::{Message, Store, StoreError, message};

/// Which part of a branch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'a> {
    /// Its last messages.
    End,
    /// From this message on, counted from 0.
    From(usize),
    /// Around this message; the end where the shown branch does not run through it.
    Around(&'a str),
}

/// Some messages of the shown branch, one after the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    /// How many messages of the branch come before them.
    pub first: usize,
    /// How long the whole branch is.
    pub total: usize,
    /// The messages, oldest first.
    pub messages: Vec<Message>,
}

impl Store {
    /// A part of the branch that is shown, at most `count` messages. The way to it is walked by key
    /// only: what a message says is read for those in the window alone.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn window(
        &self,
        conversation_id: &str,
        part: Part,
        count: usize,
    ) -> Result<Window, StoreError> {
        let (first, total, rows) = self.read(|tx| {
            let conversation = message::conversation_seq(tx, conversation_id)?;
            let shown = shown(tx, conversation)?;
            let first = first(tx, &shown, part, count)?;
            let rows = shown.iter().skip(first).take(count);
            let rows: Vec<_> = rows
                .map(|seq| message::stored(tx, *seq))
                .collect::<Result<_, _>>()?;
            Ok((first, shown.len(), rows))
        })?;
        let messages = rows.into_iter().map(|row| row.seen_from(self.dir()));
        Ok(Window {
            first,
            total,
            messages: messages.collect(),
        })
    }
}

fn first(tx: &Transaction, shown: &[i64], part: Part, count: usize) -> Result<usize, StoreError> {
    let end = shown.len().saturating_sub(count);
    Ok(match part {
        Part::End => end,
        Part::From(first) => first.min(shown.len()),
        Part::Around(id) => {
            let seq = message::message_seq(tx, id)?;
            let at = shown.iter().position(|shown| *shown == seq);
            at.map_or(end, |at| at.saturating_sub(count / 2).min(end))
        }
    })
}

/// What follows what in a conversation. The index has all of it, so that no message is read.
const FOLLOWS: &str = "SELECT seq, active_child FROM messages WHERE conversation = ?1";

/// The keys of the shown branch, from its beginning. What follows what is read at once and walked
/// here: to let SQL follow it step by step takes twice as long.
pub(crate) fn shown(tx: &Transaction, conversation: i64) -> Result<Vec<i64>, StoreError> {
    let mut next = tx
        .prepare_cached(FOLLOWS)?
        .query_map([conversation], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<HashMap<i64, Option<i64>>, _>>()?;
    let root: Option<i64> = tx
        .prepare_cached("SELECT active_root FROM conversations WHERE seq = ?1")?
        .query_row([conversation], |row| row.get(0))?;
    // Each is taken out, so that not even a damaged file goes round in circles.
    let step = |seq: &i64| next.remove(seq).flatten();
    Ok(std::iter::successors(root, step).collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::FOLLOWS;
    use crate::Store;

    #[test]
    fn a_branch_is_walked_without_its_messages() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap().store;
        let plan: String = store
            .read(|tx| {
                let sql = format!("EXPLAIN QUERY PLAN {FOLLOWS}");
                Ok(tx.query_row(&sql, [1], |row| row.get("detail"))?)
            })
            .unwrap();
        assert_eq!(
            plan,
            "SEARCH messages USING COVERING INDEX messages_in_tree (conversation=?)"
        );
    }
}
