//! The JSON of one event of an OpenAI-style chat stream, borrowed from the event where it can be.

use std::fmt;

use money::{Amount, Decimal, Usage};
use serde::Deserialize;
use serde::de::{Deserializer, Error, Visitor};

use super::wire_text::WireText;
use crate::wire_amount::MicroAmount;

/// One event. Everything is optional: what is missing or null is simply not said.
#[derive(Debug, Deserialize)]
pub(crate) struct Chunk<'a> {
    #[serde(borrow, default)]
    pub(crate) id: Option<WireText<'a>>,
    #[serde(borrow, default)]
    pub(crate) choices: Option<Vec<Choice<'a>>>,
    #[serde(default)]
    pub(crate) usage: Option<WireUsage>,
    #[serde(default)]
    pub(crate) quota: Option<QuotaBlock>,
    #[serde(default)]
    pub(crate) error: Option<serde_json::Value>,
    #[serde(default)]
    pub(crate) detail: Option<serde_json::Value>,
}

/// One choice; this client asks for one and reads the first.
#[derive(Debug, Deserialize)]
pub(crate) struct Choice<'a> {
    #[serde(default)]
    pub(crate) index: Option<u32>,
    #[serde(borrow, default)]
    pub(crate) delta: Option<Delta<'a>>,
    /// A whole message instead of deltas: the server did not stream.
    #[serde(borrow, default)]
    pub(crate) message: Option<Delta<'a>>,
    #[serde(borrow, default)]
    pub(crate) finish_reason: Option<WireText<'a>>,
}

/// What was added to the message.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Delta<'a> {
    #[serde(borrow, default)]
    pub(crate) role: Option<WireText<'a>>,
    #[serde(borrow, default)]
    pub(crate) content: Option<WireText<'a>>,
    #[serde(borrow, default)]
    pub(crate) reasoning_content: Option<WireText<'a>>,
    #[serde(borrow, default)]
    pub(crate) reasoning: Option<WireText<'a>>,
    #[serde(borrow, default)]
    pub(crate) refusal: Option<WireText<'a>>,
}

impl<'a> Delta<'a> {
    /// The reasoning, which some servers send under both names at once.
    pub(crate) fn thought(&self) -> Option<&WireText<'a>> {
        [&self.reasoning_content, &self.reasoning]
            .into_iter()
            .flatten()
            .find(|text| !text.is_empty())
    }

    /// The answer, or the model's refusal, which is an answer too.
    pub(crate) fn answer(&self) -> Option<&WireText<'a>> {
        [&self.content, &self.refusal]
            .into_iter()
            .flatten()
            .find(|text| !text.is_empty())
    }
}

/// Token counts, and at some providers their price.
#[derive(Debug, Deserialize)]
pub(crate) struct WireUsage {
    #[serde(default)]
    prompt_tokens: Count,
    #[serde(default)]
    completion_tokens: Count,
    #[serde(default)]
    prompt_tokens_details: Option<InputDetails>,
    #[serde(default)]
    completion_tokens_details: Option<OutputDetails>,
    /// Dollars charged, where the provider says so in the stream.
    #[serde(default)]
    pub(crate) cost: Option<Decimal>,
}

#[derive(Debug, Deserialize)]
struct InputDetails {
    #[serde(default)]
    cached_tokens: Count,
}

#[derive(Debug, Deserialize)]
struct OutputDetails {
    #[serde(default)]
    reasoning_tokens: Count,
}

impl WireUsage {
    /// The counts in our own words.
    pub(crate) fn counts(&self) -> Usage {
        let cached = self.prompt_tokens_details.as_ref();
        let reasoning = self.completion_tokens_details.as_ref();
        Usage {
            input: self.prompt_tokens.0,
            cached: cached.map_or(0, |details| details.cached_tokens.0),
            output: self.completion_tokens.0,
            reasoning: reasoning.map_or(0, |details| details.reasoning_tokens.0),
        }
    }
}

/// What a turn did to the wallet, in millionths of a dollar; the last chunk of one dialect has it.
#[derive(Debug, Deserialize)]
pub(crate) struct QuotaBlock {
    #[serde(default)]
    credits_used: MicroAmount,
    #[serde(default)]
    balance_after: MicroAmount,
}

impl QuotaBlock {
    pub(crate) fn cost(&self, play_money: bool) -> Option<Amount> {
        self.credits_used.amount(play_money)
    }

    pub(crate) fn balance_after(&self, play_money: bool) -> Option<Amount> {
        self.balance_after.amount(play_money)
    }
}

/// A count that may come as an integer, a float or null.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Count(u64);

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CountVisitor).map(Self)
    }
}

struct CountVisitor;

impl Visitor<'_> for CountVisitor {
    type Value = u64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a count")
    }

    fn visit_u64<E: Error>(self, count: u64) -> Result<u64, E> {
        Ok(count)
    }

    fn visit_i64<E: Error>(self, count: i64) -> Result<u64, E> {
        Ok(u64::try_from(count).unwrap_or(0))
    }

    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // `as` saturates at 0 and u64::MAX
    fn visit_f64<E: Error>(self, count: f64) -> Result<u64, E> {
        Ok(count as u64)
    }

    fn visit_unit<E: Error>(self) -> Result<u64, E> {
        Ok(0)
    }
}
