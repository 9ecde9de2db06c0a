//! Finding words within one conversation, as a person sees it.

use crate::{Store, StoreError, message, window};

/// A message of the shown branch that holds what is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The message.
    pub message_id: String,
    /// Its place in the shown branch, counted from 0.
    pub index: usize,
}

impl Store {
    /// The messages of the shown branch that hold these characters in this order, whatever their
    /// case, oldest first. An answer that streams is read as far as it was folded in.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn find(&self, conversation_id: &str, sought: &str) -> Result<Vec<Found>, StoreError> {
        let sought = sought.trim().to_lowercase();
        if sought.is_empty() {
            return Ok(Vec::new());
        }
        self.read(|tx| {
            let conversation = message::conversation_seq(tx, conversation_id)?;
            let mut text = tx.prepare_cached("SELECT id, text FROM messages WHERE seq = ?1")?;
            let mut found = Vec::new();
            for (index, seq) in window::shown(tx, conversation)?.into_iter().enumerate() {
                let (message_id, text): (String, String) =
                    text.query_row([seq], |row| Ok((row.get(0)?, row.get(1)?)))?;
                if text.to_lowercase().contains(&sought) {
                    found.push(Found { message_id, index });
                }
            }
            Ok(found)
        })
    }
}
