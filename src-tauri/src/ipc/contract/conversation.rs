//! Conversations, messages, and what streams into them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    AttachmentView, ContextRuleName, CostView, IpcError, LossView, LoweredByView, LoweredView,
    PresetUseParams, UsageView,
};

/// A row of the conversation list.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConversationView {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Last change (RFC 3339).
    pub updated_at: String,
    /// Who pays for it.
    pub account_id: Option<String>,
    /// The model it last used.
    pub model_id: Option<String>,
    /// What it cost so far in dollars, if anything.
    pub cost_usd: Option<CostView>,
    /// What it cost so far in play money, if anything.
    pub cost_play: Option<CostView>,
    /// It stays on top of the list.
    pub pinned: bool,
    /// It is put away.
    pub archived: bool,
    /// The folder it lies in.
    pub folder: Option<String>,
    /// How much of it is sent.
    pub context: ContextRuleName,
    /// In the bin since (RFC 3339).
    pub deleted_at: Option<String>,
    /// An answer is streaming in.
    pub streaming: bool,
}

/// A conversation with a part of its messages.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConversationDetail {
    /// Its row.
    pub conversation: ConversationView,
    /// Its last messages, or those around the one asked for.
    pub page: MessagePage,
    /// Words typed and not sent yet.
    pub draft: String,
    /// Words typed in the place of one of its messages, and not sent yet.
    pub edit_draft: Option<EditDraftView>,
}

/// Other words for a message, typed and not sent yet.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EditDraftView {
    /// The message that they are to stand beside.
    pub message_id: String,
    /// The words so far; they may be empty.
    pub text: String,
}

/// Some messages of the shown branch, one after the other.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MessagePage {
    /// How many come before them.
    pub first: u32,
    /// How many the whole branch has.
    pub total: u32,
    /// The messages, oldest first.
    pub messages: Vec<MessageView>,
}

/// A message that holds every word looked for.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SearchHitView {
    /// The message.
    pub message_id: String,
    /// Where it is.
    pub conversation_id: String,
    /// That conversation's title.
    pub title: String,
    /// Who speaks.
    pub role: MessageRole,
    /// When (RFC 3339).
    pub created_at: String,
    /// A part of the message around what was found.
    pub snippet: Vec<SnippetPartView>,
}

/// A piece of a snippet.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SnippetPartView {
    /// Plain text.
    pub text: String,
    /// It is one of the words looked for.
    pub found: bool,
}

/// One message.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MessageView {
    /// Its id.
    pub id: String,
    /// Its edits or retries, itself included, oldest first: each leads to a branch of its own.
    pub sibling_ids: Vec<String>,
    /// Who speaks.
    pub role: MessageRole,
    /// A person's words as typed; empty for an answer (its words are in `blocks`).
    pub text: String,
    /// What goes with the words.
    pub attachments: Vec<AttachmentView>,
    /// Finished, sanitised HTML blocks of an answer.
    pub blocks: Vec<String>,
    /// The model's reasoning, plain text.
    pub reasoning: String,
    /// When (RFC 3339).
    pub created_at: String,
    /// Where the message stands.
    pub status: MessageStatus,
    /// The model that answers.
    pub model_id: Option<String>,
    /// Who pays.
    pub account_id: Option<String>,
    /// Tokens, where known.
    pub usage: Option<UsageView>,
    /// Cost, where known.
    pub cost: Option<CostView>,
    /// What was paid for it without its words having come.
    pub loss: Option<LossView>,
    /// The room that it was given, where that is less than its model has.
    pub lowered: Option<LoweredView>,
}

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum MessageRole {
    /// The person.
    User,
    /// The model.
    Assistant,
}

/// Where a message stands.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum MessageStatus {
    /// Coming in now.
    Streaming {
        /// The turn, for Stop and to attach again.
        turn_id: String,
    },
    /// Whole.
    Complete,
    /// The model reached its output limit.
    Truncated,
    /// The person pressed Stop; what came is kept.
    Stopped,
    /// Cut off: the app or the connection ended; what came is kept.
    CutOff,
    /// Failed; what came is kept.
    Failed {
        /// Why, with the next step.
        error: IpcError,
    },
}

/// What to send.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TurnSendParams {
    /// Where; absent starts a new conversation.
    pub conversation_id: Option<String>,
    /// The person's words.
    pub text: String,
    /// Ids of attachments that go with them.
    pub attachments: Vec<String>,
    /// What a new conversation begins with.
    pub preset: Option<PresetUseParams>,
    /// Which model.
    pub model_id: String,
    /// Who pays.
    pub account_id: String,
}

/// Try a failed, stopped or cut-off answer again, as a new sibling of it.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TurnRetryParams {
    /// The answer to replace.
    pub message_id: String,
    /// Which model.
    pub model_id: String,
    /// Who pays.
    pub account_id: String,
    /// With room for a shorter answer: no more than wallet and limits afford.
    pub shorter: bool,
}

/// Say something else instead, as a new sibling of a person's words.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TurnEditParams {
    /// The words to replace.
    pub message_id: String,
    /// The new ones.
    pub text: String,
    /// Which model.
    pub model_id: String,
    /// Who pays.
    pub account_id: String,
}

/// What was accepted; the rest comes through the channel.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TurnStarted {
    /// The turn, for Stop.
    pub turn_id: String,
    /// The conversation, new or not.
    pub conversation: ConversationView,
    /// The person's message as stored.
    pub user_message: MessageView,
    /// The answer, still empty.
    pub assistant_message: MessageView,
    /// How many messages of the shown branch come before the person's.
    pub user_index: u32,
}

/// What comes through a turn's channel: at most one message a frame.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum TurnEvent {
    /// Changes to the answer's blocks, and more reasoning.
    Patch {
        /// In order.
        ops: Vec<PatchOp>,
        /// Reasoning to append.
        reasoning: String,
    },
    /// What it costs so far.
    Running {
        /// Tokens so far.
        usage: UsageView,
        /// Cost so far.
        cost: Option<CostView>,
    },
    /// The answer may have no more than so many tokens, because more is not affordable.
    Lowered {
        /// The most tokens.
        max_tokens: u32,
        /// What does not afford more.
        by: LoweredByView,
    },
    /// The provider began the answer anew: drop what is shown. It stays in the record.
    Restarted,
    /// Over: the message as stored, failed ones included.
    Ended {
        /// The answer.
        message: Box<MessageView>,
        /// Its conversation with new totals and title.
        conversation: Box<ConversationView>,
    },
}

/// A change to an answer's rendered blocks (the `markdown-stream` crate documents each).
///
/// Each block lives in an element of its own. `append` and `grow` speak of the last block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "op", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum PatchOp {
    /// A new last block with this HTML.
    Append {
        /// Sanitised HTML.
        html: String,
    },
    /// In the last block: from its element go `depth` times to the last element child; keep the
    /// first `keep` child nodes there, drop the others, append this HTML's nodes.
    Grow {
        /// How often to descend.
        depth: u32,
        /// How many child nodes stay.
        keep: u32,
        /// Sanitised HTML.
        html: String,
    },
    /// In the last block: same descent; append to the last text node there (or make one).
    Text {
        /// How often to descend.
        depth: u32,
        /// Plain text.
        text: String,
    },
    /// Block number `block` gets other HTML.
    Replace {
        /// Counted from 0.
        block: u32,
        /// Sanitised HTML.
        html: String,
    },
    /// Drop blocks from number `from` on.
    Truncate {
        /// Counted from 0.
        from: u32,
    },
}
