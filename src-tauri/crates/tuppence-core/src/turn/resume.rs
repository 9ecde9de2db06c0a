//! An answer that was refused for want of money goes on by itself once money has come.
//!
//! The person asks for it by adding money: that is recorded before the browser opens. When the balance has
//! risen the record is taken, on the disk, before the request leaves; so each record leads to one request
//! at most, whichever process dies when. An answer whose beginning may have been paid for is never sent
//! again unasked.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use conversations::{Resumption, StoreError};
use wallet_api::Balance;

use super::TurnRequest;
use crate::Tuppence;
use crate::abort_point::reached;
use crate::account::AccountId;
use crate::conversation::MessageState;
use crate::event::CoreEvent;
use crate::failure::{Failure, FailureKind};

/// An answer goes on by itself for this long after the person asked for it; later they are asked.
const GOES_ON_FOR: Duration = Duration::from_secs(30 * 60);

/// What waits for money in this process.
#[derive(Default)]
pub(crate) struct Resumptions(Mutex<HashMap<String, Resumption>>);

impl Resumptions {
    fn waiting(&self) -> MutexGuard<'_, HashMap<String, Resumption>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn of_account(&self, id: &AccountId) -> Vec<Resumption> {
        let waiting = self.waiting();
        let mine = waiting.values().filter(|it| it.account_key == id.as_str());
        mine.cloned().collect()
    }
}

impl Tuppence {
    /// The answers that go on by themselves once money has come, by their ids.
    pub fn awaiting_money(&self) -> Vec<String> {
        let mut ids: Vec<_> = self.inner.resumptions.waiting().keys().cloned().collect();
        ids.sort();
        ids
    }

    /// Opens the provider's page for adding money, and lets a refused answer go on by itself once the
    /// balance has risen: once, and within half an hour. An answer of which something had come is left to
    /// the person.
    ///
    /// # Errors
    /// [`FailureKind::NotFound`] for the message; those of [`Tuppence::open_top_up`], after which nothing
    /// waits.
    pub async fn top_up_for(&self, id: &AccountId, message_id: &str) -> Result<(), Failure> {
        let asked = message_id.to_owned();
        let message = self.with_store(move |store| store.message(&asked)).await?;
        let (model_id, payer) = (message.model_id.clone(), message.account_key.clone());
        let state = MessageState::new(message, None);
        let can_go_on =
            state.message.text.is_empty() && state.failure.as_ref().is_some_and(lacks_money);
        if let (true, Some(model_id), true) =
            (can_go_on, model_id, payer.as_deref() == Some(id.as_str()))
        {
            // What was known before the refusal may be more than there is: it must rise above what is.
            let had_micro = match self.refresh_balance(id).await {
                Ok(balance) => spendable(&balance),
                Err(_) => spendable(&self.account(id)?.balance),
            };
            self.arm(Resumption {
                message_id: message_id.to_owned(),
                account_key: id.to_string(),
                model_id,
                had_micro,
                armed_at: SystemTime::now(),
            })
            .await?;
        }
        reached("armed");
        let opened = self.open_top_up(id).await;
        if opened.is_err() {
            self.stay(message_id).await?;
        }
        reached("opened");
        opened
    }

    /// Lets an answer be that was to go on by itself.
    ///
    /// # Errors
    /// Those of a write.
    pub async fn stay(&self, message_id: &str) -> Result<(), Failure> {
        let id = message_id.to_owned();
        self.with_store(move |store| store.disarm_resumption(&id))
            .await?;
        self.forget(message_id);
        Ok(())
    }

    /// Waits on for the money that an earlier run of the app waited for. For a program that stays open: in
    /// any other nothing goes on by itself.
    ///
    /// # Errors
    /// Those of a read.
    pub async fn wait_on_for_money(&self) -> Result<(), Failure> {
        let since = SystemTime::now()
            .checked_sub(GOES_ON_FOR)
            .unwrap_or(SystemTime::UNIX_EPOCH);
        let found = self
            .with_store(move |store| store.waiting_resumptions(since))
            .await?;
        for resumption in found {
            let account = AccountId::from(resumption.account_key.as_str());
            self.inner
                .resumptions
                .waiting()
                .insert(resumption.message_id.clone(), resumption);
            if self.account(&account).is_ok() {
                self.watch_money(&account);
            }
        }
        self.emit(CoreEvent::Changed);
        Ok(())
    }

    /// Called with each balance that was read: what it covers goes on.
    pub(crate) fn money_may_have_come(&self, id: &AccountId, balance: &Balance) {
        let Some(has) = spendable(balance) else {
            return;
        };
        for resumption in self.inner.resumptions.of_account(id) {
            if resumption
                .armed_at
                .elapsed()
                .is_ok_and(|age| age > GOES_ON_FOR)
            {
                self.forget(&resumption.message_id);
            } else if has > resumption.had_micro.unwrap_or_default().max(0) {
                let core = self.clone();
                tokio::spawn(async move {
                    if let Err(failure) = core.go_on(resumption).await {
                        tracing::warn!(%failure, "an answer could not go on by itself");
                    }
                });
            }
        }
    }

    async fn go_on(&self, resumption: Resumption) -> Result<(), Failure> {
        reached("paid");
        let message_id = resumption.message_id.clone();
        // Two balances may be read at once: the store decides which of them goes on.
        let taken = self
            .with_store(move |store| match store.take_resumption(&message_id) {
                Err(StoreError::NotFound(_)) => Ok(false),
                other => other,
            })
            .await?;
        self.forget(&resumption.message_id);
        if !taken {
            return Ok(());
        }
        reached("taken");
        let turn = TurnRequest {
            model_id: resumption.model_id,
            account: AccountId::from(resumption.account_key.as_str()),
        };
        let started = self.retry(&resumption.message_id, turn).await?;
        self.emit(CoreEvent::WentOn(started.conversation.id));
        Ok(())
    }

    async fn arm(&self, resumption: Resumption) -> Result<(), Failure> {
        let stored = resumption.clone();
        self.with_store(move |store| store.arm_resumption(&stored))
            .await?;
        self.inner
            .resumptions
            .waiting()
            .insert(resumption.message_id.clone(), resumption);
        self.emit(CoreEvent::Changed);
        Ok(())
    }

    fn forget(&self, message_id: &str) {
        if self
            .inner
            .resumptions
            .waiting()
            .remove(message_id)
            .is_some()
        {
            self.emit(CoreEvent::Changed);
        }
    }
}

/// Refused outright, for want of money that the person can add: nothing was charged.
fn lacks_money(failure: &Failure) -> bool {
    matches!(
        failure.kind,
        FailureKind::InsufficientBalance | FailureKind::ReservationTooLarge
    )
}

/// What can be spent, in millionths; `None` where that is not known.
fn spendable(balance: &Balance) -> Option<i64> {
    match balance {
        Balance::Known { amount, .. } => Some(amount.micro()),
        Balance::KeyCap(cap) => cap
            .limit
            .map(|limit| limit.amount.micro().saturating_sub(limit.used.micro())),
        Balance::NotLinked | Balance::NotReadable | Balance::Unlimited | Balance::Unknown => None,
    }
}
