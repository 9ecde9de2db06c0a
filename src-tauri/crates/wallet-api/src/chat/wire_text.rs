//! Text on the wire that need not be well-formed Unicode.
//!
//! A server that cuts its output by token can send the two halves of a surrogate pair in two JSON
//! strings, or bytes that are no UTF-8. Such strings are taken as bytes first; [`Unicode`] puts the
//! halves together again and replaces only what really is broken.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Visitor};

/// A JSON string as bytes: UTF-8, where lone surrogates keep their three-byte form (WTF-8).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct WireText<'a>(pub(crate) Cow<'a, [u8]>);

impl WireText<'_> {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn to_text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.0)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for WireText<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_bytes(TextVisitor).map(Self)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Cow<'de, [u8]>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_borrowed_bytes<E: Error>(self, bytes: &'de [u8]) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(bytes))
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Self::Value, E> {
        Ok(Cow::Owned(bytes.to_vec()))
    }
}

/// Turns the strings of one channel into Unicode, in order.
#[derive(Debug, Default)]
pub(crate) struct Unicode {
    high: Option<u16>,
}

impl Unicode {
    /// The next string, after whatever half a character the last one left behind.
    pub(crate) fn next<'b>(&mut self, bytes: &'b [u8]) -> Cow<'b, str> {
        if self.high.is_none()
            && let Ok(text) = std::str::from_utf8(bytes)
        {
            return Cow::Borrowed(text);
        }
        Cow::Owned(self.repair(bytes))
    }

    /// The replacement character if half a character is left, at the end of the channel.
    pub(crate) fn finish(&mut self) -> Option<char> {
        self.high.take().map(|_| char::REPLACEMENT_CHARACTER)
    }

    fn repair(&mut self, mut bytes: &[u8]) -> String {
        let mut text = String::with_capacity(bytes.len());
        while !bytes.is_empty() {
            if let Some(unit) = surrogate(bytes) {
                self.take_surrogate(unit, &mut text);
                bytes = &bytes[3..];
                continue;
            }
            text.extend(self.finish());
            let valid = match std::str::from_utf8(bytes) {
                Ok(rest) => {
                    text.push_str(rest);
                    return text;
                }
                Err(error) => error.valid_up_to(),
            };
            text.push_str(&String::from_utf8_lossy(&bytes[..valid]));
            bytes = &bytes[valid..];
            if surrogate(bytes).is_none() && !bytes.is_empty() {
                text.push(char::REPLACEMENT_CHARACTER);
                bytes = &bytes[1..];
            }
        }
        text
    }

    fn take_surrogate(&mut self, unit: u16, text: &mut String) {
        let is_low = (0xDC00..=0xDFFF).contains(&unit);
        match self.high.take() {
            Some(high) if is_low => text.extend(
                char::decode_utf16([high, unit]).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)),
            ),
            stale => {
                text.extend(stale.map(|_| char::REPLACEMENT_CHARACTER));
                if is_low {
                    text.push(char::REPLACEMENT_CHARACTER);
                } else {
                    self.high = Some(unit);
                }
            }
        }
    }
}

/// The surrogate code unit that `bytes` begins with in its three-byte form, if any.
fn surrogate(bytes: &[u8]) -> Option<u16> {
    match bytes {
        [0xED, second @ 0xA0..=0xBF, third @ 0x80..=0xBF, ..] => {
            Some(0xD000 | u16::from(second & 0x3F) << 6 | u16::from(third & 0x3F))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;

    fn read(strings: &[&[u8]]) -> String {
        let mut unicode = Unicode::default();
        let mut text = String::new();
        for json in strings {
            let wire: WireText<'_> = serde_json::from_slice(json).unwrap();
            text.push_str(&unicode.next(&wire.0));
        }
        text.extend(unicode.finish());
        text
    }

    /// Checklist 106.
    #[test]
    fn a_surrogate_pair_in_two_strings_is_one_character() {
        assert_eq!(read(&[br#""a\ud83d""#, br#""\ude42b""#]), "a🙂b");
        assert_eq!(read(&[br#""\ud83d\ude42""#]), "🙂");
    }

    /// Checklist 106.
    #[test]
    fn lone_surrogates_become_replacement_characters() {
        assert_eq!(read(&[br#""a\ud83d""#, br#""b""#]), "a\u{fffd}b");
        assert_eq!(read(&[br#""\ude42""#]), "\u{fffd}");
        assert_eq!(read(&[br#""\ud83d\ud83d\ude42""#]), "\u{fffd}🙂");
        assert_eq!(read(&[br#""a\ud83d""#]), "a\u{fffd}");
    }

    /// Checklist 111.
    #[test]
    fn invalid_utf8_costs_only_itself() {
        assert_eq!(
            read(&[b"\"fr\xfch \xff\xe2\x82 ok\""]),
            "fr\u{fffd}h \u{fffd}\u{fffd}\u{fffd} ok"
        );
    }

    #[test]
    fn text_without_escapes_is_borrowed() {
        let json = "\"früh\"".as_bytes();
        let wire: WireText<'_> = serde_json::from_slice(json).unwrap();
        assert!(matches!(wire.0, Cow::Borrowed(_)));
    }
}
