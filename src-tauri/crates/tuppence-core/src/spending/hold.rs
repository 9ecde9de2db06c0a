//! The way of a message past the guard: hold what it may cost, or say which limit is in the way.

use std::time::{Duration, SystemTime};

use conversations::{Lowered, MoneyKind};
use wallet_api::{Balance, ChatRequest};

use super::guard::{self, Ask, Granted, LimitName, LimitReached, LoweredBy, Refusal};
use super::limits::{self, LIMITS};
use super::{Known, Prompt};
use crate::Tuppence;
use crate::account::AccountId;
use crate::failure::{Failure, FailureKind};
use crate::turn::Shorter;

/// A balance older than this says nothing about what the wallet affords.
const BALANCE_AGE: Duration = Duration::from_secs(300);

/// Money held for one answer.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Held {
    /// How much, in millionths.
    pub(crate) micro: i64,
    /// The answer is cut when it has cost more than this.
    pub(crate) ceiling: Option<i64>,
    /// Tokens that the answer was lowered to, and why.
    pub(crate) lowered: Option<(u32, LoweredBy)>,
}

impl Tuppence {
    /// Holds what an answer may cost and bounds the request accordingly.
    ///
    /// # Errors
    /// [`FailureKind::LimitReached`], [`FailureKind::PriceUnknown`], those of the store.
    pub(crate) async fn hold(
        &self,
        message_id: &str,
        account: &AccountId,
        known: &Known,
        request: &mut ChatRequest,
        shorter: Option<Shorter>,
    ) -> Result<Held, Failure> {
        let kind = known.kind();
        let ask = Ask {
            shorter,
            ..self.ask(account, known, request)
        };
        let message_id = message_id.to_owned();
        let (decided, ends) = self
            .with_store(move |store| {
                let decided = store.reserve(&message_id, kind, LIMITS, |standing, json| {
                    let limits = limits::read(json).map_err(|_| Refusal::Unreadable)?;
                    guard::decide(&ask, &limits, standing)
                })?;
                if let Ok(Granted {
                    max_tokens: Some(max_tokens),
                    lowered: Some(by),
                    ..
                }) = decided
                {
                    let by = by.word().to_owned();
                    store.note_lowered(&message_id, &Lowered { max_tokens, by })?;
                }
                Ok((decided, store.limit_periods_end()?))
            })
            .await?;
        let Granted {
            max_tokens,
            lowered,
            ceiling,
            held,
        } = decided.map_err(|refusal| refused(refusal, kind, ends))?;
        request.max_tokens = max_tokens;
        Ok(Held {
            micro: held,
            ceiling,
            lowered: max_tokens.zip(lowered),
        })
    }

    fn ask(&self, account: &AccountId, known: &Known, request: &ChatRequest) -> Ask {
        let models = self.inner.accounts.known_models(account);
        let model = models
            .as_ref()
            .and_then(|models| models.iter().find(|it| it.id == request.model));
        let prompt = Prompt::of(&request.messages);
        let room = model
            .and_then(|model| model.context_length)
            .map(|context| u64::from(context).saturating_sub(prompt.estimate).max(1));
        let wallet = self
            .account(account)
            .ok()
            .and_then(|account| match account.balance {
                Balance::Known { amount, as_of } if !account.balance_is_stale => {
                    let fresh = as_of.elapsed().is_ok_and(|age| age < BALANCE_AGE);
                    fresh.then(|| amount.micro())
                }
                _ => None,
            });
        Ask {
            account: account.clone(),
            kind: known.kind(),
            prices: known.prices,
            prompt,
            shorter: None,
            // Prompt and answer share one context: what is more than the rest of it would be refused.
            asked: request
                .max_tokens
                .map(|asked| u64::from(asked).min(room.unwrap_or(u64::MAX))),
            model_most: model
                .and_then(|model| model.max_output)
                .map(|most| u64::from(most).min(room.unwrap_or(u64::MAX)))
                .or(room),
            wallet,
        }
    }
}

fn refused(refusal: Refusal, kind: MoneyKind, ends: (SystemTime, SystemTime)) -> Failure {
    let (name, amount, counted, held) = match refusal {
        Refusal::Limit {
            name,
            amount,
            counted,
            held,
        } => (name, amount, counted, held),
        Refusal::PriceUnknown => {
            let what = "the price of this model is not known, so your limits cannot hold it";
            return Failure::lasting(FailureKind::PriceUnknown, what);
        }
        Refusal::NotEvenShort => {
            let what = "what is in the wallet does not cover even a short answer";
            return Failure::lasting(FailureKind::ReservationTooLarge, what);
        }
        Refusal::Unreadable => return Failure::internal("your limits cannot be read"),
    };
    let (day, month) = ends;
    let resets_at = match name {
        LimitName::Day => Some(day),
        LimitName::Month | LimitName::Account => Some(month),
        LimitName::Message | LimitName::Conversation => None,
    };
    let reached = LimitReached {
        limit: name,
        amount: kind.amount(amount),
        counted: kind.amount(counted),
        held: kind.amount(held),
        resets_at,
    };
    let detail = format!(
        "{} of {} allowed {} are spent or held",
        reached.counted,
        reached.amount,
        words(name)
    );
    // What others hold comes back when they end.
    let failure = if held > 0 {
        Failure::retryable(FailureKind::LimitReached, detail)
    } else {
        Failure::lasting(FailureKind::LimitReached, detail).until(resets_at)
    };
    failure.at_limit(reached)
}

/// An answer that costs more than was asked for is cut.
pub(crate) fn exceeded(known: &Known, ceiling: i64) -> Failure {
    let kind = known.kind();
    let detail = format!(
        "the provider went on beyond what was asked for: {} of at most {}",
        kind.amount(known.least()),
        kind.amount(ceiling)
    );
    Failure::lasting(FailureKind::LimitReached, detail).at_limit(LimitReached {
        limit: LimitName::Message,
        amount: kind.amount(ceiling),
        counted: kind.amount(known.least()),
        held: kind.amount(0),
        resets_at: None,
    })
}

fn words(name: LimitName) -> &'static str {
    match name {
        LimitName::Message => "for one answer",
        LimitName::Conversation => "for this conversation",
        LimitName::Day => "today",
        LimitName::Month => "this month",
        LimitName::Account => "from this account this month",
    }
}
