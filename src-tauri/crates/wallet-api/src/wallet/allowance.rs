//! What an account may use beside its balance: a subscription's caps, and requests a day.

use std::time::SystemTime;

use money::{Amount, Decimal};
use serde::Deserialize;
use serde_json::Value;

use super::balance::ACCOUNT_BYTES;
use super::call::Api;
use super::wire_time;
use crate::error::ApiError;
use crate::profile::{WalletDialect, joined};
use crate::wire_amount::unit_amount;

/// The quota of every model that has none of its own.
const ANY_MODEL: &str = "*";

/// One allowance of an account. While one has something left, answers may cost the balance nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// Since when it counts.
    pub period: AllowancePeriod,
    /// What was used of it.
    pub used: Measure,
    /// The most that may be used, in the same measure; `None` where there is no such limit.
    pub limit: Option<Measure>,
    /// When it begins anew, where the provider says.
    pub resets_at: Option<SystemTime>,
    /// When this was read.
    pub as_of: SystemTime,
}

/// How long an allowance lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AllowancePeriod {
    /// A subscription's four hours.
    FourHours,
    /// A subscription's month.
    Month,
    /// A day's requests.
    Day,
}

/// What an allowance counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// What answers would have cost.
    Money(Amount),
    /// Requests. A part of one is counted whole.
    Requests(u64),
}

impl Measure {
    /// The figure alone, for comparisons within one measure.
    fn figure(self) -> i64 {
        match self {
            Self::Money(amount) => amount.micro(),
            Self::Requests(count) => i64::try_from(count).unwrap_or(i64::MAX),
        }
    }
}

impl Allowance {
    /// Whether nothing is left of it.
    #[must_use]
    pub fn is_used_up(&self) -> bool {
        self.limit
            .is_some_and(|limit| self.used.figure() >= limit.figure())
    }
}

/// Empty where the account has none, and where the dialect or the grant tells of none.
pub(super) async fn read(api: &Api) -> Result<Vec<Allowance>, ApiError> {
    if api.profile().wallet != WalletDialect::Chutes {
        return Ok(Vec::new());
    }
    let (subscription, quota) = tokio::join!(subscription(api), quota(api));
    let (subscription, quota) = (untold(subscription)?, untold(quota)?);
    Ok(subscription.into_iter().chain(quota).collect())
}

/// What the grant does not cover, or the provider does not have, is no allowance and no fault.
fn untold(outcome: Result<Vec<Allowance>, ApiError>) -> Result<Vec<Allowance>, ApiError> {
    match outcome {
        Err(
            ApiError::InsufficientScope { .. }
            | ApiError::Forbidden { .. }
            | ApiError::ProviderFailing {
                status: Some(404), ..
            },
        ) => Ok(Vec::new()),
        other => other,
    }
}

/// `GET /users/me/subscription_usage`; amounts are what the use would have cost in dollars.
#[derive(Deserialize)]
struct Subscription {
    #[serde(default)]
    subscription: bool,
    four_hour: Option<Window>,
    monthly: Option<Window>,
}

#[derive(Deserialize)]
struct Window {
    usage: Option<Decimal>,
    cap: Option<Decimal>,
    reset_at: Option<String>,
    #[serde(default)]
    uncapped: bool,
}

async fn subscription(api: &Api) -> Result<Vec<Allowance>, ApiError> {
    let url = joined(&api.profile().account_base, "users/me/subscription_usage");
    let answer: Subscription = api.get_json(&url, ACCOUNT_BYTES).await?;
    Ok(of_subscription(&answer, api.profile().play_money))
}

fn of_subscription(answer: &Subscription, play_money: bool) -> Vec<Allowance> {
    let windows = [
        (AllowancePeriod::FourHours, &answer.four_hour),
        (AllowancePeriod::Month, &answer.monthly),
    ];
    let of_window = |(period, window): (AllowancePeriod, &Option<Window>)| {
        let window = window.as_ref()?;
        let money = |units| unit_amount(units, play_money).map(Measure::Money);
        let limit = window.cap.and_then(money);
        // Half a window says nothing.
        let used = window.usage.and_then(money);
        (limit.is_some() || (window.uncapped && used.is_some())).then_some(())?;
        Some(Allowance {
            period,
            used: used?,
            limit,
            resets_at: window.reset_at.as_deref().and_then(wire_time::read),
            as_of: SystemTime::now(),
        })
    };
    match answer.subscription {
        true => windows.into_iter().filter_map(of_window).collect(),
        false => Vec::new(),
    }
}

/// `GET /users/me/quota_usage/{chute_id}`: `quota` is a number or `"unlimited"`.
#[derive(Deserialize)]
struct QuotaUsage {
    quota: Option<Value>,
    used: Option<Value>,
}

async fn quota(api: &Api) -> Result<Vec<Allowance>, ApiError> {
    let base = &api.profile().account_base;
    let quotas: Value = api
        .get_json(&joined(base, "users/me/quotas"), ACCOUNT_BYTES)
        .await?;
    if !has_default(&quotas) {
        return Ok(Vec::new());
    }
    let url = joined(base, &format!("users/me/quota_usage/{ANY_MODEL}"));
    let usage: QuotaUsage = api.get_json(&url, ACCOUNT_BYTES).await?;
    Ok(of_quota(&usage).into_iter().collect())
}

