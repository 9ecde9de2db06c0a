//! Words that were paid for and did not come, and answers with less room than they could have.

use serde::Serialize;
use ts_rs::TS;

use super::{AmountView, CostView, LoweredByView};

/// What was paid for an answer without its words having come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LossView {
    /// How it came about.
    pub cause: LossCauseView,
    /// How much, and how that is known.
    pub cost: CostView,
}

/// How words that were paid for did not come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum LossCauseView {
    /// Nothing of the answer came.
    NoWords,
    /// The provider began the answer anew; what it had said first was dropped.
    BegunAnew,
}

/// Losses added up, in one kind of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LossesView {
    /// How much.
    pub amount: AmountView,
    /// Of how many answers.
    #[ts(type = "number")]
    pub answers: u64,
}

/// The room that an answer was given, where that is less than its model has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LoweredView {
    /// The most tokens.
    pub max_tokens: u32,
    /// Why.
    pub by: LoweredByView,
}
