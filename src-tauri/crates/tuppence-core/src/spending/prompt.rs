//! How large a request is: what it is estimated at, and what limits reckon with.

use wallet_api::ChatMessage;

use crate::context::Weight;

/// More tokens than any known template puts around all messages.
const MOST_FRAME_TOKENS: u64 = 32;

/// What is sent, in tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Prompt {
    /// About so many.
    pub(crate) estimate: u64,
    /// Surely no more.
    pub(crate) bound: u64,
}

impl Prompt {
    /// Of messages about to be sent.
    pub(crate) fn of(messages: &[ChatMessage]) -> Self {
        Self::of_weights(messages.iter().map(Weight::from))
    }

    /// Of messages of these sizes.
    pub(crate) fn of_weights(weights: impl IntoIterator<Item = Weight>) -> Self {
        let nothing = Self {
            estimate: 0,
            bound: MOST_FRAME_TOKENS,
        };
        weights.into_iter().fold(nothing, |sum, weight| Self {
            estimate: sum.estimate + weight.estimate(),
            bound: sum.bound + weight.bound(),
        })
    }
}

#[cfg(test)]
mod tests {
    use wallet_api::Role;

    use super::*;

    #[test]
    fn the_bound_is_above_the_estimate_however_short_the_words() {
        for words in [
            "",
            "a",
            "Hi",
            "日本語",
            "a longer question, with some words in it",
        ] {
            let prompt = Prompt::of(&[ChatMessage::new(Role::User, words)]);
            assert!(prompt.bound > prompt.estimate, "{words:?}");
        }
    }
}
