//! Amounts, balances, models and their prices.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An amount of money, or of play money; whole millionths of a dollar (or play dollar).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum AmountView {
    /// Real money.
    Usd {
        /// Millionths of a US dollar.
        #[ts(type = "number")]
        micro: i64,
    },
    /// Play money.
    Play {
        /// Millionths of a play dollar.
        #[ts(type = "number")]
        micro: i64,
    },
}

/// How an amount came to be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum AmountLabel {
    /// The provider said so.
    Reported,
    /// Reported usage times the price snapshot.
    Computed,
    /// Counted here, as the provider reported no usage.
    Estimate,
}

/// A cost with its label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CostView {
    /// How much.
    pub amount: AmountView,
    /// How it is known.
    pub label: AmountLabel,
}

/// A wallet's balance.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum BalanceView {
    /// Known as of a moment.
    Known {
        /// How much; may be negative.
        amount: AmountView,
        /// RFC 3339.
        as_of: String,
        /// The last attempt to read it again failed: this is the last known one.
        stale: bool,
    },
    /// What is there cannot be read, but what this app's key may spend of it. Not to be shown as a
    /// balance.
    KeyCap {
        /// All that the key ever spent.
        spent: AmountView,
        /// What it may spend, where there is a limit.
        limit: Option<KeyLimitView>,
        /// When the key ends, if it does; RFC 3339.
        ends_at: Option<String>,
        /// RFC 3339.
        as_of: String,
        /// The last attempt to read it again failed: this is the last known one.
        stale: bool,
    },
    /// No wallet is linked to this app yet. This is no zero.
    NotLinked,
    /// The provider or the granted scopes do not let this app read it.
    NotReadable,
    /// There is no limit.
    Unlimited,
    /// Not known yet.
    Unknown,
}

/// A limit on what a key may spend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KeyLimitView {
    /// The limit.
    pub amount: AmountView,
    /// How much of it was used since it last began anew.
    pub used: AmountView,
    /// How often it begins anew.
    pub resets: LimitResetView,
}

/// How often a limit begins anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum LimitResetView {
    /// Never.
    Never,
    /// Each day.
    Daily,
    /// Each week.
    Weekly,
    /// Each month.
    Monthly,
    /// In a way that the app does not know.
    Otherwise,
}

/// A model that can answer, with its live price.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ModelView {
    /// The id to send.
    pub id: String,
    /// Price of input, per million tokens.
    pub input_price: Option<AmountView>,
    /// Price of output, per million tokens.
    pub output_price: Option<AmountView>,
    /// Context length in tokens.
    pub context_length: Option<u32>,
    /// What goes in: `text`, `image`, …
    pub input_modalities: Vec<String>,
    /// `tools`, `reasoning`, …
    pub features: Vec<String>,
}

/// Tokens of one turn, as the provider counted them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UsageView {
    /// Tokens in.
    pub input_tokens: u32,
    /// Of which read from a cache.
    pub cached_tokens: u32,
    /// Tokens out, reasoning included.
    pub output_tokens: u32,
    /// Of which reasoning.
    pub reasoning_tokens: u32,
}
