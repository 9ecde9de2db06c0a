//! How much of a conversation is sent.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{AmountView, PresetUseParams};

/// What is about to be asked.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AskedParams {
    /// Where; absent is a new conversation.
    pub conversation_id: Option<String>,
    /// Only what comes before this message counts: the answer that is asked for again, or the words that
    /// others replace.
    pub before: Option<String>,
    /// The words; empty where an answer is asked for again.
    pub text: String,
    /// What a new conversation begins with.
    pub preset: Option<PresetUseParams>,
}

/// How much of a conversation is sent once it is longer than the model takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ContextRuleName {
    /// All of it; where it does not fit, the person is asked.
    Whole,
    /// The latest messages that fit.
    Recent,
    /// A summary of the beginning, and what follows it.
    Summary,
}

/// What would be sent of a conversation, and what else could be. Tokens are estimates.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ContextPlanView {
    /// What holds for this conversation.
    pub rule: ContextRuleName,
    /// Tokens that the model takes with its answer, where that is known.
    #[ts(type = "number | null")]
    pub window: Option<u64>,
    /// What the rule sends.
    pub sent: SentPartView,
    /// Whether that fits.
    pub fits: bool,
    /// Everything.
    pub whole: SentPartView,
    /// The latest messages that fit; absent where not even the last words do.
    pub recent: Option<SentPartView>,
    /// Summarising the beginning; absent where nothing is to be gained by it.
    pub summary: Option<SummaryPlanView>,
    /// Models of the same account that are known to take everything.
    pub roomier: Vec<String>,
}

/// A part of a conversation.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SentPartView {
    /// How many messages, the words about to be sent among them.
    pub messages: u32,
    /// Estimated tokens.
    #[ts(type = "number")]
    pub tokens: u64,
    /// What it costs with a short answer; absent where the model has no known price.
    pub low: Option<AmountView>,
    /// With a long one.
    pub high: Option<AmountView>,
}

/// What summarising comes to.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SummaryPlanView {
    /// How many messages it stands for.
    pub covers: u32,
    /// What making it costs, if it is short; absent where the model has no known price.
    pub low: Option<AmountView>,
    /// If it is long.
    pub high: Option<AmountView>,
    /// What is sent then.
    pub then: SentPartView,
}
