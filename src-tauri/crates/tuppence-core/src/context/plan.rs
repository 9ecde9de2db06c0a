//! What would be sent, and what else could be.

use std::ops::Range;

use conversations::ContextRule;
use wallet_api::Model;

use super::branch::{Branch, Cut, room};
use super::sized::{Asked, Sized};
use crate::Tuppence;
use crate::account::AccountId;
use crate::failure::Failure;
use crate::spending::{CostRange, Estimator, Prompt};

/// Longest summary, in tokens; an eighth of the model's context where that is less.
const LONGEST_SUMMARY: u64 = 800;

/// A summary is hardly shorter, in tokens.
const SHORTEST_SUMMARY: u64 = 120;

/// Tokens of what is said to a model that summarises, beside the words to summarise.
const ASKING: u64 = 200;

/// What would be sent of a conversation, and what else could be.
#[derive(Clone, Debug, PartialEq)]
pub struct ContextPlan {
    /// What the person chose for this conversation.
    pub rule: ContextRule,
    /// Tokens that the model takes with its answer, where that is known.
    pub window: Option<u64>,
    /// What the rule sends.
    pub sent: SentPart,
    /// Whether that fits, as far as anybody can tell.
    pub fits: bool,
    /// Everything.
    pub whole: SentPart,
    /// The latest messages that fit; `None` where not even the last words do.
    pub recent: Option<SentPart>,
    /// Summarising the beginning; `None` where nothing is to be gained by it.
    pub summary: Option<SummaryPlan>,
    /// Models of the same account that are known to take everything.
    pub roomier: Vec<String>,
}

/// A part of a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SentPart {
    /// How many messages, the words about to be sent among them.
    pub messages: usize,
    /// Estimated tokens.
    pub tokens: u64,
    /// What it costs with its answer, where the model has a price.
    pub cost: Option<CostRange>,
}

/// What summarising comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SummaryPlan {
    /// How many messages it stands for.
    pub covers: usize,
    /// What making it costs, where the model has a price.
    pub cost: Option<CostRange>,
    /// What is sent then.
    pub then: SentPart,
}

/// Which messages to summarise, in how many steps.
pub(super) struct Steps {
    /// Ranges of messages, each within what the model takes beside the summary so far.
    pub(super) parts: Vec<Range<usize>>,
    /// Most tokens of each summary.
    pub(super) longest: u64,
}

impl Tuppence {
    /// What sending these words to a model comes to, at the end of a conversation or before one of its
    /// messages. Files of the draft count, where the words are those of the draft.
    ///
    /// # Errors
    /// [`NotFound`](crate::FailureKind::NotFound); those of the store. Nothing leaves this device.
    pub async fn context_plan(
        &self,
        account: &AccountId,
        model_id: &str,
        asked: Asked,
    ) -> Result<ContextPlan, Failure> {
        let estimator = self.estimator(account).await?;
        let windows = self.windows(account).await;
        let models = self.inner.accounts.known_models(account);
        let models = models.as_deref().map_or(&[][..], Vec::as_slice);
        let sized = self
            .with_store(move |store| {
                let files = match asked.before {
                    Some(_) => Vec::new(),
                    None => store.draft_attachments(asked.conversation_id.as_deref())?,
                };
                Sized::read(store, &asked, &files)
            })
            .await?;
        let window = windows.of(model_id);
        let model = models.iter().find(|model| model.id == model_id);
        let whole = sized.branch.prompt(Cut::default());
        let roomier = models.iter().filter(|other| {
            other.id != model_id
                && windows
                    .of(&other.id)
                    .is_some_and(|window| whole.estimate <= room(window))
        });
        let measure = Measure {
            sized: &sized,
            window,
            model,
            estimator: &estimator,
        };
        Ok(ContextPlan {
            roomier: roomier.map(|model| model.id.clone()).collect(),
            ..measure.plan()
        })
    }
}

/// Everything that parts of one conversation are measured by.
struct Measure<'a> {
    sized: &'a Sized,
    window: Option<u64>,
    model: Option<&'a Model>,
    estimator: &'a Estimator,
}

impl Measure<'_> {
    fn plan(&self) -> ContextPlan {
        let (branch, window) = (&self.sized.branch, self.window);
        let cut = branch.cut(self.sized.rule, window);
        let recent = branch.cut(ContextRule::Recent, window);
        let recent_fits = window.is_some() && branch.fits(recent, window);
        ContextPlan {
            rule: self.sized.rule,
            window,
            sent: self.part(branch, cut),
            fits: branch.fits(cut, window),
            whole: self.part(branch, Cut::default()),
            recent: recent_fits.then(|| self.part(branch, recent)),
            summary: window.and_then(|window| self.summary(window)),
            roomier: Vec::new(),
        }
    }

    fn part(&self, branch: &Branch, cut: Cut) -> SentPart {
        let prompt = branch.prompt(cut);
        SentPart {
            messages: branch.said.len() - cut.from.min(branch.said.len()),
            tokens: prompt.estimate,
            cost: self
                .model
                .and_then(|model| self.estimator.range(model, prompt)),
        }
    }

    fn summary(&self, window: u64) -> Option<SummaryPlan> {
        let steps = steps(self.sized, window)?;
        let end = steps.parts.last()?.end;
        let mut then = self.sized.branch.clone();
        // As long as it may get; what is sent is hardly more.
        let bytes = steps.longest * super::BYTES_PER_TOKEN;
        then.summary = Some((end, super::Weight { bytes, images: 0 }));
        let cut = Cut {
            from: end,
            summarised: true,
        };
        if !then.fits(cut, Some(window)) {
            return None;
        }
        let inputs = steps.parts.iter().map(|part| {
            let words = &self.sized.branch.said[part.clone()];
            let said: u64 = words.iter().map(|(_, weight)| weight.estimate()).sum();
            said + ASKING + steps.longest
        });
        let prompt = Prompt {
            estimate: inputs.sum(),
            bound: 0,
        };
        let count = steps.parts.len() as u64;
        let lengths = (SHORTEST_SUMMARY * count, steps.longest * count);
        Some(SummaryPlan {
            covers: end,
            cost: self
                .model
                .and_then(|model| self.estimator.range_of(model, prompt, lengths)),
            then: self.part(&then, cut),
        })
    }
}

/// What to summarise so that the rest fits into half of what the model takes. A summary that is there
/// already is gone on from. `None` where nothing comes before the last words, or one message alone is
/// more than the model takes.
pub(super) fn steps(sized: &Sized, window: u64) -> Option<Steps> {
    let branch = &sized.branch;
    let longest = LONGEST_SUMMARY.min(window / 8).max(1);
    let begin = branch.summary.map_or(0, |(from, _)| from);
    let end = branch.latest_within(window / 2).min(sized.ids.len());
    let budget = room(window).saturating_sub(ASKING + 2 * longest);
    let mut parts: Vec<Range<usize>> = Vec::new();
    let mut used = 0;
    for at in begin..end {
        let tokens = branch.said[at].1.cautious();
        if tokens > budget {
            return None;
        }
        match parts.last_mut().filter(|_| used + tokens <= budget) {
            Some(part) => {
                part.end = at + 1;
                used += tokens;
            }
            None => {
                parts.push(at..at + 1);
                used = tokens;
            }
        }
    }
    (!parts.is_empty()).then_some(Steps { parts, longest })
}
