//! The short way through the events of a stream, which differ only in their text.
//!
//! An event that serde has read once is kept as what comes before and after its text. When the next
//! event begins and ends with the same bytes, and what is between them is the inside of a JSON
//! string, then it is the same event with another text, and reading it is three comparisons.
//! Padding of changing length, which hides how long a text is, is stepped over.

use std::borrow::Cow;

use super::think::Channel;
use super::wire_text::WireText;

/// What stands before padding: a member that says nothing.
const PADDING: &[u8] = br#""obfuscation":""#;

/// An event as a frame around its text.
#[derive(Debug)]
pub(crate) struct RepeatedEvent {
    before: Vec<u8>,
    after: Vec<u8>,
    /// What comes after the padding, where there is padding after `after`.
    after_padding: Option<Vec<u8>>,
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
        let (after, after_padding) = around_padding(after);
        in_quotes.then(|| Self {
            before: before.to_vec(),
            after: after.to_vec(),
            after_padding: after_padding.map(<[u8]>::to_vec),
            channel,
        })
    }

    /// The text of `event` if it is this event with another text.
    pub(crate) fn text<'e>(&self, event: &'e [u8]) -> Option<(Channel, Cow<'e, str>)> {
        let rest = event.strip_prefix(self.before.as_slice())?;
        let rest = match &self.after_padding {
            Some(after_padding) => without_padding(rest.strip_suffix(after_padding.as_slice())?)?,
            None => rest,
        };
        let inside = rest.strip_suffix(self.after.as_slice())?;
        let inside = std::str::from_utf8(inside).ok()?;
        Some((self.channel, unescape(inside)?))
    }
}

/// What stands before and after the inside of the padding, if there is any.
fn around_padding(after: &[u8]) -> (&[u8], Option<&[u8]>) {
    let padding = memchr::memmem::find(after, PADDING).map(|at| after.split_at(at + PADDING.len()));
    let Some((before, from)) = padding else {
        return (after, None);
    };
    let end = memchr::memchr(b'"', from).unwrap_or(from.len());
    (before, Some(&from[end..]))
}

/// What stands before the string whose inside ends this. `None` where that string has escapes, of which
/// one might be a quote.
fn without_padding(rest: &[u8]) -> Option<&[u8]> {
    let quote = memchr::memrchr(b'"', rest)?;
    let (before, padding) = rest.split_at(quote + 1);
    padding
        .iter()
        .all(u8::is_ascii_alphanumeric)
        .then_some(before)
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

    const PADDED: &[u8] = br#"{"id":"c","choices":[{"delta":{"content":"Hi"},"finish_reason":null}],"obfuscation":"x1","n":"o"}"#;

    fn learned(event: &[u8]) -> RepeatedEvent {
        let chunk: Chunk<'_> = serde_json::from_slice(event).unwrap();
        let choices = chunk.choices.unwrap();
        let content = choices[0].delta.as_ref().unwrap().content.as_ref().unwrap();
        RepeatedEvent::learn(event, content, Channel::Text).unwrap()
    }

    fn with(event: &[u8], inside: &str, padding: &str) -> Vec<u8> {
        String::from_utf8(event.to_vec())
            .unwrap()
            .replace("Hi", inside)
            .replace("x1", padding)
            .into_bytes()
    }

    #[test]
    fn the_same_frame_gives_its_text() {
        let text = |inside| {
            learned(FIRST)
                .text(&with(FIRST, inside, ""))
                .map(|(_, text)| text.into_owned())
        };
        assert_eq!(text(" früh"), Some(" früh".to_owned()));
        assert_eq!(text(r#"a\n\"b\"\\"#), Some("a\n\"b\"\\".to_owned()));
        assert_eq!(text(r"\ud83d"), None);
        assert_eq!(text(r#"a","x":"b"#), None);
        assert_eq!(text(r"a\"), None);
        assert_eq!(text("a\nb"), None);
        assert_eq!(learned(FIRST).text(br#"{"id":"d"}"#), None);
    }

    #[test]
    fn padding_of_another_length_is_stepped_over() {
        let text = |inside, padding| {
            learned(PADDED)
                .text(&with(PADDED, inside, padding))
                .map(|(_, text)| text.into_owned())
        };
        assert_eq!(text("so", "aB3"), Some("so".to_owned()));
        assert_eq!(text("so", ""), Some("so".to_owned()));
        assert_eq!(text("so", r#"\""#), None);
        assert_eq!(text("so", r#"a","id":"d"#), None);
        assert_eq!(learned(PADDED).text(FIRST), None);
    }

    proptest! {
        #[test]
        fn whatever_it_reads_serde_reads_the_same(
            inside in r#"[a-z"\\nu/,:{}\x01é🙂 ]{0,12}"#,
            padding in r#"[a-z0-9"\\,:]{0,6}"#,
            padded: bool,
        ) {
            let frame = if padded { PADDED } else { FIRST };
            let event = with(frame, &inside, &padding);
            if let Some((_, text)) = learned(frame).text(&event) {
                let chunk: Chunk<'_> = serde_json::from_slice(&event).unwrap();
                let choices = chunk.choices.unwrap();
                let content = choices[0].delta.as_ref().unwrap().content.clone().unwrap();
                prop_assert_eq!(content.to_text(), text);
            }
        }
    }
}
