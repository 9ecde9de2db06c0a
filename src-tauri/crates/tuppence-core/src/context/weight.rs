//! How large what is sent is, before anybody has counted its tokens.

use conversations::{Attachment, Message, MessageSize};
use wallet_api::ChatMessage;

/// Bytes of text that make about one token. Tokenizers differ; this is the usual rule of thumb for
/// Latin script, and only ever used for what is labelled an estimate.
pub(crate) const BYTES_PER_TOKEN: u64 = 4;

/// Where too many tokens are refused, text is taken for this much denser than the rule of thumb.
const CAUTIOUS_BYTES_PER_TOKEN: u64 = 3;

/// Tokens that a chat template puts around each message; about what the usual ones do.
const TEMPLATE_TOKENS: u64 = 3;

/// More than any known template puts around a message.
const MOST_TEMPLATE_TOKENS: u64 = 8;

/// Tokens that an image is about, and more than any known provider takes for one.
const IMAGE_TOKENS: u64 = 1_000;
const MOST_IMAGE_TOKENS: u64 = 8_192;

/// One message's size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Weight {
    /// Bytes of text.
    pub(crate) bytes: u64,
    /// Images.
    pub(crate) images: u64,
}

impl Weight {
    pub(crate) fn of_text(text: &str) -> Self {
        Self {
            bytes: text.len() as u64,
            images: 0,
        }
    }

    /// With the files that go along.
    pub(crate) fn with_files<'a>(self, files: impl IntoIterator<Item = &'a Attachment>) -> Self {
        files.into_iter().fold(self, |sum, file| {
            let (bytes, images) = file.weight();
            Self {
                bytes: sum.bytes + bytes,
                images: sum.images + images,
            }
        })
    }

    /// About so many tokens.
    pub(crate) fn estimate(self) -> u64 {
        self.bytes.div_ceil(BYTES_PER_TOKEN) + TEMPLATE_TOKENS + self.images * IMAGE_TOKENS
    }

    /// Hardly more than so many tokens.
    pub(crate) fn cautious(self) -> u64 {
        self.bytes.div_ceil(CAUTIOUS_BYTES_PER_TOKEN)
            + MOST_TEMPLATE_TOKENS
            + self.images * IMAGE_TOKENS
    }

    /// Surely no more tokens: no tokenizer makes more than one of a byte.
    pub(crate) fn bound(self) -> u64 {
        self.bytes + MOST_TEMPLATE_TOKENS + self.images * MOST_IMAGE_TOKENS
    }
}

impl From<&MessageSize> for Weight {
    fn from(size: &MessageSize) -> Self {
        Self {
            bytes: size.bytes,
            images: size.images,
        }
    }
}

impl From<&Message> for Weight {
    fn from(message: &Message) -> Self {
        Self::of_text(&message.text).with_files(&message.attachments)
    }
}

impl From<&ChatMessage> for Weight {
    fn from(message: &ChatMessage) -> Self {
        Self {
            images: message.images.len() as u64,
            ..Self::of_text(&message.content)
        }
    }
}
