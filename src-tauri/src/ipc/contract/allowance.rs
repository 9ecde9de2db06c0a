//! What an account may use beside its balance.

use serde::Serialize;
use ts_rs::TS;

use super::AmountView;

/// One allowance: a subscription's four hours or month, or a day's requests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AllowanceView {
    /// Since when it counts.
    pub period: AllowancePeriodView,
    /// What was used of it.
    pub used: MeasureView,
    /// The most that may be used; `null` where there is no such limit.
    pub limit: Option<MeasureView>,
    /// When it begins anew (RFC 3339), where the provider says.
    pub resets_at: Option<String>,
    /// When this was read (RFC 3339).
    pub as_of: String,
}

/// How long an allowance lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum AllowancePeriodView {
    /// A subscription's four hours.
    FourHours,
    /// A subscription's month.
    Month,
    /// A day's requests.
    Day,
}

/// What an allowance counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum MeasureView {
    /// What answers would have cost.
    Money {
        /// How much.
        amount: AmountView,
    },
    /// Requests.
    Requests {
        /// How many.
        #[ts(type = "number")]
        count: u64,
    },
}
