//! The search index in few parts. Every write adds a small one, and every search looks into each.

use rusqlite::{OptionalExtension, Transaction};

use crate::{Store, StoreError};

use super::INDEXES;

/// Pages that one step writes: some 10 ms, during which nobody else writes.
const STEP: i32 = 64;

/// So many parts of a size are made one. FTS5 by itself waits for four.
const ALIKE: i32 = 2;

/// All parts are made one, whatever their size, when there are more messages by a hundredth than when
/// they last were. It writes the whole index anew.
const GROWTH: i64 = 100;

/// The newest message when all parts were last made one.
const WHOLE_AT: &str = "search.wholeAt";

impl Store {
    /// Takes one step of 10 ms at merging the parts of the search index. Says whether there may be another.
    ///
    /// # Errors
    /// Those of any write.
    pub fn merge_index(&self) -> Result<bool, StoreError> {
        self.write(|tx| {
            for index in INDEXES {
                let set = format!("SELECT 1 FROM {index}_config WHERE k = 'usermerge' AND v = ?1");
                if !tx.prepare_cached(&set)?.exists([ALIKE])? {
                    command(tx, index, "usermerge", ALIKE)?;
                }
                if command(tx, index, "merge", STEP)? {
                    return Ok(true);
                }
            }
            begin_whole(tx)
        })
    }
}

/// Begins to make all parts one, where enough has come since. Later steps go on with it.
fn begin_whole(tx: &Transaction) -> Result<bool, StoreError> {
    let newest: i64 = tx
        .prepare_cached("SELECT coalesce(max(seq), 0) FROM messages")?
        .query_row([], |row| row.get(0))?;
    let before: i64 = tx
        .prepare_cached("SELECT CAST(value AS INTEGER) FROM settings WHERE key = ?1")?
        .query_row([WHOLE_AT], |row| row.get(0))
        .optional()?
        .unwrap_or(0);
    if (newest - before) * GROWTH <= before {
        return Ok(false);
    }
    let mut begun = false;
    for index in INDEXES {
        // FTS5 takes a negative number of pages for "parts of any size".
        begun |= command(tx, index, "merge", -STEP)?;
    }
    tx.prepare_cached("INSERT OR REPLACE INTO settings (key, value) VALUES (?1, ?2)")?
        .execute((WHOLE_AT, newest.to_string()))?;
    Ok(begun)
}

/// Gives an index a command of FTS5's. Says whether it changed anything.
fn command(tx: &Transaction, index: &str, name: &str, value: i32) -> Result<bool, StoreError> {
    let before = tx.total_changes();
    let sql = format!("INSERT INTO {index} ({index}, rank) VALUES (?1, ?2)");
    tx.prepare_cached(&sql)?.execute((name, value))?;
    // The statement itself counts as one.
    Ok(tx.total_changes() - before > 1)
}
