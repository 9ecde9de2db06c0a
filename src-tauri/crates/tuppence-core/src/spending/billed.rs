//! The provider's own books by day, beside the receipts of the same days.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use conversations::ReceiptFilter;
use money::Amount;

use crate::Tuppence;
use crate::account::AccountId;
use crate::failure::Failure;

const DAY: Duration = Duration::from_secs(86_400);

/// A day, in UTC as providers count, from the first receipt of the account on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BilledDay {
    /// Its midnight.
    pub day: SystemTime,
    /// What the provider's books say.
    pub billed: Amount,
    /// For how many requests.
    pub requests: u64,
    /// What the receipts say.
    pub explained: Amount,
    /// For how many answers.
    pub answers: u64,
}

impl BilledDay {
    /// What the provider billed and no receipt explains, in millionths; negative where receipts say more.
    #[must_use]
    pub fn difference(&self) -> i64 {
        self.billed.micro().saturating_sub(self.explained.micro())
    }
}

#[derive(Clone, Copy, Default)]
struct Sums {
    billed: i64,
    requests: u64,
    explained: i64,
    answers: u64,
}

impl Tuppence {
    /// Sets the provider's books of an account against its receipts, day by day, oldest first; `None` where
    /// the provider does not tell what it billed.
    ///
    /// # Errors
    /// Those of the session, the provider and the store.
    pub async fn billed(&self, id: &AccountId) -> Result<Option<Vec<BilledDay>>, Failure> {
        let play_money = self.account(id)?.record.play_money;
        let Some(buckets) = self.wallet(id).await?.billed().await? else {
            return Ok(None);
        };
        let account = id.clone();
        let receipts = self
            .with_store(move |store| {
                store.receipts(&ReceiptFilter {
                    account_key: Some(account.as_str()),
                    ..ReceiptFilter::default()
                })
            })
            .await?;
        let Some(first) = receipts.iter().map(|it| midnight(it.at)).min() else {
            return Ok(Some(Vec::new()));
        };
        let mut days: BTreeMap<SystemTime, Sums> = BTreeMap::new();
        for bucket in buckets.iter().filter(|it| midnight(it.from) >= first) {
            let sums = days.entry(midnight(bucket.from)).or_default();
            sums.billed = sums.billed.saturating_add(bucket.amount.micro());
            sums.requests += bucket.requests;
        }
        for receipt in &receipts {
            let cost = receipt.cost.filter(|it| it.amount.is_play() == play_money);
            let sums = days.entry(midnight(receipt.at)).or_default();
            sums.explained = sums
                .explained
                .saturating_add(cost.map_or(0, |it| it.amount.micro()));
            sums.answers += 1;
        }
        let money = |micro| match play_money {
            true => Amount::Play(money::PlayMoney(micro)),
            false => Amount::Usd(money::MicroUsd(micro)),
        };
        Ok(Some(
            days.into_iter()
                .map(|(day, sums)| BilledDay {
                    day,
                    billed: money(sums.billed),
                    requests: sums.requests,
                    explained: money(sums.explained),
                    answers: sums.answers,
                })
                .collect(),
        ))
    }
}

/// The beginning of the day in UTC.
fn midnight(at: SystemTime) -> SystemTime {
    let since = at.duration_since(SystemTime::UNIX_EPOCH);
    let days = since.unwrap_or_default().as_secs() / DAY.as_secs();
    SystemTime::UNIX_EPOCH + Duration::from_secs(days * DAY.as_secs())
}
