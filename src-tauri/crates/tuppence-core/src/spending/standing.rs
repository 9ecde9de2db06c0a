//! The limits with what counts against each, for a screen that shows them.

use std::time::SystemTime;

use conversations::MoneyKind;
use money::Amount;

use super::limits::Limits;
use crate::Tuppence;
use crate::account::AccountId;
use crate::failure::Failure;

/// What counts against limits, in millionths of one kind of money: upper bounds where a provider did
/// not say what it charged, and all that answers under way may cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spent {
    /// Today.
    pub day: i64,
    /// This month.
    pub month: i64,
}

/// All limits with where they stand.
#[derive(Clone, Debug)]
pub struct LimitsState {
    /// The limits.
    pub limits: Limits,
    /// Dollars.
    pub dollars: Spent,
    /// Play money.
    pub play: Spent,
    /// This month by account, each in its kind of money.
    pub accounts: Vec<(AccountId, Amount)>,
    /// When the day ends.
    pub day_ends: SystemTime,
    /// When the month ends.
    pub month_ends: SystemTime,
}

impl Tuppence {
    /// The limits, and what counts against them now.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn limits_state(&self) -> Result<LimitsState, Failure> {
        let limits = self.limits().await?;
        let accounts: Vec<_> = self
            .accounts()
            .into_iter()
            .map(|account| (account.record.id, account.record.play_money))
            .collect();
        self.with_store(move |store| {
            let of = |kind| {
                store.standing(kind, "", "").map(|standing| Spent {
                    day: standing.day,
                    month: standing.month,
                })
            };
            let mut by_account = Vec::new();
            for (id, play) in accounts {
                let kind = if play {
                    MoneyKind::Play
                } else {
                    MoneyKind::Usd
                };
                let spent = store.standing(kind, "", id.as_str())?.account;
                by_account.push((id, kind.amount(spent)));
            }
            let (day_ends, month_ends) = store.limit_periods_end()?;
            Ok(LimitsState {
                limits,
                dollars: of(MoneyKind::Usd)?,
                play: of(MoneyKind::Play)?,
                accounts: by_account,
                day_ends,
                month_ends,
            })
        })
        .await
    }
}
