//! A conversation as a whole, with every branch and every cost: out of one store, into another.
//!
//! The types are the exchange format, see `docs/export-format.md`: their JSON is read for years, so
//! members may be added and none changes its meaning.

mod read;
mod take_in;
#[cfg(test)]
mod tests;
mod time_text;

use std::time::SystemTime;

use money::{Amount, Cost, Usage};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Attachment, ContextRule, Lowered, Role};

/// Everything of one conversation. Times are RFC 3339 to the millisecond in JSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WholeConversation {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// When it was made.
    #[serde(with = "time_text")]
    pub created_at: SystemTime,
    /// When it last went on.
    #[serde(with = "time_text")]
    pub updated_at: SystemTime,
    /// The account that pays next; means something only where it was made.
    #[serde(default)]
    pub account_key: Option<String>,
    /// The model that answers next.
    #[serde(default)]
    pub model_id: Option<String>,
    /// Stays on top of the list.
    #[serde(default)]
    pub pinned: bool,
    /// Put away.
    #[serde(default)]
    pub archived: bool,
    /// The folder it lies in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub folder: Option<String>,
    /// The system prompt; empty is none.
    #[serde(default)]
    pub instructions: String,
    /// The parameters of its requests.
    #[serde(default = "no_parameters")]
    pub parameters: Value,
    /// How much of it is sent.
    #[serde(default)]
    pub context: ContextRule,
    /// The first message that is shown.
    #[serde(default)]
    pub shown_root: Option<String>,
    /// Every message of every branch; a message comes after the one that it answers, siblings in the
    /// order they were made.
    pub messages: Vec<WholeMessage>,
    /// In the bin since.
    #[serde(
        default,
        with = "time_text::optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub deleted_at: Option<SystemTime>,
    /// What it cost, oldest first; also of what is no message: summaries and titles.
    #[serde(default)]
    pub receipts: Vec<WholeReceipt>,
}

impl WholeConversation {
    /// Whether it, or a message of it, was deleted and is not gone yet.
    #[must_use]
    pub fn has_deleted(&self) -> bool {
        self.deleted_at.is_some() || self.messages.iter().any(|one| one.deleted_at.is_some())
    }
}

fn no_parameters() -> Value {
    Value::Object(serde_json::Map::new())
}

/// Everything of one message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WholeMessage {
    /// Its id.
    pub id: String,
    /// What it answers.
    #[serde(default)]
    pub parent: Option<String>,
    /// The one of its answers that is shown.
    #[serde(default)]
    pub shown_child: Option<String>,
    /// Who speaks.
    pub role: Role,
    /// The words.
    pub text: String,
    /// The model's reasoning.
    #[serde(default)]
    pub reasoning: String,
    /// How it ended: `complete`, `stopped`, `cut_off`, `failed`.
    pub status: String,
    /// The provider's reason for a complete one.
    #[serde(default)]
    pub finish_reason: Option<String>,
    /// Why it failed.
    #[serde(default)]
    pub error: Option<Value>,
    /// The model asked.
    #[serde(default)]
    pub model_id: Option<String>,
    /// The account that paid.
    #[serde(default)]
    pub account_key: Option<String>,
    /// The prices at its beginning.
    #[serde(default)]
    pub prices: Option<Value>,
    /// When it was begun.
    #[serde(with = "time_text")]
    pub created_at: SystemTime,
    /// When it ended.
    #[serde(with = "time_text")]
    pub ended_at: SystemTime,
    /// The room that the answer was given, where it was less than its model has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lowered: Option<Lowered>,
    /// Beginnings that the provider dropped, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub abandoned_starts: Vec<WholeStart>,
    /// What goes with the words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// A text that stands for everything up to and including this message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<WholeSummary>,
    /// Deleted since, and not gone yet. What hangs below is deleted too; what went with it has the same time.
    #[serde(
        default,
        with = "time_text::optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub deleted_at: Option<SystemTime>,
}

/// A beginning that the provider dropped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WholeStart {
    /// What had come.
    pub text: String,
    /// The reasoning that had come.
    #[serde(default)]
    pub reasoning: String,
    /// When it was dropped.
    #[serde(with = "time_text")]
    pub at: SystemTime,
}

/// A summary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WholeSummary {
    /// The text.
    pub text: String,
    /// The model that wrote it.
    pub model_id: String,
    /// When.
    #[serde(with = "time_text")]
    pub at: SystemTime,
}

/// What something cost.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WholeReceipt {
    /// Its id.
    pub id: String,
    /// What was paid for: `answer`, `summary`, `title`.
    #[serde(default = "answer")]
    pub purpose: String,
    /// The answer; of anything else an id of its own.
    pub message_id: String,
    /// When.
    #[serde(with = "time_text")]
    pub at: SystemTime,
    /// The account that paid.
    pub account_key: String,
    /// The model.
    pub model_id: String,
    /// How it ended, as a message's status.
    pub outcome: String,
    /// Tokens, where known.
    #[serde(default)]
    pub usage: Option<Usage>,
    /// Cost, where known; absent is unknown, not nothing.
    #[serde(default)]
    pub cost: Option<Cost>,
    /// The most that it can have cost, where there were limits.
    #[serde(default)]
    pub bound: Option<Amount>,
    /// The prices at its beginning.
    #[serde(default)]
    pub prices: Option<Value>,
    /// The provider's id of the request.
    #[serde(default)]
    pub request_id: Option<String>,
    /// The provider's id of the invocation.
    #[serde(default)]
    pub invocation_id: Option<String>,
}

fn answer() -> String {
    "answer".to_owned()
}

/// What taking a conversation in came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TakenIn {
    /// It is in the list now.
    Added,
    /// One of that id was here, and was left as it is.
    AlreadyHere,
}
