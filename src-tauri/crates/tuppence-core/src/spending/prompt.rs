//! How large a request is, before anybody has counted its tokens.

use conversations::PromptSize;
use wallet_api::ChatMessage;

/// Bytes of text that make about one token. Tokenizers differ; this is the usual rule of thumb for
/// Latin script, and only ever used for what is labelled an estimate.
pub(crate) const BYTES_PER_TOKEN: u64 = 4;

/// Tokens that a chat template puts around each message; about what the usual ones do.
const TEMPLATE_TOKENS: u64 = 3;

/// More than any known template puts around a message, and around all of them.
const MOST_TEMPLATE_TOKENS: u64 = 8;
const MOST_FRAME_TOKENS: u64 = 32;

/// Tokens that an image is about, and more than any known provider takes for one.
const IMAGE_TOKENS: u64 = 1_000;
const MOST_IMAGE_TOKENS: u64 = 8_192;

/// What is sent, in tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Prompt {
    /// About so many.
    pub(crate) estimate: u64,
    /// Surely no more: no tokenizer makes more than one token of a byte.
    pub(crate) bound: u64,
}

impl Prompt {
    /// Of messages about to be sent.
    pub(crate) fn of(messages: &[ChatMessage]) -> Self {
        let sizes = messages.iter().map(|message| message.content.len() as u64);
        let images: u64 = messages
            .iter()
            .map(|message| message.images.len() as u64)
            .sum();
        let estimate: u64 = sizes
            .clone()
            .map(|bytes| bytes.div_ceil(BYTES_PER_TOKEN) + TEMPLATE_TOKENS)
            .sum();
        let bound: u64 = sizes.map(|bytes| bytes + MOST_TEMPLATE_TOKENS).sum();
        Self {
            estimate: estimate + images * IMAGE_TOKENS,
            bound: bound + images * MOST_IMAGE_TOKENS + MOST_FRAME_TOKENS,
        }
    }

    /// Of what a conversation says so far, with words still being typed.
    pub(crate) fn of_draft(so_far: PromptSize, draft: &str) -> Self {
        let (messages, bytes) = (so_far.messages + 1, so_far.bytes + draft.len() as u64);
        Self {
            estimate: bytes.div_ceil(BYTES_PER_TOKEN) + messages * TEMPLATE_TOKENS,
            bound: bytes + messages * MOST_TEMPLATE_TOKENS + MOST_FRAME_TOKENS,
        }
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

    #[test]
    fn a_draft_counts_as_the_message_that_it_becomes() {
        let so_far = PromptSize {
            messages: 2,
            bytes: 40,
        };
        assert_eq!(Prompt::of_draft(so_far, "four").estimate, 11 + 9);
    }
}
