//! Messages that were deleted out of a conversation and are not gone yet.

use std::time::SystemTime;

use rusqlite::named_params;

use crate::{Role, Store, StoreError, clock, message::unknown_word};

/// How much of a deleted message's words a list shows, in characters.
const SHOWN: u32 = 200;

/// A deletion that [`Store::restore_message`] takes back: a message, and what went with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeletedMessage {
    /// The message.
    pub id: String,
    /// The conversation that it was deleted out of.
    pub conversation_id: String,
    /// That conversation's title.
    pub conversation_title: String,
    /// Who speaks.
    pub role: Role,
    /// The beginning of the words.
    pub beginning: String,
    /// When it was deleted.
    pub deleted_at: SystemTime,
    /// How many messages the deletion took, this one included.
    pub messages: u32,
}

impl Store {
    /// Deletions of messages that can be taken back, the latest first, at most `limit`: of one
    /// conversation, or of all that are not in the bin themselves. One that lies below another shows once
    /// that one was taken back.
    ///
    /// # Errors
    /// Those of any read.
    pub fn deleted_messages(
        &self,
        conversation_id: Option<&str>,
        limit: u32,
    ) -> Result<Vec<DeletedMessage>, StoreError> {
        self.read(|tx| {
            let mut statement = tx.prepare_cached(
                "SELECT m.id, c.id, c.title, m.role, substr(m.text, 1, :shown), m.deleted_at, (
                   WITH RECURSIVE below (seq) AS (
                     VALUES (m.seq) UNION ALL
                     SELECT b.seq FROM below JOIN messages b ON b.parent = below.seq)
                   SELECT count(*) FROM below JOIN messages b USING (seq)
                   WHERE b.deleted_at = m.deleted_at)
                 FROM messages m JOIN conversations c ON c.seq = m.conversation
                 LEFT JOIN messages p ON p.seq = m.parent
                 WHERE m.deleted_at IS NOT NULL AND p.deleted_at IS NULL AND m.chore IS NULL
                   AND (c.id = :conversation OR :conversation IS NULL AND c.deleted_at IS NULL)
                 ORDER BY m.deleted_at DESC, m.seq DESC LIMIT :limit",
            )?;
            let rows = statement.query_map(
                named_params! {
                    ":shown": SHOWN,
                    ":conversation": conversation_id,
                    ":limit": limit,
                },
                |row| {
                    Ok(DeletedMessage {
                        id: row.get(0)?,
                        conversation_id: row.get(1)?,
                        conversation_title: row.get(2)?,
                        role: match row.get::<_, String>(3)?.as_str() {
                            "user" => Role::User,
                            "assistant" => Role::Assistant,
                            _ => return Err(unknown_word(3)),
                        },
                        beginning: row.get(4)?,
                        deleted_at: clock::from_ms(row.get(5)?),
                        messages: row.get(6)?,
                    })
                },
            )?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }
}
