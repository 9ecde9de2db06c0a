use std::{collections::HashMap, path::Path, time::SystemTime};

use money::{Cost, Usage};
use rusqlite::{OptionalExtension, Row, Transaction, params, types::Type};

use crate::{
    Attachment, Loss, Lowered, Store, StoreError, Subject, attachment, clock, loss, lowering,
    presence, receipt, siblings,
};

/// One message of a conversation's tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// Its id.
    pub id: String,
    /// The conversation it belongs to.
    pub conversation_id: String,
    /// What it answers; `None` at the beginning of a conversation.
    pub parent_id: Option<String>,
    /// The children of that parent that were not deleted, this message included, oldest first: its
    /// edits or retries.
    pub sibling_ids: Vec<String>,
    /// Who speaks.
    pub role: Role,
    /// The words; of an answer that streams, those that have come so far.
    pub text: String,
    /// The model's reasoning, likewise.
    pub reasoning: String,
    /// When it was begun.
    pub created_at: SystemTime,
    /// When it ended.
    pub ended_at: Option<SystemTime>,
    /// Where it stands.
    pub status: Status,
    /// The model asked.
    pub model_id: Option<String>,
    /// The account that pays.
    pub account_key: Option<String>,
    /// The prices agreed at the beginning, as the caller gave them.
    pub price_snapshot_json: Option<String>,
    /// Tokens, where known (from the receipt).
    pub usage: Option<Usage>,
    /// Cost, where known (from the receipt).
    pub cost: Option<Cost>,
    /// What was paid for this answer without its words having come.
    pub loss: Option<Loss>,
    /// The room that it was given, where that is less than its model has.
    pub lowered: Option<Lowered>,
    /// What went with the words, in order.
    pub attachments: Vec<Attachment>,
}

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// The person.
    User,
    /// The model.
    Assistant,
}

impl std::fmt::Display for Role {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::User => "user",
            Self::Assistant => "assistant",
        })
    }
}

/// Where a message stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// Coming in, in this or another living process.
    Streaming,
    /// Over. A person's words are complete from the start.
    Ended(Ending),
}

/// How an answer ended. What came is kept in every case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Whole, or as long as the model was allowed.
    Complete {
        /// The provider's reason: `stop`, `length`, …
        finish_reason: Option<String>,
    },
    /// The person stopped it.
    Stopped,
    /// The connection or the process ended first.
    CutOff,
    /// The provider or the network failed.
    Failed {
        /// What the caller wants to know again, as JSON.
        error_json: String,
    },
}

impl Ending {
    /// The name in the database.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Complete { .. } => "complete",
            Self::Stopped => "stopped",
            Self::CutOff => "cut_off",
            Self::Failed { .. } => "failed",
        }
    }

    pub(crate) fn from_row(row: &Row, status: &str, column: usize) -> rusqlite::Result<Self> {
        Ok(match status {
            "complete" => Self::Complete {
                finish_reason: row.get("finish_reason")?,
            },
            "stopped" => Self::Stopped,
            "cut_off" => Self::CutOff,
            "failed" => Self::Failed {
                error_json: row
                    .get::<_, Option<String>>("error_json")?
                    .unwrap_or_default(),
            },
            _ => return Err(unknown_word(column)),
        })
    }
}

/// A word that the table's checks do not allow.
pub(crate) fn unknown_word(column: usize) -> rusqlite::Error {
    rusqlite::Error::InvalidColumnType(column, "word".to_owned(), Type::Text)
}

impl Store {
    /// The branch that is shown, oldest first; empty for a conversation without messages.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn branch(&self, conversation_id: &str) -> Result<Vec<Message>, StoreError> {
        let branch = self.read(|tx| {
            let conversation = conversation_seq(tx, conversation_id)?;
            branch(tx, conversation)
        })?;
        Ok(branch
            .into_iter()
            .map(|row| row.seen_from(self.dir()))
            .collect())
    }

    /// One message.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn message(&self, message_id: &str) -> Result<Message, StoreError> {
        let row = self.read(|tx| {
            let seq = message_seq(tx, message_id)?;
            stored(tx, seq)
        })?;
        Ok(row.seen_from(self.dir()))
    }
}

/// A message as its row says, with the store that streams it.
pub(crate) struct Stored {
    message: Message,
    writer: Option<String>,
}

impl Stored {
    /// An answer whose process is gone is cut off, also where that could not be written yet: in a
    /// read-only directory, on a full disk, or as nobody came by since.
    pub(crate) fn seen_from(mut self, dir: &Path) -> Message {
        if self.writer.is_some_and(|id| !presence::is_open(dir, &id)) {
            self.message.status = Status::Ended(Ending::CutOff);
        }
        self.message
    }
}

const COLUMNS: &str = "m.seq, m.id, c.id AS conversation_id, p.id AS parent_id, m.parent, m.role,
  m.status, m.finish_reason, m.error_json, m.model_id, m.account_key, m.price_snapshot, m.writer,
  m.created_at, m.ended_at,
  CASE m.status WHEN 'streaming' THEN m.text || coalesce((SELECT group_concat(j.text, '' ORDER BY j.seq)
    FROM journal j WHERE j.message = m.seq), '') ELSE m.text END AS text,
  CASE m.status WHEN 'streaming' THEN m.reasoning || coalesce((SELECT group_concat(j.reasoning, '' ORDER BY j.seq)
    FROM journal j WHERE j.message = m.seq), '') ELSE m.reasoning END AS reasoning,
  r.input_tokens, r.cached_tokens, r.output_tokens, r.reasoning_tokens,
  r.cost_kind, r.cost_micro, r.cost_label, m.lowered_to, m.lowered_by,
  l.cause AS loss_cause, l.kind AS loss_kind, l.micro AS loss_micro, l.label AS loss_label";

