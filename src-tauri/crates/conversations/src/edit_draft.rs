//! Other words for a message, typed and not sent yet.

use rusqlite::{OptionalExtension, Transaction, params};

use crate::{Store, StoreError, message};

/// Other words for a message, typed and not sent yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditDraft {
    /// The message that they are to stand beside.
    pub message_id: String,
    /// The words so far; they may be empty.
    pub text: String,
}

impl Store {
    /// What is being typed in the place of a message of this conversation, if anything is.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn edit_draft(&self, conversation_id: &str) -> Result<Option<EditDraft>, StoreError> {
        self.read(|tx| {
            let conversation = message::conversation_seq(tx, conversation_id)?;
            let draft = tx
                .prepare_cached(
                    "SELECT m.id, e.text FROM edit_drafts e JOIN messages m ON m.seq = e.message
                     WHERE e.conversation = ?1 AND m.deleted_at IS NULL",
                )?
                .query_row([conversation], |row| {
                    Ok(EditDraft {
                        message_id: row.get(0)?,
                        text: row.get(1)?,
                    })
                })
                .optional()?;
            Ok(draft)
        })
    }

    /// Keeps what is being typed in the place of a message, in place of what was typed in that of another
    /// one of the conversation; `None` forgets it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] and those of any write.
    pub fn set_edit_draft(&self, message_id: &str, text: Option<&str>) -> Result<(), StoreError> {
        self.write(|tx| {
            let message = message::message_seq(tx, message_id)?;
            match text {
                Some(text) => tx
                    .prepare_cached(
                        "INSERT OR REPLACE INTO edit_drafts (conversation, message, text)
                         SELECT conversation, seq, ?2 FROM messages WHERE seq = ?1",
                    )?
                    .execute(params![message, text])?,
                None => forget(tx, message)?,
            };
            Ok(())
        })
    }
}

/// The words were sent, or given up.
pub(crate) fn forget(tx: &Transaction, message: i64) -> Result<usize, StoreError> {
    let mut statement = tx.prepare_cached("DELETE FROM edit_drafts WHERE message = ?1")?;
    Ok(statement.execute([message])?)
}
