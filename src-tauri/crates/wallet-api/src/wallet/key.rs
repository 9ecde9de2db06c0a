//! What the provider says of a key.

use std::time::SystemTime;

use money::{Amount, Decimal};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::balance::ACCOUNT_BYTES;
use super::call::Api;
use crate::error::ApiError;
use crate::profile::{LimitReset, joined};
use crate::wire_amount::unit_amount;

/// What one key may spend and has spent. It is no balance: the account behind the key may hold more,
/// or less. With a limit, show "Cap: {used} of {limit} used"; without one, "{spent} spent, no cap".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyCap {
    /// What the key has spent in its whole life.
    pub spent: Amount,
    /// The most that it may spend, if there is such a limit.
    pub limit: Option<SpendingLimit>,
    /// When the key ends, if it does.
    pub ends_at: Option<SystemTime>,
    /// When this was read.
    pub as_of: SystemTime,
}

/// A limit on what a key may spend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpendingLimit {
    /// The limit.
    pub amount: Amount,
    /// How much of it was used since it last began anew.
    pub used: Amount,
    /// How often it begins anew.
    pub resets: LimitReset,
}

impl SpendingLimit {
    /// Whether nothing more can be spent until it begins anew or is raised.
    #[must_use]
    pub fn is_reached(&self) -> bool {
        self.used.micro() >= self.amount.micro()
    }
}

/// `GET {api_base}/key`.
#[derive(Deserialize)]
struct Answer {
    data: Facts,
}

/// Amounts are dollars; a limit of `null` is none.
#[derive(Deserialize)]
pub(super) struct Facts {
    /// The key, masked by the provider, or a name that the person gave it.
    pub(super) label: Option<String>,
    pub(super) creator_user_id: Option<String>,
    limit: Option<Decimal>,
    limit_remaining: Option<Decimal>,
    limit_reset: Option<String>,
    usage: Option<Decimal>,
    expires_at: Option<String>,
}

pub(super) async fn facts(api: &Api) -> Result<Facts, ApiError> {
    let url = joined(&api.profile().api_base, "key");
    let answer: Answer = api.get_json(&url, ACCOUNT_BYTES).await?;
    Ok(answer.data)
}

/// SHA-256 of the key in hexadecimal digits: names it without giving it away.
pub(super) async fn fingerprint(api: &Api) -> Result<String, ApiError> {
    let key = api.access_token().await?;
    let digest = Sha256::digest(key.expose().as_bytes());
    Ok(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}

impl Facts {
    /// `None` where the provider does not say what was spent, or in amounts that cannot be.
    pub(super) fn cap(&self, play_money: bool) -> Option<KeyCap> {
        let amount = |dollars| unit_amount(dollars, play_money);
        let limit = match self.limit {
            Some(limit) => {
                let (limit, left) = (amount(limit)?, amount(self.limit_remaining?)?);
                Some(SpendingLimit {
                    amount: limit,
                    used: limit.checked_sub(left).ok()?,
                    resets: LimitReset::of_word(self.limit_reset.as_deref()),
                })
            }
            None => None,
        };
        let ends_at = self.expires_at.as_deref();
        let ends_at = ends_at.and_then(|text| OffsetDateTime::parse(text, &Rfc3339).ok());
        Some(KeyCap {
            spent: amount(self.usage?)?,
            limit,
            ends_at: ends_at.map(SystemTime::from),
            as_of: SystemTime::now(),
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use money::MicroUsd;

    use super::*;

    fn cap(json: &str) -> Option<KeyCap> {
        let answer: Answer = serde_json::from_str(json).unwrap();
        answer.data.cap(false)
    }

    fn usd(micro: i64) -> Amount {
        Amount::Usd(MicroUsd(micro))
    }

    #[test]
    fn no_limit_is_not_a_limit_of_zero() {
        let cap = cap(
            r#"{"data":{"label":"sk-or-v1-0e6...1c9","limit":null,"limit_remaining":null,"usage":1.25,
                "usage_daily":0.5,"is_free_tier":false,"creator_user_id":"user_1","expires_at":null}}"#,
        );
        let cap = cap.unwrap();
        assert_eq!(
            (cap.spent, cap.limit, cap.ends_at),
            (usd(1_250_000), None, None)
        );
    }

    #[test]
    fn what_is_used_of_a_limit_is_since_it_last_began_anew() {
        let cap = cap(
            r#"{"data":{"limit":10,"limit_remaining":6.8,"limit_reset":"daily","usage":123.4567891,
                "expires_at":"2027-01-15T08:00:00Z"}}"#,
        );
        let cap = cap.unwrap();
        let limit = cap.limit.unwrap();
        assert_eq!(
            (limit.amount, limit.used),
            (usd(10_000_000), usd(3_200_000))
        );
        assert_eq!(
            (limit.resets, limit.is_reached()),
            (LimitReset::Daily, false)
        );
        assert_eq!(cap.spent, usd(123_456_789));
        assert!(cap.ends_at.is_some());
    }

    #[test]
    fn a_limit_that_is_reached_or_passed_says_so_and_half_an_answer_is_none() {
        let reached = |left: &str| {
            let json = format!(r#"{{"data":{{"limit":1,"limit_remaining":{left},"usage":1}}}}"#);
            cap(&json)
                .and_then(|cap| cap.limit)
                .map(|limit| limit.is_reached())
        };
        assert_eq!(reached("0"), Some(true));
        assert_eq!(reached("-0.01"), Some(true));
        assert_eq!(reached("0.000001"), Some(false));
        assert_eq!(reached("null"), None);
        assert_eq!(cap(r#"{"data":{}}"#), None);
    }
}
