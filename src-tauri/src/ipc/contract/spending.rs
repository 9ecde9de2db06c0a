//! What was spent, what a message would cost, and the limits on both.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{AmountView, CostView};

/// What a draft would cost with one model. Both ends are estimates.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PromptCostView {
    /// The model's id.
    pub model_id: String,
    /// With a short answer; `null` where the model has no known price.
    pub low: Option<AmountView>,
    /// With a long answer.
    pub high: Option<AmountView>,
}

/// What to add up by.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SpendingBy {
    /// Days in this device's time zone, `2026-11-21`.
    Day,
    /// Months, `2026-11`.
    Month,
    /// Models by id.
    Model,
    /// Accounts by id.
    Account,
    /// Conversations by id.
    Conversation,
    /// What was paid for: `answer`, `summary`, `title`.
    Purpose,
}

/// Which receipts to add up.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SpendingParams {
    /// How to group them.
    pub by: SpendingBy,
    /// Only this account's.
    pub account_id: Option<String>,
}

/// Receipts added up. Dollars and play money have sums of their own.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SpendingView {
    /// Of all groups.
    pub total: TotalsView,
    /// By group, in ascending order of its name.
    pub groups: Vec<SpendingGroupView>,
}

/// A group's sums.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SpendingGroupView {
    /// A day, a month or an id, as asked for.
    pub name: String,
    /// The title, where it is a conversation that is still here.
    pub title: Option<String>,
    /// What its receipts add up to.
    pub totals: TotalsView,
}

/// What receipts add up to.
#[derive(Clone, Copy, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TotalsView {
    /// Dollars, labelled as the least known part.
    pub usd: Option<CostView>,
    /// Play money, likewise.
    pub play: Option<CostView>,
    /// How many answers.
    #[ts(type = "number")]
    pub answers: u64,
    /// How many of them have no known cost: the sums leave them out.
    #[ts(type = "number")]
    pub unpriced: u64,
}

/// What an account's provider took, against what the receipts explain, for one kind of money.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReconciliationView {
    /// From when (RFC 3339).
    pub from: String,
    /// Until when (RFC 3339).
    pub to: String,
    /// By how much the balance went down, money that came in left out.
    pub taken: AmountView,
    /// What receipts say.
    pub explained: AmountView,
    /// Money that came in.
    pub added: AmountView,
    /// What no receipt explains.
    pub unexplained: AmountView,
    /// What receipts say and the provider has not taken yet.
    pub unbilled: AmountView,
    /// Where what is not explained comes from, oldest first.
    pub differences: Vec<DifferenceView>,
}

/// What no receipt explains of one stretch of time.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DifferenceView {
    /// The reading of the balance before (RFC 3339).
    pub from: String,
    /// The one after (RFC 3339).
    pub to: String,
    /// How much.
    pub amount: AmountView,
}

/// A day (UTC) in the provider's books, beside the receipts of that day.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BilledDayView {
    /// Its midnight (RFC 3339).
    pub day: String,
    /// What the provider billed.
    pub billed: AmountView,
    /// For how many requests.
    #[ts(type = "number")]
    pub requests: u64,
    /// What the receipts say.
    pub explained: AmountView,
    /// For how many answers.
    #[ts(type = "number")]
    pub answers: u64,
}

/// What kind of file the ledger becomes.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum LedgerFormatView {
    /// For spreadsheets.
    Csv,
    /// For scripts.
    Json,
}

/// Limits on one kind of money in its millionths; `null` is no limit.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LimitSetView {
    /// One answer.
    #[ts(type = "number | null")]
    pub message: Option<i64>,
    /// One conversation.
    #[ts(type = "number | null")]
    pub conversation: Option<i64>,
    /// One day.
    #[ts(type = "number | null")]
    pub day: Option<i64>,
    /// One calendar month.
    #[ts(type = "number | null")]
    pub month: Option<i64>,
}

/// What one account may spend in a calendar month.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AccountLimitView {
    /// The account.
    pub account_id: String,
    /// Millionths of its kind of money.
    #[ts(type = "number")]
    pub micro: i64,
}

/// All limits.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LimitsView {
    /// On dollars.
    pub usd: LimitSetView,
    /// On play money.
    pub play: LimitSetView,
    /// On accounts.
    pub accounts: Vec<AccountLimitView>,
    /// Models whose price is not known may be used although there are limits.
    pub unpriced_allowed: bool,
}

/// The limits, and what counts against them: upper bounds where a provider did not say what it charged.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LimitsStateView {
    /// The limits.
    pub limits: LimitsView,
    /// Dollars today.
    pub usd_day: AmountView,
    /// Dollars this month.
    pub usd_month: AmountView,
    /// Play money today.
    pub play_day: AmountView,
    /// Play money this month.
    pub play_month: AmountView,
    /// This month by account.
    pub accounts: Vec<AccountSpentView>,
    /// When the day ends (RFC 3339).
    pub day_ends: String,
    /// When the month ends (RFC 3339).
    pub month_ends: String,
}

/// What counts against one account's limit.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AccountSpentView {
    /// The account.
    pub account_id: String,
    /// This month.
    pub month: AmountView,
}

/// Which limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum LimitNameView {
    /// On one answer.
    Message,
    /// On one conversation.
    Conversation,
    /// On one day.
    Day,
    /// On one month.
    Month,
    /// On one account in a month.
    Account,
}

/// A limit of the person's that kept a message from being sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LimitReachedView {
    /// Which.
    pub limit: LimitNameView,
    /// How much it is.
    pub amount: AmountView,
    /// What counts against it.
    pub counted: AmountView,
    /// The part of that which other answers under way hold.
    pub held: AmountView,
    /// When it begins anew (RFC 3339), if it does.
    pub resets_at: Option<String>,
}

/// Why an answer may be shorter than its model could make it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum LoweredByView {
    /// The wallet does not cover more.
    Wallet,
    /// The limit on one answer.
    Message,
    /// The limit on the conversation.
    Conversation,
    /// The limit of the day.
    Day,
    /// The limit of the month.
    Month,
    /// The account's limit.
    Account,
    /// The person asked for a shorter answer.
    Asked,
}
