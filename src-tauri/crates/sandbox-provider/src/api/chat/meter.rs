//! Counts what an answer produces, and settles it once, however it ends.

use std::sync::Arc;

use crate::{
    answers::tokens,
    api::models::Price,
    books::{Settlement, Used},
    control::count,
    provider::{Provider, locked},
};

/// The meter of one answer. Dropping it settles for what was produced.
pub(crate) struct Meter {
    provider: Arc<Provider>,
    /// `None`: there is no wallet.
    subject: Option<String>,
    /// The grant of the key that spends, if it is one.
    key: Option<String>,
    price: Price,
    reserved_micro: i64,
    prompt_tokens: u64,
    produced_bytes: usize,
    /// What an upstream counted instead.
    counted: Option<u64>,
    settled: Option<Settlement>,
}

impl Meter {
    /// `reserved_micro` must be held in the books already.
    pub(crate) fn new(
        provider: &Arc<Provider>,
        subject: Option<String>,
        price: Price,
        prompt_tokens: u64,
        reserved_micro: i64,
    ) -> Self {
        let provider = Arc::clone(provider);
        Self {
            provider,
            subject,
            key: None,
            price,
            reserved_micro,
            prompt_tokens,
            produced_bytes: 0,
            counted: None,
            settled: None,
        }
    }

    /// The same for a key, which keeps books of its own.
    pub(crate) fn of_key(mut self, grant: String) -> Self {
        self.key = Some(grant);
        self
    }

    pub(crate) fn produced(&mut self, bytes: usize) {
        self.produced_bytes += bytes;
    }

    /// Takes an upstream's own count.
    pub(crate) fn counted(&mut self, prompt_tokens: u64, completion_tokens: u64) {
        self.prompt_tokens = prompt_tokens;
        self.counted = Some(completion_tokens);
    }

    pub(crate) fn prompt_tokens(&self) -> u64 {
        self.prompt_tokens
    }

    pub(crate) fn completion_tokens(&self) -> u64 {
        self.counted.unwrap_or_else(|| tokens(self.produced_bytes))
    }

    /// Gives the reservation back and takes the cost; `None` without a wallet. A second call changes nothing.
    pub(crate) fn settle(&mut self) -> Option<Settlement> {
        let subject = self.subject.take();
        if let Some(subject) = subject {
            let output_tokens = self.completion_tokens();
            let cost = self.price.of(self.prompt_tokens, output_tokens);
            let used = Used {
                micro: cost,
                input_tokens: self.prompt_tokens,
                output_tokens,
            };
            self.settled =
                Some(locked(&self.provider.books).settle(&subject, self.reserved_micro, used));
            if let Some(key) = &self.key {
                locked(&self.provider.grants).spend(key, cost);
            }
            self.provider.save_soon();
            count(&self.provider.tally.settled_chats);
        }
        self.settled
    }

    /// As [`settle`](Self::settle), on disk before the client is told.
    pub(crate) async fn bill(&mut self) -> Option<Settlement> {
        let settlement = self.settle();
        self.provider.save().await;
        settlement
    }

    /// Gives the reservation back without a cost: nothing was produced.
    pub(crate) fn waive(mut self) {
        if let Some(subject) = self.subject.take() {
            let mut books = locked(&self.provider.books);
            if let Some(account) = books.account_mut(&subject) {
                account.reserved_micro = account
                    .reserved_micro
                    .saturating_sub(self.reserved_micro)
                    .max(0);
            }
        }
    }
}

impl Drop for Meter {
    fn drop(&mut self) {
        self.settle();
    }
}
