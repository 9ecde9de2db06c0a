//! What will be said, piece by piece, before the first is sent.

use super::request::ChatRequest;
use crate::{
    answers::{self, Question},
    api::models::Model,
};

/// The longest piece in bytes; most are a word.
const LONGEST_PIECE: usize = 16;

/// One delta.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    Reasoning(String),
    Text(String),
}

impl Piece {
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::Reasoning(text) | Self::Text(text) => text,
        }
    }
}

/// An answer, cut into deltas.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) pieces: Vec<Piece>,
    pub(crate) finish_reason: &'static str,
}

impl Plan {
    /// The answer to a request, no longer than it allows.
    pub(crate) fn new(request: &ChatRequest, model: &Model) -> Self {
        let question = request.question();
        let answer = answers::answer(&Question {
            text: question.map_or("", |message| message.text.as_str()),
            images: question.map_or(&[], |message| message.images.as_slice()),
            model: &model.id,
            earlier_messages: request.messages.len().saturating_sub(1),
            thinks: model.reasons,
        });
        let tokens = request
            .max_tokens
            .unwrap_or(model.max_output_tokens)
            .min(model.max_output_tokens);
        let mut room =
            usize::try_from(tokens.saturating_mul(answers::BYTES_PER_TOKEN)).unwrap_or(usize::MAX);
        let reasoning = within(&answer.reasoning, &mut room);
        let text = within(&answer.text, &mut room);
        let complete = reasoning.len() == answer.reasoning.len() && text.len() == answer.text.len();
        let mut pieces: Vec<Piece> = words(reasoning)
            .map(|piece| Piece::Reasoning(piece.to_owned()))
            .collect();
        pieces.extend(words(text).map(|piece| Piece::Text(piece.to_owned())));
        Self {
            pieces,
            finish_reason: if complete { "stop" } else { "length" },
        }
    }
}

/// The start of a text that fits into the room that is left, whole characters only.
fn within<'a>(text: &'a str, room: &mut usize) -> &'a str {
    let end = character_end(text, *room);
    *room -= end;
    &text[..end]
}

/// The last place at or before `index` where no character is cut.
fn character_end(text: &str, index: usize) -> usize {
    let index = index.min(text.len());
    (0..=index)
        .rev()
        .find(|end| text.is_char_boundary(*end))
        .unwrap_or(0)
}

/// Words with the space after them; long ones in several pieces.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(char::is_whitespace).flat_map(|word| {
        let mut rest = word;
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let (piece, after) = rest.split_at(character_end(rest, LONGEST_PIECE));
            rest = after;
            Some(piece)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_join_to_the_text_and_cut_no_character() {
        let text = "Ein Wort, 日本語日本語日本語日本語日本語, and 👩‍👩‍👧‍👦 too.\n\n| a | b |\n";
        assert_eq!(words(text).collect::<String>(), text);
        assert!(words(text).all(|piece| !piece.is_empty() && piece.len() <= LONGEST_PIECE));
    }

    #[test]
    fn room_is_counted_in_bytes_and_kept() {
        let mut room = 4;
        assert_eq!(within("日本", &mut room), "日");
        assert_eq!(room, 1);
    }
}
