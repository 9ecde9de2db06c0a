//! What a change of limits raises: what a person is asked about before it is done.

use money::Amount;

use super::guard::LimitName;
use super::limits::{LimitSet, Limits};
use crate::Tuppence;
use crate::account::AccountId;
use crate::failure::Failure;

/// Something of which more could be spent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Raise {
    /// A limit on one kind of money.
    Limit {
        /// Which.
        name: LimitName,
        /// What it is.
        from: Amount,
        /// What it would be; `None` takes it away.
        to: Option<Amount>,
    },
    /// What one account may spend in a month.
    Account {
        /// The account.
        id: AccountId,
        /// What it is.
        from: Amount,
        /// What it would be; `None` takes it away.
        to: Option<Amount>,
    },
    /// Models whose price is not known, which no limit holds.
    Unpriced,
}

impl Limits {
    /// What could be spent more of under these than under `before`; `is_play` tells an account's money.
    fn raises(&self, before: &Self, is_play: impl Fn(&AccountId) -> bool) -> Vec<Raise> {
        let mut raises = of_set(&before.dollars, &self.dollars, |micro| {
            Amount::Usd(money::MicroUsd(micro))
        });
        let play = |micro| Amount::Play(money::PlayMoney(micro));
        raises.extend(of_set(&before.play, &self.play, play));
        for (id, from) in &before.accounts {
            let amount = |micro| match is_play(id) {
                true => play(micro),
                false => Amount::Usd(money::MicroUsd(micro)),
            };
            let to = self.accounts.get(id).copied();
            if to.is_none_or(|to| to > *from) {
                raises.push(Raise::Account {
                    id: id.clone(),
                    from: amount(*from),
                    to: to.map(amount),
                });
            }
        }
        if self.unpriced_allowed && !before.unpriced_allowed {
            raises.push(Raise::Unpriced);
        }
        raises
    }
}

fn of_set(before: &LimitSet, after: &LimitSet, amount: impl Fn(i64) -> Amount) -> Vec<Raise> {
    [
        (LimitName::Message, before.message, after.message),
        (
            LimitName::Conversation,
            before.conversation,
            after.conversation,
        ),
        (LimitName::Day, before.day, after.day),
        (LimitName::Month, before.month, after.month),
    ]
    .into_iter()
    .filter_map(|(name, from, to)| {
        let from = from?;
        to.is_none_or(|to| to > from).then(|| Raise::Limit {
            name,
            from: amount(from),
            to: to.map(&amount),
        })
    })
    .collect()
}

impl Tuppence {
    /// What these limits would raise of those that hold now; empty where they can be set without asking.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn raises(&self, limits: &Limits) -> Result<Vec<Raise>, Failure> {
        let before = self.limits().await?;
        let accounts = self.accounts();
        let is_play = |id: &AccountId| {
            let known = accounts.iter().find(|it| it.record.id == *id);
            known.is_some_and(|it| it.record.play_money)
        };
        Ok(limits.raises(&before, is_play))
    }
}

#[cfg(test)]
mod tests {
    use money::{MicroUsd, PlayMoney};

    use super::*;

    /// Checklist 146.
    #[test]
    fn each_thing_that_is_raised_is_named_with_both_amounts() {
        let account = AccountId::from("a");
        let before = Limits {
            dollars: LimitSet {
                day: Some(5),
                month: Some(9),
                ..LimitSet::default()
            },
            accounts: [(account.clone(), 3)].into(),
            ..Limits::default()
        };
        let after = Limits {
            dollars: LimitSet {
                day: Some(6),
                month: Some(8),
                message: Some(1),
                ..LimitSet::default()
            },
            unpriced_allowed: true,
            ..Limits::default()
        };
        let usd = |micro| Amount::Usd(MicroUsd(micro));
        let day = Raise::Limit {
            name: LimitName::Day,
            from: usd(5),
            to: Some(usd(6)),
        };
        let gone = Raise::Account {
            id: account,
            from: Amount::Play(PlayMoney(3)),
            to: None,
        };
        assert_eq!(
            after.raises(&before, |_| true),
            [day, gone, Raise::Unpriced]
        );
        assert!(before.raises(&before, |_| true).is_empty());
        assert!(after.raise(&before), "as the store decides it");
    }
}
