//! Words typed and not sent yet.

use rusqlite::{OptionalExtension, Transaction, params};

use crate::{Store, StoreError, message};

impl Store {
    /// A conversation's draft; `None` means the conversation that does not exist yet. Empty where
    /// nothing was typed.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn draft(&self, conversation_id: Option<&str>) -> Result<String, StoreError> {
        self.read(|tx| {
            let conversation = seq(tx, conversation_id)?;
            let text = tx
                .prepare_cached("SELECT text FROM drafts WHERE conversation IS ?1")?
                .query_row([conversation], |row| row.get(0))
                .optional()?;
            Ok(text.unwrap_or_default())
        })
    }

    /// Keeps a draft; an empty one is none.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] and those of any write.
    pub fn set_draft(&self, conversation_id: Option<&str>, text: &str) -> Result<(), StoreError> {
        self.write(|tx| {
            let conversation = seq(tx, conversation_id)?;
            put(tx, conversation, text)
        })
    }
}

fn seq(tx: &Transaction, conversation_id: Option<&str>) -> Result<Option<i64>, StoreError> {
    conversation_id
        .map(|id| message::conversation_seq(tx, id))
        .transpose()
}

pub(crate) fn put(
    tx: &Transaction,
    conversation: Option<i64>,
    text: &str,
) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM drafts WHERE conversation IS ?1")?
        .execute([conversation])?;
    if !text.is_empty() {
        tx.prepare_cached("INSERT INTO drafts (conversation, text) VALUES (?1, ?2)")?
            .execute(params![conversation, text])?;
    }
    Ok(())
}
