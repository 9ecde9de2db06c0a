//! The short way through the events of a stream, which differ only in their text.
//!
//! An event that serde has read once is kept as what comes before and after its text. When the next
//! event begins and ends with the same bytes, and what is between them is the inside of a JSON
//! string, then it is the same event with another text, and reading it is three comparisons.

use std::borrow::Cow;

use super::think::Channel;
use super::wire_text::WireText;

/// An event as a frame around its text.
#[derive(Debug)]
pub(crate) struct RepeatedEvent {
    before: Vec<u8>,
    after: Vec<u8>,
    channel: Channel,
}

impl RepeatedEvent {
    /// The frame of `event` around `text`, which must be borrowed from it: then it has no escapes
    /// and its place is known.
    pub(crate) fn learn(event: &[u8], text: &WireText<'_>, channel: Channel) -> Option<Self> {
        let Cow::Borrowed(text) = text.0 else {
            return None;
        };
        let start = (text.as_ptr() as usize).checked_sub(event.as_ptr() as usize)?;
        let before = event.get(..start)?;
        let after = event.get(start + text.len()..)?;
        let in_quotes = before.ends_with(b"\"") && after.starts_with(b"\"");
        in_quotes.then(|| Self {
            before: before.to_vec(),
            after: after.to_vec(),
            channel,
        })
    }

    /// The text of `event` if it is this event with another text.
    pub(crate) fn text<'e>(&self, event: &'e [u8]) -> Option<(Channel, Cow<'e, str>)> {
        let inside = event
            .strip_prefix(self.before.as_slice())?
            .strip_suffix(self.after.as_slice())?;
        let inside = std::str::from_utf8(inside).ok()?;
        Some((self.channel, unescape(inside)?))
    }
}

/// The inside of a JSON string with its single-letter escapes resolved. `None` where it is not the
/// inside of one string, or has a `\u` escape, which may be half a character.
fn unescape(inside: &str) -> Option<Cow<'_, str>> {
    if inside.bytes().any(|byte| byte < 0x20) {
        return None;
    }
    let Some(first) = memchr::memchr2(b'"', b'\\', inside.as_bytes()) else {
        return Some(Cow::Borrowed(inside));
    };
    let mut text = String::with_capacity(inside.len());
    text.push_str(&inside[..first]);
    let mut rest = inside[first..].chars();
    while let Some(character) = rest.next() {
        text.push(match character {
            '"' => return None,
            '\\' => match rest.next()? {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                'b' => '\u{8}',
                'f' => '\u{c}',
                same @ ('"' | '\\' | '/') => same,
                _ => return None,
            },
            other => other,
        });
    }
    Some(Cow::Owned(text))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use proptest::prelude::*;

    use super::super::chunk::Chunk;
    use super::*;

    const FIRST: &[u8] =
        br#"{"id":"c","choices":[{"delta":{"content":"Hi"},"finish_reason":null}]}"#;

    fn learned() -> RepeatedEvent {
        let chunk: Chunk<'_> = serde_json::from_slice(FIRST).unwrap();
        let choices = chunk.choices.unwrap();
        let content = choices[0].delta.as_ref().unwrap().content.as_ref().unwrap();
        RepeatedEvent::learn(FIRST, content, Channel::Text).unwrap()
    }

    fn with(inside: &str) -> Vec<u8> {
        String::from_utf8(FIRST.to_vec())
            .unwrap()
            .replace("Hi", inside)
            .into_bytes()
    }

    #[test]
    fn the_same_frame_gives_its_text() {
        let text = |inside| {
            learned()
                .text(&with(inside))
                .map(|(_, text)| text.into_owned())
        };
        assert_eq!(text(" früh"), Some(" früh".to_owned()));
        assert_eq!(text(r#"a\n\"b\"\\"#), Some("a\n\"b\"\\".to_owned()));
        assert_eq!(text(r"\ud83d"), None);
        assert_eq!(text(r#"a","x":"b"#), None);
        assert_eq!(text(r"a\"), None);
        assert_eq!(text("a\nb"), None);
        assert_eq!(learned().text(br#"{"id":"d"}"#), None);
    }

    proptest! {
        #[test]
        fn whatever_it_reads_serde_reads_the_same(inside in r#"[a-z"\\nu/,:{}\x01é🙂 ]{0,12}"#) {
            let event = with(&inside);
            if let Some((_, text)) = learned().text(&event) {
                let chunk: Chunk<'_> = serde_json::from_slice(&event).unwrap();
                let choices = chunk.choices.unwrap();
                let content = choices[0].delta.as_ref().unwrap().content.clone().unwrap();
                prop_assert_eq!(content.to_text(), text);
            }
        }
    }
}
