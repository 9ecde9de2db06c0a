//! `<think>` tags that a model writes into its answer.
//!
//! Only a tag at the very beginning counts, so that an answer may speak *about* the tag. A piece of
//! text is held back only while it could still turn out to be a tag.

const OPEN: &str = "<think>";
const CLOSE: &str = "</think>";

/// Where a piece of text belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Channel {
    Text,
    Reasoning,
}

#[derive(Debug, Default, PartialEq, Eq)]
enum State {
    /// Nothing but white space and perhaps the beginning of the tag so far.
    #[default]
    Beginning,
    /// After the opening tag, before the first visible character of the thought.
    Opened,
    /// Within the tags.
    Thinking,
    /// After the closing tag, before the answer's first visible character.
    Between,
    /// In the answer.
    Answering,
}

/// Tells reasoning in tags from the answer, however the text is cut up.
#[derive(Debug, Default)]
pub(crate) struct ThinkSplitter {
    state: State,
    held: String,
}

impl ThinkSplitter {
    /// Takes the next text and hands its parts to `sink`.
    pub(crate) fn push(&mut self, text: &str, sink: &mut impl FnMut(Channel, &str)) {
        if self.state == State::Answering {
            return sink(Channel::Text, text);
        }
        self.held.push_str(text);
        if self.state == State::Beginning {
            self.begin(sink);
        }
        if self.state == State::Opened {
            self.open();
        }
        if self.state == State::Thinking {
            self.think(sink);
        }
        if self.state == State::Between {
            self.between(sink);
        }
    }

    /// Hands over what is still held, at the end.
    pub(crate) fn finish(&mut self, sink: &mut impl FnMut(Channel, &str)) {
        let held = std::mem::take(&mut self.held);
        match self.state {
            State::Opened | State::Between => {}
            State::Thinking => emit(Channel::Reasoning, &held, sink),
            State::Beginning | State::Answering => emit(Channel::Text, &held, sink),
        }
        self.state = State::Answering;
    }

    fn begin(&mut self, sink: &mut impl FnMut(Channel, &str)) {
        let seen = self.held.trim_start();
        if let Some(rest) = seen.strip_prefix(OPEN) {
            self.held = rest.to_owned();
            self.state = State::Opened;
        } else if !OPEN.starts_with(seen) {
            self.state = State::Answering;
            emit(Channel::Text, &std::mem::take(&mut self.held), sink);
        }
    }

    fn open(&mut self) {
        self.held = self.held.trim_start().to_owned();
        if !self.held.is_empty() {
            self.state = State::Thinking;
        }
    }

    fn think(&mut self, sink: &mut impl FnMut(Channel, &str)) {
        if let Some((thought, rest)) = self.held.split_once(CLOSE) {
            emit(Channel::Reasoning, thought, sink);
            self.held = rest.to_owned();
            self.state = State::Between;
            return;
        }
        let safe = self.held.len() - overlap(&self.held);
        emit(Channel::Reasoning, &self.held[..safe], sink);
        self.held.drain(..safe);
    }

    fn between(&mut self, sink: &mut impl FnMut(Channel, &str)) {
        let answer = self.held.trim_start();
        if !answer.is_empty() {
            sink(Channel::Text, answer);
            self.held.clear();
            self.state = State::Answering;
        }
    }
}

fn emit(channel: Channel, text: &str, sink: &mut impl FnMut(Channel, &str)) {
    if !text.is_empty() {
        sink(channel, text);
    }
}

/// How many bytes at the end of `text` could be the beginning of the closing tag.
fn overlap(text: &str) -> usize {
    (1..CLOSE.len())
        .rev()
        .find(|&length| text.ends_with(&CLOSE[..length]))
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;

    fn split(pieces: &[&str]) -> (String, String) {
        let (mut text, mut reasoning) = (String::new(), String::new());
        let mut splitter = ThinkSplitter::default();
        let mut sink = |channel, piece: &str| match channel {
            Channel::Text => text.push_str(piece),
            Channel::Reasoning => reasoning.push_str(piece),
        };
        for piece in pieces {
            splitter.push(piece, &mut sink);
        }
        splitter.finish(&mut sink);
        (text, reasoning)
    }

    #[test]
    fn tags_at_the_beginning_are_reasoning_however_they_are_cut() {
        let whole = "\n<think>\nLet me see: a < b </thin</think>\n\nThe answer 🙂 is <think>";
        let expected = (
            "The answer 🙂 is <think>".to_owned(),
            "Let me see: a < b </thin".to_owned(),
        );
        assert_eq!(split(&[whole]), expected);
        for at in (0..=whole.len()).filter(|&at| whole.is_char_boundary(at)) {
            let (first, second) = whole.split_at(at);
            assert_eq!(split(&[first, second]), expected, "cut at {at}");
        }
        let letters: Vec<String> = whole.chars().map(String::from).collect();
        let letters: Vec<&str> = letters.iter().map(String::as_str).collect();
        assert_eq!(split(&letters), expected);
    }

    #[test]
    fn tags_further_on_are_text() {
        let text = "The tag <think>x</think> is";
        assert_eq!(split(&[text]), (text.to_owned(), String::new()));
        assert_eq!(
            split(&["  <thin", "k it over"]),
            ("  <think it over".to_owned(), String::new())
        );
    }

    #[test]
    fn thought_without_end_stays_reasoning() {
        assert_eq!(split(&["<think>", "hm"]), (String::new(), "hm".to_owned()));
    }
}
