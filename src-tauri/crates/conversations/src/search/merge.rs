//! The search index in few parts. Every write adds a small one, and every search looks into each.

use crate::{Store, StoreError};

use super::INDEXES;

/// Pages that one step writes: some 10 ms, during which nobody else writes.
const STEP: u32 = 64;

/// So many parts of a size are made one. FTS5 by itself waits for four.
const ALIKE: u32 = 2;

impl Store {
    /// Takes one step of 10 ms at merging the parts of the search index. Says whether there may be another.
    ///
    /// # Errors
    /// Those of any write.
    pub fn merge_index(&self) -> Result<bool, StoreError> {
        self.write(|tx| {
            for index in INDEXES {
                let command = |name: &str, value: u32| {
                    format!("INSERT INTO {index} ({index}, rank) VALUES ('{name}', {value})")
                };
                let set = format!("SELECT 1 FROM {index}_config WHERE k = 'usermerge' AND v = ?1");
                if !tx.prepare_cached(&set)?.exists([ALIKE])? {
                    tx.execute(&command("usermerge", ALIKE), [])?;
                }
                let before = tx.total_changes();
                tx.execute(&command("merge", STEP), [])?;
                // The statement itself counts as one.
                if tx.total_changes() - before > 1 {
                    return Ok(true);
                }
            }
            Ok(false)
        })
    }
}
