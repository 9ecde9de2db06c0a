//! What a person or a caller chose, as JSON by key.

use rusqlite::{OptionalExtension, params};

use crate::{Store, StoreError};

impl Store {
    /// A setting's JSON.
    ///
    /// # Errors
    /// Those of any read.
    pub fn setting(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.read(|tx| {
            Ok(tx
                .prepare_cached("SELECT value FROM settings WHERE key = ?1")?
                .query_row([key], |row| row.get(0))
                .optional()?)
        })
    }

    /// Keeps a setting, on the disk when this returns.
    ///
    /// # Errors
    /// [`StoreError::Database`] for text that is not JSON, and those of any write.
    pub fn set_setting(&self, key: &str, json: &str) -> Result<(), StoreError> {
        self.write_durably(|tx| {
            tx.prepare_cached(
                "INSERT INTO settings (key, value) VALUES (?1, ?2)
                 ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            )?
            .execute(params![key, json])?;
            Ok(())
        })
    }

    /// Changes a setting by what it is, with no other process between the look and the change. On the
    /// disk when this returns; the inner error is the refusal of `change`, which changes nothing.
    ///
    /// # Errors
    /// As [`Store::set_setting`].
    pub fn change_setting<R>(
        &self,
        key: &str,
        change: impl FnOnce(Option<&str>) -> Result<String, R>,
    ) -> Result<Result<(), R>, StoreError> {
        self.write_durably(|tx| {
            let stored: Option<String> = tx
                .prepare_cached("SELECT value FROM settings WHERE key = ?1")?
                .query_row([key], |row| row.get(0))
                .optional()?;
            let json = match change(stored.as_deref()) {
                Ok(json) => json,
                Err(refusal) => return Ok(Err(refusal)),
            };
            tx.prepare_cached(
                "INSERT INTO settings (key, value) VALUES (?1, ?2)
                 ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            )?
            .execute(params![key, json])?;
            Ok(Ok(()))
        })
    }

    /// Forgets a setting.
    ///
    /// # Errors
    /// Those of any write.
    pub fn remove_setting(&self, key: &str) -> Result<(), StoreError> {
        self.write_durably(|tx| {
            tx.prepare_cached("DELETE FROM settings WHERE key = ?1")?
                .execute([key])?;
            Ok(())
        })
    }
}
