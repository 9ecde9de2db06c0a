//! What a message will cost, as a range, before it is sent.

use std::collections::HashMap;

use conversations::MoneyKind;
use money::{Amount, PriceSnapshot, Usage};

use super::prompt::Prompt;
use crate::Tuppence;
use crate::account::AccountId;
use crate::failure::Failure;

/// How many of a model's last answers say how long its answers tend to be.
const ANSWERS: u32 = 40;

/// Fewer than this say nothing.
const ENOUGH_ANSWERS: usize = 5;

/// Tokens of a short and of a long answer of a model that was hardly ever asked here.
const USUAL_ANSWER: (u64, u64) = (60, 1_200);

/// From a short answer to a long one. An estimate, both ends of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CostRange {
    /// With an answer as short as one in ten.
    pub low: Amount,
    /// With an answer as long as one in ten.
    pub high: Amount,
}

/// What a message would cost with one model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromptCost {
    /// The model's id.
    pub model_id: String,
    /// `None` where the model has no known price.
    pub cost: Option<CostRange>,
}

impl Tuppence {
    /// What `draft` would cost at the end of a conversation (`None` is a new one), paid for by
    /// `account`: for each of its models, in the provider's order. Nothing leaves this device.
    ///
    /// # Errors
    /// [`NotFound`](crate::FailureKind::NotFound) for an account that is none, those of the store.
    pub async fn prompt_costs(
        &self,
        account: &AccountId,
        conversation_id: Option<&str>,
        draft: &str,
    ) -> Result<Vec<PromptCost>, Failure> {
        let kind = if self.account(account)?.record.play_money {
            MoneyKind::Play
        } else {
            MoneyKind::Usd
        };
        let Some(models) = self.inner.accounts.known_models(account) else {
            return Ok(Vec::new());
        };
        let conversation = conversation_id.map(str::to_owned);
        let (size, lengths) = self
            .with_store(move |store| {
                let size = conversation.map(|id| store.prompt_size(&id)).transpose()?;
                Ok((size.unwrap_or_default(), store.answer_lengths(ANSWERS)?))
            })
            .await?;
        let prompt = Prompt::of_draft(size, draft);
        let mut by_model: HashMap<String, Vec<u64>> = HashMap::new();
        for (model, tokens) in lengths {
            by_model.entry(model).or_default().push(tokens);
        }
        let costs = models.iter().map(|model| PromptCost {
            model_id: model.id.clone(),
            cost: model.prices.map(|prices| {
                let most = model.max_output.map_or(u64::MAX, u64::from);
                let lengths = by_model.get(&model.id).map_or(&[][..], Vec::as_slice);
                range(kind, &prices, prompt, answer(lengths, most))
            }),
        });
        Ok(costs.collect())
    }
}

fn range(
    kind: MoneyKind,
    prices: &PriceSnapshot,
    prompt: Prompt,
    (short, long): (u64, u64),
) -> CostRange {
    let of = |output| {
        let usage = Usage {
            input: prompt.estimate,
            output,
            ..Usage::default()
        };
        kind.amount(prices.cost(&usage).0)
    };
    CostRange {
        low: of(short),
        high: of(long),
    }
}

/// Tokens of a short and of a long answer: the first and the last tenth of what came before.
fn answer(lengths: &[u64], most: u64) -> (u64, u64) {
    let (short, long) = if lengths.len() < ENOUGH_ANSWERS {
        USUAL_ANSWER
    } else {
        let mut sorted = lengths.to_vec();
        sorted.sort_unstable();
        let tenth = sorted.len() / 10;
        (sorted[tenth], sorted[sorted.len() - 1 - tenth])
    };
    (short.min(most), long.min(most))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_answers_say_nothing_and_many_say_how_long_they_are() {
        assert_eq!(answer(&[7, 7], u64::MAX), USUAL_ANSWER);
        let lengths: Vec<u64> = (1..=40).map(|nth| nth * 10).collect();
        assert_eq!(answer(&lengths, u64::MAX), (50, 360));
        assert_eq!(answer(&lengths, 100), (50, 100));
    }
}
