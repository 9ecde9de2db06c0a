//! What is found in conversations, the bin and the backups.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::MessageRole;

/// What to look for in everything that was said, and where.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SearchParams {
    /// The words as typed.
    pub words: String,
    /// Only what this account paid for.
    pub account_id: Option<String>,
    /// Only to and from this model.
    pub model_id: Option<String>,
    /// Only from the last so many days.
    pub days: Option<u32>,
    /// The best of the newest two thousand hits first, instead of the newest.
    pub best_first: bool,
}

/// A message of the shown branch that holds what was looked for in one conversation.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FoundView {
    /// The message.
    pub message_id: String,
    /// Its place in the shown branch, from 0.
    pub index: u32,
}

/// A deletion that can be taken back: a message, and what went with it.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DeletedMessageView {
    /// The message.
    pub id: String,
    /// The conversation that it was deleted out of.
    pub conversation_id: String,
    /// That conversation's title.
    pub title: String,
    /// Who speaks.
    pub role: MessageRole,
    /// The beginning of the words.
    pub beginning: String,
    /// When it was deleted (RFC 3339).
    pub deleted_at: String,
    /// How many messages went, this one included.
    pub messages: u32,
}

/// What emptying the bin did, and what still holds the words.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EmptiedView {
    /// Conversations that are gone.
    pub conversations: u32,
    /// Messages deleted out of conversations that are gone.
    pub messages: u32,
    /// Backups and damaged files kept aside that may still hold their words.
    pub copies_left: u32,
}

/// A backup of the whole database.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BackupView {
    /// Its file name, which is also how it is asked for.
    pub name: String,
    /// When it was made (RFC 3339).
    pub created_at: String,
    /// Its size in bytes.
    #[ts(type = "number")]
    pub bytes: u64,
}
