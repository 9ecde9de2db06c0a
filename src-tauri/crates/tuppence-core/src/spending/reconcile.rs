//! What a provider took, against what the receipts explain.

use std::time::SystemTime;

use conversations::{BalanceChange, Losses, MoneyKind, QuietMoment};
use money::Amount;
use wallet_api::Balance;

use crate::Tuppence;
use crate::account::AccountId;
use crate::event::CoreEvent;
use crate::failure::Failure;

/// An account's balance from its first reading to its last, explained as far as it can be.
///
/// `taken - added = explained + unexplained - unbilled` up to what another app of the same wallet did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reconciliation {
    /// The first reading.
    pub from: SystemTime,
    /// The last reading.
    pub to: SystemTime,
    /// By how much the balance went down, money that came in left out.
    pub taken: Amount,
    /// What the receipts say.
    pub explained: Amount,
    /// Money that came in.
    pub added: Amount,
    /// What no receipt explains: another app of the same wallet, an answer that was estimated too low,
    /// or one that was paid for and never came. Negative where receipts say more than was taken.
    pub unexplained: Amount,
    /// What receipts say and the provider has not taken yet; some bill late.
    pub unbilled: Amount,
    /// Where `unexplained` comes from, oldest first.
    pub differences: Vec<Difference>,
}

/// What no receipt explains of one stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The reading of the balance before.
    pub from: SystemTime,
    /// The one after.
    pub to: SystemTime,
    /// How much.
    pub amount: Amount,
}

impl Tuppence {
    /// The books before a balance is read, if no answer of the account is under way.
    pub(crate) async fn quiet_moment(&self, account: &AccountId) -> Option<QuietMoment> {
        let id = account.clone();
        let quiet = self.with_store(move |store| store.quiet_moment(id.as_str()));
        quiet.await.ok().flatten()
    }

    /// Keeps a balance that can be set against the receipts. One that cannot be stored is missing from
    /// a comparison, and from nothing else.
    pub(crate) async fn keep_reading(
        &self,
        account: &AccountId,
        balance: Balance,
        quiet: Option<QuietMoment>,
    ) {
        if let (Balance::Known { amount, .. }, Some(quiet)) = (balance, quiet) {
            let id = account.clone();
            let kept = self.with_store(move |store| {
                if store.add_balance_reading(id.as_str(), amount, quiet)? {
                    return store.attribute_loss(id.as_str());
                }
                Ok(None)
            });
            if let Ok(Some(message_id)) = kept.await {
                self.loss_found(&message_id).await;
            }
        }
    }

    /// What was paid for and never came, of one account or of all.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn losses(&self, account: Option<&AccountId>) -> Result<Vec<Losses>, Failure> {
        let account = account.cloned();
        self.with_store(move |store| store.losses(account.as_ref().map(AccountId::as_str), None))
            .await
    }

    /// Hosts show the answer again, with what it cost.
    async fn loss_found(&self, message_id: &str) {
        let id = message_id.to_owned();
        let message = self.with_store(move |store| store.message(&id)).await;
        if let Ok(message) = message {
            self.emit(CoreEvent::MessageChanged {
                conversation_id: message.conversation_id,
                message_id: message.id,
            });
        }
    }

    /// Sets what an account's balance lost against its receipts; one for each kind of money that it had.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn reconcile(
        &self,
        account: &AccountId,
        since: Option<SystemTime>,
    ) -> Result<Vec<Reconciliation>, Failure> {
        let id = account.clone();
        let changes = self
            .with_store(move |store| store.balance_changes(id.as_str(), since))
            .await?;
        Ok([MoneyKind::Usd, MoneyKind::Play]
            .into_iter()
            .filter_map(|kind| explain(kind, &changes))
            .collect())
    }
}

fn explain(kind: MoneyKind, changes: &[BalanceChange]) -> Option<Reconciliation> {
    let mut of_kind = changes
        .iter()
        .filter(|change| change.kind == kind)
        .peekable();
    let from = of_kind.peek()?.since;
    let mut to = of_kind.peek()?.at;
    let (mut taken, mut explained, mut added) = (0_i64, 0_i64, 0_i64);
    let (mut unexplained, mut unbilled) = (0_i64, 0_i64);
    let mut differences = Vec::new();
    for change in of_kind {
        to = change.at;
        explained += change.explained;
        let difference = change.taken - change.explained;
        if difference >= 0 {
            taken += change.taken;
            // What was not taken then is taken now.
            let late = difference.min(unbilled);
            unbilled -= late;
            unexplained += difference - late;
            if difference > late {
                differences.push(Difference {
                    from: change.since,
                    to: change.at,
                    amount: kind.amount(difference - late),
                });
            }
        } else {
            // Less was taken than the receipts say: part of that may yet come, the rest is money that
            // came in.
            let pending = (-difference).min(change.explained.max(0));
            unbilled += pending;
            let income = -difference - pending;
            added += income;
            taken += change.taken + income;
        }
    }
    Some(Reconciliation {
        from,
        to,
        taken: kind.amount(taken),
        explained: kind.amount(explained),
        added: kind.amount(added),
        unexplained: kind.amount(unexplained),
        unbilled: kind.amount(unbilled),
        differences,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn told(changes: &[(i64, i64)]) -> [i64; 5] {
        let changes: Vec<_> = changes
            .iter()
            .map(|(taken, explained)| BalanceChange {
                since: SystemTime::UNIX_EPOCH,
                at: SystemTime::UNIX_EPOCH,
                kind: MoneyKind::Usd,
                taken: *taken,
                explained: *explained,
            })
            .collect();
        let it = explain(MoneyKind::Usd, &changes).unwrap();
        [
            it.taken,
            it.explained,
            it.added,
            it.unexplained,
            it.unbilled,
        ]
        .map(Amount::micro)
    }

    #[test]
    fn receipts_that_fit_leave_nothing_open() {
        assert_eq!(told(&[(30, 30), (12, 12)]), [42, 42, 0, 0, 0]);
    }

    #[test]
    fn what_no_receipt_explains_is_shown() {
        assert_eq!(told(&[(30, 30), (20, 12)]), [50, 42, 0, 8, 0]);
    }

    #[test]
    fn money_that_came_in_is_no_difference() {
        assert_eq!(
            told(&[(30, 30), (-1_000, 0), (5, 5)]),
            [35, 35, 1_000, 0, 0]
        );
    }

    #[test]
    fn what_is_billed_late_is_waited_for() {
        assert_eq!(told(&[(0, 30)]), [0, 30, 0, 0, 30]);
        assert_eq!(told(&[(0, 30), (30, 0)]), [30, 30, 0, 0, 0]);
        assert_eq!(told(&[(0, 30), (35, 0)]), [35, 30, 0, 5, 0]);
    }

    #[test]
    fn other_money_is_not_looked_at() {
        assert_eq!(explain(MoneyKind::Play, &[]), None);
    }
}