/// The quotas come as a list, or as an object by model whose zero is the default of everybody.
fn has_default(quotas: &Value) -> bool {
    match quotas {
        Value::Array(list) => list.iter().any(|quota| {
            let is_default = quota.get("is_default").and_then(Value::as_bool);
            let id = quota.get("chute_id").and_then(Value::as_str);
            is_default == Some(true) || id == Some(ANY_MODEL)
        }),
        Value::Object(by_model) => by_model
            .get(ANY_MODEL)
            .and_then(Value::as_f64)
            .is_some_and(|quota| quota > 0.0),
        _ => false,
    }
}

fn of_quota(usage: &QuotaUsage) -> Option<Allowance> {
    let limit = match usage.quota.as_ref()? {
        Value::String(text) if text == "unlimited" => None,
        // Nothing is given: that is no allowance.
        value => Some(whole(&value.to_string()).filter(|quota| *quota > 0)?),
    };
    Some(Allowance {
        period: AllowancePeriod::Day,
        used: Measure::Requests(whole(&usage.used.as_ref()?.to_string())?),
        limit: limit.map(Measure::Requests),
        resets_at: None,
        as_of: SystemTime::now(),
    })
}

/// Requests as a number: repeated ones may count in part.
fn whole(number: &str) -> Option<u64> {
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let whole: u64 = whole.parse().ok()?;
    let has_part = part.bytes().any(|digit| digit != b'0');
    Some(whole + u64::from(has_part))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use money::MicroUsd;

    use super::*;

    fn subscription(json: &str) -> Vec<Allowance> {
        of_subscription(&serde_json::from_str(json).unwrap(), false)
    }

    fn usd(micro: i64) -> Measure {
        Measure::Money(Amount::Usd(MicroUsd(micro)))
    }

    #[test]
    fn a_subscription_has_its_windows_with_what_is_used_of_them() {
        let found = subscription(
            r#"{"subscription":true,"custom":false,"monthly_price":10.0,"anchor_date":"2026-11-01T00:00:00",
                "four_hour":{"usage":0.25,"cap":0.83,"remaining":0.58,"reset_at":"2026-11-21T12:00:00"},
                "monthly":{"usage":12.5,"cap":50.0,"remaining":37.5,"reset_at":"2026-12-01T00:00:00Z"}}"#,
        );
        assert_eq!(
            (found[0].period, found[0].used, found[0].limit),
            (AllowancePeriod::FourHours, usd(250_000), Some(usd(830_000)))
        );
        assert_eq!(found[1].period, AllowancePeriod::Month);
        let resets = found[1].resets_at.unwrap();
        assert_eq!(
            resets
                .duration_since(SystemTime::UNIX_EPOCH)
                .unwrap()
                .as_secs(),
            1_796_083_200
        );
        assert!(found.iter().all(|it| !it.is_used_up()));
    }

    #[test]
    fn a_month_without_a_cap_is_no_cap_of_zero_and_no_subscription_is_nothing() {
        let found = subscription(
            r#"{"subscription":true,"four_hour":{"usage":1,"cap":1,"remaining":0,"reset_at":null},
                "monthly":{"uncapped":true}}"#,
        );
        assert_eq!(found.len(), 1, "of the month nothing is told");
        assert!(found[0].is_used_up());
        assert_eq!(subscription(r#"{"subscription":false}"#), []);
        assert_eq!(subscription(r#"{"subscription":true}"#), []);
    }

    #[test]
    fn quotas_come_as_a_list_or_an_object() {
        let told = |json: &str| has_default(&serde_json::from_str(json).unwrap());
        assert!(told(r#"[{"chute_id":"*","quota":300,"is_default":false}]"#));
        assert!(told(r#"[{"chute_id":"x","quota":300,"is_default":true}]"#));
        assert!(!told(r#"[{"chute_id":"x","quota":300}]"#));
        assert!(told(r#"{"*":300}"#));
        assert!(!told(r#"{"*":0}"#));
        assert!(!told("{}"));
        assert!(!told("null"));
    }

    #[test]
    fn requests_are_counted_whole() {
        let quota = |json: &str| of_quota(&serde_json::from_str(json).unwrap());
        let found = quota(r#"{"quota":300,"used":12.1}"#).unwrap();
        assert_eq!(
            (found.used, found.limit),
            (Measure::Requests(13), Some(Measure::Requests(300)))
        );
        let unlimited = quota(r#"{"quota":"unlimited","used":12.0}"#).unwrap();
        assert_eq!(
            (unlimited.used, unlimited.limit),
            (Measure::Requests(12), None)
        );
        assert_eq!(quota(r#"{"quota":0,"used":0}"#), None);
        assert_eq!(quota("{}"), None);
    }

    /// Checklist 149.
    #[test]
    fn play_money_stays_play_money() {
        let json = r#"{"subscription":true,"four_hour":{"usage":1,"cap":2}}"#;
        let found = of_subscription(&serde_json::from_str(json).unwrap(), true);
        assert!(matches!(found[0].used, Measure::Money(amount) if amount.is_play()));
    }
}
