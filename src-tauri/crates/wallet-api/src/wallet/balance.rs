//! What is in the wallet.

use std::time::SystemTime;

use money::{Amount, Decimal};
use serde::Deserialize;
use serde_json::Value;

use super::call::Api;
use super::key::{self, KeyCap};
use crate::error::ApiError;
use crate::profile::{WalletDialect, joined};
use crate::wire_amount::{MicroAmount, unit_amount};

/// Most bytes of an account answer.
pub(super) const ACCOUNT_BYTES: u64 = 1 << 20;

/// The state of a wallet. Only `Known` says what is there; none of the others is a zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Balance {
    /// Known as of a moment. The amount may be negative.
    Known {
        /// How much.
        amount: Amount,
        /// When it was read.
        as_of: SystemTime,
    },
    /// What is there cannot be read, but what this app's key may spend of it.
    KeyCap(KeyCap),
    /// No wallet is linked to this app yet.
    NotLinked,
    /// The provider has no wallet to read, or does not let this app read it.
    NotReadable,
    /// There is no limit.
    Unlimited,
    /// The provider did not say.
    Unknown,
}

pub(super) async fn read(api: &Api) -> Result<Balance, ApiError> {
    let profile = api.profile();
    let answer = match profile.wallet {
        WalletDialect::Quota => {
            let url = joined(&profile.api_base, "balance");
            api.get_json(&url, ACCOUNT_BYTES)
                .await
                .map(|answer| of_quota(&answer, profile.play_money))
        }
        WalletDialect::Chutes => {
            let url = joined(&profile.account_base, "users/me");
            api.get_json(&url, ACCOUNT_BYTES)
                .await
                .map(|answer| of_chutes(&answer, profile.play_money))
        }
        WalletDialect::KeyCap => {
            let cap = key::facts(api).await.map(|it| it.cap(profile.play_money));
            cap.map(|cap| cap.map_or(Balance::Unknown, Balance::KeyCap))
        }
        WalletDialect::None => Ok(Balance::NotReadable),
    };
    match answer {
        Err(
            ApiError::InsufficientScope { .. }
            | ApiError::Forbidden { .. }
            | ApiError::ProviderFailing {
                status: Some(404), ..
            },
        ) => Ok(Balance::NotReadable),
        other => other,
    }
}

/// Millionths of a dollar in `balance`; where that is a text in dollars, in `balance_microdollars`.
#[derive(Deserialize)]
struct QuotaBalance {
    #[serde(default = "absent")]
    balance: Value,
    #[serde(default)]
    balance_microdollars: MicroAmount,
}

/// A member that is not there, which is not the same as `null`.
fn absent() -> Value {
    Value::Bool(false)
}

fn of_quota(answer: &QuotaBalance, play_money: bool) -> Balance {
    if let Some(amount) = answer.balance_microdollars.amount(play_money) {
        return known(amount);
    }
    match &answer.balance {
        Value::Null => Balance::NotLinked,
        Value::String(text) if text == "unlimited" => Balance::Unlimited,
        value => {
            let micro = MicroAmount::deserialize(value).unwrap_or_default();
            micro.amount(play_money).map_or(Balance::Unknown, known)
        }
    }
}

/// Dollars; the other members, a payment address among them, are not read.
#[derive(Deserialize)]
struct ChutesAccount {
    #[serde(default)]
    balance: Option<Decimal>,
}

fn of_chutes(answer: &ChutesAccount, play_money: bool) -> Balance {
    let amount = answer
        .balance
        .and_then(|dollars| unit_amount(dollars, play_money));
    amount.map_or(Balance::Unknown, known)
}

fn known(amount: Amount) -> Balance {
    Balance::Known {
        amount,
        as_of: SystemTime::now(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use money::{MicroUsd, PlayMoney};

    use super::*;

    fn amount(balance: Balance) -> Result<Amount, Balance> {
        match balance {
            Balance::Known { amount, .. } => Ok(amount),
            other => Err(other),
        }
    }

    #[test]
    fn every_generation_of_a_micro_balance_is_read() {
        let read = |json| amount(of_quota(&serde_json::from_str(json).unwrap(), false));
        let usd = |micro| Ok(Amount::Usd(MicroUsd(micro)));
        assert_eq!(
            read(r#"{"wallet":"oauth_user","balance":4180000,"plan":"free"}"#),
            usd(4_180_000)
        );
        assert_eq!(read(r#"{"balance":-20}"#), usd(-20));
        assert_eq!(
            read(r#"{"balance":"$98.50","balance_microdollars":98499999}"#),
            usd(98_499_999)
        );
        assert_eq!(read(r#"{"balance":"$98.50"}"#), usd(98_500_000));
        assert_eq!(read(r#"{"balance":null}"#), Err(Balance::NotLinked));
        assert_eq!(read(r#"{"balance":"unlimited"}"#), Err(Balance::Unlimited));
        assert_eq!(read(r#"{"plan":"free"}"#), Err(Balance::Unknown));
        assert_eq!(read(r#"{"balance":{}}"#), Err(Balance::Unknown));
    }

    #[test]
    fn dollars_are_read_exactly_and_may_be_negative_or_missing() {
        let read = |json| amount(of_chutes(&serde_json::from_str(json).unwrap(), false));
        assert_eq!(
            read(r#"{"balance":12.3456789,"username":"a"}"#),
            Ok(Amount::Usd(MicroUsd(12_345_679)))
        );
        assert_eq!(
            read(r#"{"balance":-0.02}"#),
            Ok(Amount::Usd(MicroUsd(-20_000)))
        );
        assert_eq!(read(r#"{"balance":null}"#), Err(Balance::Unknown));
        assert_eq!(read("{}"), Err(Balance::Unknown));
    }

    /// Checklist 149.
    #[test]
    fn play_money_stays_play_money() {
        let quota = of_quota(&serde_json::from_str(r#"{"balance":5}"#).unwrap(), true);
        assert_eq!(amount(quota), Ok(Amount::Play(PlayMoney(5))));
    }
}
