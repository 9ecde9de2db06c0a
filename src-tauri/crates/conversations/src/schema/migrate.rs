use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use super::APPLICATION_ID;
use crate::{StoreError, backup};

/// Takes the database from `version` through every later step, each in one transaction that also
/// writes the new version, each after a verified backup of what was there before.
///
/// A process that dies on the way leaves the version from before the step, and its backup.
pub(crate) fn migrate(
    connection: &mut Connection,
    version: u32,
    migrations: &[&str],
    dir: &Path,
) -> Result<(), StoreError> {
    for (number, step) in (1..).zip(migrations) {
        if number <= version {
            continue;
        }
        // A file that is new has nothing to lose.
        if version > 0 {
            backup::create(connection, dir)?;
        }
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute_batch(step)?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", number)?;
        transaction.commit()?;
    }
    Ok(())
}
