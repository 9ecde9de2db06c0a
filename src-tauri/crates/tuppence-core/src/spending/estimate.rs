//! What a message will cost, as a range, before it is sent.

use std::collections::HashMap;

use conversations::MoneyKind;
use money::{Amount, Usage};
use wallet_api::Model;

use super::prompt::Prompt;
use crate::Tuppence;
use crate::account::AccountId;
use crate::context::{Asked, Sized};
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

/// What answers cost, by how long those of a model tend to be.
pub(crate) struct Estimator {
    kind: MoneyKind,
    lengths: HashMap<String, Vec<u64>>,
}

impl Tuppence {
    /// What these words would cost with each model of `account`, in the provider's order, together with
    /// what goes along: the conversation as far as it is sent, its instructions, and the files of the
    /// draft. Nothing leaves this device.
    ///
    /// # Errors
    /// [`NotFound`](crate::FailureKind::NotFound) for an account that is none, those of the store.
    pub async fn prompt_costs(
        &self,
        account: &AccountId,
        asked: Asked,
    ) -> Result<Vec<PromptCost>, Failure> {
        let estimator = self.estimator(account).await?;
        let Some(models) = self.inner.accounts.known_models(account) else {
            return Ok(Vec::new());
        };
        let windows = self.windows(account).await;
        let sized = self
            .with_store(move |store| {
                let files = store.draft_attachments(asked.conversation_id.as_deref())?;
                Sized::read(store, &asked, &files)
            })
            .await?;
        let costs = models.iter().map(|model| {
            let cut = sized.branch.cut(sized.rule, windows.of(&model.id));
            PromptCost {
                model_id: model.id.clone(),
                cost: estimator.range(model, sized.branch.prompt(cut)),
            }
        });
        Ok(costs.collect())
    }

    /// # Errors
    /// As [`Tuppence::prompt_costs`].
    pub(crate) async fn estimator(&self, account: &AccountId) -> Result<Estimator, Failure> {
        let kind = if self.account(account)?.record.play_money {
            MoneyKind::Play
        } else {
            MoneyKind::Usd
        };
        let known = self
            .with_store(|store| store.answer_lengths(ANSWERS))
            .await?;
        let mut lengths: HashMap<String, Vec<u64>> = HashMap::new();
        for (model, tokens) in known {
            lengths.entry(model).or_default().push(tokens);
        }
        Ok(Estimator { kind, lengths })
    }
}

impl Estimator {
    /// From a short answer of the model to a long one; `None` where it has no known price.
    pub(crate) fn range(&self, model: &Model, prompt: Prompt) -> Option<CostRange> {
        let lengths = self.lengths.get(&model.id).map_or(&[][..], Vec::as_slice);
        let most = model.max_output.map_or(u64::MAX, u64::from);
        self.range_of(model, prompt, answer(lengths, most))
    }

    /// For answers between so many tokens.
    pub(crate) fn range_of(
        &self,
        model: &Model,
        prompt: Prompt,
        (short, long): (u64, u64),
    ) -> Option<CostRange> {
        let prices = model.prices?;
        let of = |output| {
            let usage = Usage {
                input: prompt.estimate,
                output,
                ..Usage::default()
            };
            self.kind.amount(prices.cost(&usage).0)
        };
        Some(CostRange {
            low: of(short),
            high: of(long),
        })
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