const JOINS: &str = "JOIN conversations c ON c.seq = m.conversation
  LEFT JOIN messages p ON p.seq = m.parent
  LEFT JOIN receipts r ON r.message_id = m.id
  LEFT JOIN losses l ON l.message_id = m.id";

/// The shown branch.
fn branch(tx: &Transaction, conversation: i64) -> Result<Vec<Stored>, StoreError> {
    let siblings = siblings::all(tx, conversation)?;
    let sql = format!(
        "WITH RECURSIVE shown (seq, depth) AS (
           SELECT active_root, 0 FROM conversations WHERE seq = ?1 AND active_root IS NOT NULL
           UNION ALL
           SELECT n.active_child, depth + 1 FROM shown JOIN messages n ON n.seq = shown.seq
           WHERE n.active_child IS NOT NULL)
         SELECT {COLUMNS} FROM shown JOIN messages m ON m.seq = shown.seq {JOINS} ORDER BY depth"
    );
    let mut attached = attached(tx, conversation)?;
    let mut statement = tx.prepare_cached(&sql)?;
    let rows = statement.query_map([conversation], |row| {
        let mut stored = from_row(row)?;
        stored.message.attachments = attached.remove(&row.get("seq")?).unwrap_or_default();
        let parent: Option<i64> = row.get("parent")?;
        stored.message.sibling_ids = siblings.get(&parent).cloned().unwrap_or_default();
        Ok(stored)
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// One message by its place in the table, as its row says.
pub(crate) fn message(tx: &Transaction, seq: i64) -> Result<Message, StoreError> {
    Ok(stored(tx, seq)?.message)
}

pub(crate) fn stored(tx: &Transaction, seq: i64) -> Result<Stored, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM messages m {JOINS} WHERE m.seq = ?1");
    let mut stored = tx.prepare_cached(&sql)?.query_row([seq], from_row)?;
    stored.message.sibling_ids = siblings::of(tx, seq)?;
    stored.message.attachments = attachment::of_message(tx, seq)?;
    Ok(stored)
}

/// What goes with each message of a conversation that has anything.
fn attached(
    tx: &Transaction,
    conversation: i64,
) -> Result<HashMap<i64, Vec<Attachment>>, StoreError> {
    let mut statement = tx.prepare_cached(
        "SELECT DISTINCT m.seq FROM attachments a JOIN messages m ON m.seq = a.message
         WHERE m.conversation = ?1",
    )?;
    let seqs = statement.query_map([conversation], |row| row.get(0))?;
    seqs.map(|seq| {
        let seq: i64 = seq?;
        Ok((seq, attachment::of_message(tx, seq)?))
    })
    .collect()
}

fn from_row(row: &Row) -> rusqlite::Result<Stored> {
    let role: String = row.get("role")?;
    let status: String = row.get("status")?;
    let message = Message {
        id: row.get("id")?,
        conversation_id: row.get("conversation_id")?,
        parent_id: row.get("parent_id")?,
        sibling_ids: Vec::new(),
        role: match role.as_str() {
            "user" => Role::User,
            "assistant" => Role::Assistant,
            _ => return Err(unknown_word(5)),
        },
        text: row.get("text")?,
        reasoning: row.get("reasoning")?,
        created_at: clock::from_ms(row.get("created_at")?),
        ended_at: row.get::<_, Option<i64>>("ended_at")?.map(clock::from_ms),
        status: match status.as_str() {
            "streaming" => Status::Streaming,
            ended => Status::Ended(Ending::from_row(row, ended, 6)?),
        },
        model_id: row.get("model_id")?,
        account_key: row.get("account_key")?,
        price_snapshot_json: row.get("price_snapshot")?,
        usage: receipt::usage_from_row(row)?,
        cost: receipt::cost_from_row(row)?,
        loss: loss::from_row(row)?,
        lowered: lowering::from_row(row)?,
        attachments: Vec::new(),
    };
    Ok(Stored {
        message,
        writer: row.get("writer")?,
    })
}

/// The table's key of a conversation, in the bin or not.
pub(crate) fn conversation_seq(tx: &Transaction, id: &str) -> Result<i64, StoreError> {
    tx.prepare_cached("SELECT seq FROM conversations WHERE id = ?1")?
        .query_row(params![id], |row| row.get(0))
        .optional()?
        .ok_or(StoreError::NotFound(Subject::Conversation))
}

/// The table's key of a message that was not deleted.
pub(crate) fn message_seq(tx: &Transaction, id: &str) -> Result<i64, StoreError> {
    tx.prepare_cached("SELECT seq FROM messages WHERE id = ?1 AND deleted_at IS NULL")?
        .query_row(params![id], |row| row.get(0))
        .optional()?
        .ok_or(StoreError::NotFound(Subject::Message))
}
