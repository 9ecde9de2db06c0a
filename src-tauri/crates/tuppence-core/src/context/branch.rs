//! Which part of a branch is sent: a function of sizes and nothing else.

use conversations::{ContextRule, Role};

use super::weight::Weight;
use crate::spending::Prompt;

/// Room that is left for the answer, in tokens, where the model has as much; an eighth of it otherwise.
const ROOM_FOR_ANSWER: u64 = 1_024;

/// The sizes of what a conversation says, the words about to be sent at its end.
#[derive(Clone, Debug, Default)]
pub(crate) struct Branch {
    /// The conversation's instructions, where it has any.
    pub(crate) instructions: Option<Weight>,
    /// The latest summary, and how many of `said` it stands for.
    pub(crate) summary: Option<(usize, Weight)>,
    /// Who says how much, oldest first.
    pub(crate) said: Vec<(Role, Weight)>,
}

/// A part of a branch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cut {
    /// The first message that is sent.
    pub(crate) from: usize,
    /// The summary stands for those before it.
    pub(crate) summarised: bool,
}

/// What of a model's context a prompt may fill.
pub(crate) fn room(window: u64) -> u64 {
    window.saturating_sub(ROOM_FOR_ANSWER.min(window / 8))
}

impl Branch {
    /// What a rule sends where a model takes `window` tokens, `None` where nobody knows how many.
    pub(crate) fn cut(&self, rule: ContextRule, window: Option<u64>) -> Cut {
        match (rule, window, self.summary) {
            (ContextRule::Summary, _, Some((from, _))) => Cut {
                from,
                summarised: true,
            },
            (ContextRule::Recent, Some(window), _) => Cut {
                from: self.latest_within(room(window)),
                summarised: false,
            },
            _ => Cut::default(),
        }
    }

    /// The first of the latest messages that fit into so many tokens beside the instructions: a person's
    /// words, at the least their last ones.
    pub(crate) fn latest_within(&self, tokens: u64) -> usize {
        let mut left = tokens.saturating_sub(self.instructions.map_or(0, Weight::cautious));
        let mut from = None;
        for (at, (role, weight)) in self.said.iter().enumerate().rev() {
            match left.checked_sub(weight.cautious()) {
                Some(rest) => left = rest,
                None if from.is_some() => break,
                // Even the last words are too long: they are sent all the same, and refused.
                None => left = 0,
            }
            if *role == Role::User {
                from = Some(at);
            }
        }
        from.unwrap_or(0)
    }

    /// What a part weighs.
    pub(crate) fn prompt(&self, cut: Cut) -> Prompt {
        let summary = self
            .summary
            .filter(|_| cut.summarised)
            .map(|(_, weight)| weight);
        let said = self.said.iter().skip(cut.from).map(|(_, weight)| *weight);
        Prompt::of_weights(self.instructions.into_iter().chain(summary).chain(said))
    }

    /// Whether a part fits, as far as anybody can tell.
    pub(crate) fn fits(&self, cut: Cut, window: Option<u64>) -> bool {
        window.is_none_or(|window| self.prompt(cut).estimate <= room(window))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn branch(bytes: &[u64]) -> Branch {
        let roles = [Role::User, Role::Assistant].into_iter().cycle();
        let weights = bytes.iter().map(|bytes| Weight {
            bytes: *bytes,
            images: 0,
        });
        Branch {
            said: roles.zip(weights).collect(),
            ..Branch::default()
        }
    }

    #[test]
    fn the_latest_that_fit_begin_with_a_persons_words() {
        let branch = branch(&[3_000, 3_000, 300, 3_000, 300]);
        let from = |window| branch.cut(ContextRule::Recent, Some(window)).from;
        assert_eq!(from(100_000), 0);
        // An eighth is left for the answer; the answer before the last words would fit, its question not.
        assert_eq!(from(1_300), 4);
        assert_eq!(from(1_500), 2);
        assert_eq!(from(10), 4, "the last words are sent in any case");
        assert_eq!(branch.cut(ContextRule::Recent, None), Cut::default());
    }

    #[test]
    fn a_summary_stands_for_what_is_before_it() {
        let mut branch = branch(&[8_000, 8_000, 400]);
        assert_eq!(
            branch.cut(ContextRule::Summary, Some(1_000)),
            Cut::default()
        );
        branch.summary = Some((
            2,
            Weight {
                bytes: 400,
                images: 0,
            },
        ));
        let cut = branch.cut(ContextRule::Summary, Some(1_000));
        assert_eq!((cut.from, cut.summarised), (2, true));
        assert!(branch.fits(cut, Some(1_000)));
        assert!(!branch.fits(Cut::default(), Some(1_000)));
        assert!(branch.fits(Cut::default(), None));
        assert_eq!(branch.prompt(cut).estimate, 2 * (100 + 3));
    }
}
