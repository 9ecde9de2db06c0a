//! The limits that a person sets, and the rule that they are raised only by a confirmation.

use std::collections::BTreeMap;

use conversations::MoneyKind;
use serde::{Deserialize, Serialize};

use crate::account::AccountId;
use crate::event::CoreEvent;
use crate::failure::{Failure, FailureKind};
use crate::{Tuppence, setting};

/// Where the limits are kept: the guard reads them where it holds money, in the same transaction.
pub(crate) const LIMITS: &str = "spending-limits";

/// Limits on one kind of money, each in millionths; `None` is no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LimitSet {
    /// One answer.
    pub message: Option<i64>,
    /// One conversation, all its answers.
    pub conversation: Option<i64>,
    /// One day, by this device's clock and time zone.
    pub day: Option<i64>,
    /// One calendar month, likewise.
    pub month: Option<i64>,
}

/// All limits. Dollars and play money have their own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// On dollars.
    pub dollars: LimitSet,
    /// On play money.
    pub play: LimitSet,
    /// What one account may spend in a calendar month, in millionths of its kind of money.
    pub accounts: BTreeMap<AccountId, i64>,
    /// A model whose price is not known may be used although there are limits, which cannot hold it.
    pub unpriced_allowed: bool,
}

/// The person said yes to raising a limit, having seen which and how far. Made where they said it.
#[derive(Debug)]
pub struct Confirmed(());

impl Confirmed {
    /// Only after asking.
    #[must_use]
    pub fn by_the_person() -> Self {
        Self(())
    }
}

impl Limits {
    /// Those on one kind of money.
    #[must_use]
    pub fn of(&self, kind: MoneyKind) -> &LimitSet {
        match kind {
            MoneyKind::Usd => &self.dollars,
            MoneyKind::Play => &self.play,
        }
    }

    /// Whether more could be spent under these than under `before`.
    #[must_use]
    pub fn raise(&self, before: &Self) -> bool {
        let account = |limits: &Self, id| limits.accounts.get(id).copied();
        let accounts = before.accounts.keys();
        self.dollars.raise(&before.dollars)
            || self.play.raise(&before.play)
            || accounts
                .into_iter()
                .any(|id| raised(account(before, id), account(self, id)))
            || (self.unpriced_allowed && !before.unpriced_allowed)
    }

    fn is_sensible(&self) -> bool {
        let sets = [self.dollars, self.play];
        let amounts = sets.iter().flat_map(LimitSet::amounts);
        amounts
            .flatten()
            .chain(self.accounts.values().copied())
            .all(|micro| micro >= 0)
    }
}

impl LimitSet {
    fn amounts(&self) -> [Option<i64>; 4] {
        [self.message, self.conversation, self.day, self.month]
    }

    fn raise(&self, before: &Self) -> bool {
        let pairs = before.amounts().into_iter().zip(self.amounts());
        pairs
            .into_iter()
            .any(|(before, after)| raised(before, after))
    }
}

/// Taking a limit away raises it; setting one where there was none lowers it.
fn raised(before: Option<i64>, after: Option<i64>) -> bool {
    match (before, after) {
        (Some(before), Some(after)) => after > before,
        (Some(_), None) => true,
        (None, _) => false,
    }
}

/// The limits as stored; what cannot be read is told from what was never set.
pub(super) fn read(json: Option<&str>) -> Result<Limits, serde_json::Error> {
    json.map_or_else(|| Ok(Limits::default()), serde_json::from_str)
}

impl Tuppence {
    /// The limits that hold now, set here or by another process.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn limits(&self) -> Result<Limits, Failure> {
        Ok(setting(&self.inner.store, LIMITS)
            .await?
            .unwrap_or_default())
    }

    /// Sets the limits. They hold from the next answer on, for every process that shares the data
    /// directory; answers under way keep what they hold.
    ///
    /// # Errors
    /// [`FailureKind::ConfirmationNeeded`] where anything is raised without being [`Confirmed`],
    /// [`FailureKind::RequestRejected`] for a limit below zero, those of the store.
    pub async fn set_limits(
        &self,
        limits: Limits,
        confirmed: Option<Confirmed>,
    ) -> Result<(), Failure> {
        if !limits.is_sensible() {
            let what = "a limit cannot be below zero";
            return Err(Failure::lasting(FailureKind::RequestRejected, what));
        }
        let json = serde_json::to_string(&limits).map_err(Failure::internal)?;
        let changed = self
            .with_store(move |store| {
                store.change_setting(LIMITS, |stored| {
                    // One that cannot be read may have been lower.
                    let raises = read(stored).map_or(true, |before| limits.raise(&before));
                    if raises && confirmed.is_none() {
                        let what = "this raises a limit, which you have to confirm";
                        return Err(Failure::lasting(FailureKind::ConfirmationNeeded, what));
                    }
                    Ok(json)
                })
            })
            .await?;
        changed?;
        self.emit(CoreEvent::Changed);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(micro: Option<i64>) -> Limits {
        Limits {
            dollars: LimitSet {
                day: micro,
                ..LimitSet::default()
            },
            ..Limits::default()
        }
    }

    /// Checklist 146.
    #[test]
    fn more_and_none_raise_a_limit_less_and_a_first_one_do_not() {
        let raise = |before, after| day(after).raise(&day(before));
        assert!(raise(Some(5), Some(6)));
        assert!(raise(Some(5), None));
        assert!(!raise(Some(5), Some(5)));
        assert!(!raise(Some(5), Some(0)));
        assert!(!raise(None, Some(5)));
        assert!(!raise(None, None));
    }

    /// Checklist 146.
    #[test]
    fn each_limit_is_looked_at_by_itself() {
        let account = AccountId::from("a");
        let before = Limits {
            accounts: [(account.clone(), 5)].into(),
            ..day(Some(5))
        };
        assert!(day(Some(1)).raise(&before), "the account's limit is gone");
        let allows = Limits {
            unpriced_allowed: true,
            ..before.clone()
        };
        assert!(allows.raise(&before));
        assert!(!before.raise(&allows));
        let mut play = before.clone();
        play.play.message = Some(1);
        assert!(before.raise(&play));
    }

    #[test]
    fn limits_of_an_older_version_are_read_with_what_they_had() {
        let limits = read(Some(r#"{"dollars":{"day":7}}"#)).ok();
        assert_eq!(limits, Some(day(Some(7))));
    }
}
