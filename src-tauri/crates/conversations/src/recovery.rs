//! Answers whose process is gone.

use std::path::Path;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::{Ending, Finished, Store, StoreError, finish, presence, reservation, store};

impl Store {
    /// Marks answers as cut off whose process ended since this store was opened; says how many.
    /// Answers that another living process streams are left alone.
    ///
    /// # Errors
    /// Those of any write.
    pub fn recover(&self) -> Result<usize, StoreError> {
        let dir = self.dir().to_owned();
        self.write_durably(|tx| cut_off_orphans_in(tx, &dir))
    }
}

/// As [`Store::recover`], for a connection that is not a store yet.
pub(crate) fn cut_off_orphans(
    connection: &mut Connection,
    dir: &Path,
) -> Result<usize, StoreError> {
    store::durably(connection, |connection| {
        let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let count = cut_off_orphans_in(&tx, dir)?;
        tx.commit()?;
        Ok(count)
    })
}

/// Ends every orphaned answer with its journalled text, receipt included.
pub(crate) fn cut_off_orphans_in(tx: &Transaction, dir: &Path) -> Result<usize, StoreError> {
    let streaming = tx
        .prepare("SELECT seq, writer FROM messages WHERE status = 'streaming'")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<Vec<(i64, String)>, _>>()?;
    let mut count = 0;
    for (seq, writer) in streaming {
        if !presence::is_open(dir, &writer) {
            finish::end(tx, seq, &Finished::without_usage(Ending::CutOff))?;
            count += 1;
        }
    }
    reservation::settle_homeless(tx)?;
    Ok(count)
}
