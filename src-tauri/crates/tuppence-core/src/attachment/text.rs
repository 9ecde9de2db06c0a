//! Text and code.

use super::{LARGEST_TEXT, too_large};
use crate::failure::{Failure, FailureKind};

/// The file as text: UTF-8, or UTF-16 that says so in its first bytes.
pub(super) fn decoded(bytes: Vec<u8>) -> Result<String, Failure> {
    let unsupported = || {
        Failure::lasting(
            FailureKind::AttachmentUnsupported,
            "it is neither image, PDF nor text",
        )
    };
    let utf16 = |read: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes[2..]
            .chunks_exact(2)
            .map(|pair| read([pair[0], pair[1]]))
            .collect();
        String::from_utf16(&units).map_err(|_| unsupported())
    };
    let text = match bytes.as_slice() {
        [0xff, 0xfe, ..] => utf16(u16::from_le_bytes)?,
        [0xfe, 0xff, ..] => utf16(u16::from_be_bytes)?,
        [0xef, 0xbb, 0xbf, rest @ ..] => std::str::from_utf8(rest)
            .map_err(|_| unsupported())?
            .to_owned(),
        _ => String::from_utf8(bytes).map_err(|_| unsupported())?,
    };
    if text.contains('\0') {
        return Err(unsupported());
    }
    if text.trim().is_empty() {
        return Err(super::unreadable("it has no words"));
    }
    if text.len() > LARGEST_TEXT {
        return Err(too_large("more than 1 MB of text"));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn text_in_its_usual_encodings_is_read() {
        assert_eq!(decoded(b"fn main() {}".to_vec()).unwrap(), "fn main() {}");
        assert_eq!(
            decoded(b"\xef\xbb\xbfcaf\xc3\xa9".to_vec()).unwrap(),
            "café"
        );
        assert_eq!(decoded(b"\xff\xfea\0b\0".to_vec()).unwrap(), "ab");
        assert_eq!(decoded(b"\xfe\xff\0a\0b".to_vec()).unwrap(), "ab");
    }

    #[test]
    fn what_is_no_text_is_refused_with_its_reason() {
        let kind = |bytes: &[u8]| decoded(bytes.to_vec()).unwrap_err().kind;
        assert_eq!(
            kind(b"\x7fELF\x02\x01\0\0"),
            FailureKind::AttachmentUnsupported
        );
        assert_eq!(kind(b"caf\xe9"), FailureKind::AttachmentUnsupported);
        assert_eq!(kind(b" \n"), FailureKind::AttachmentUnreadable);
        assert_eq!(
            kind(&b"a".repeat(LARGEST_TEXT + 1)),
            FailureKind::AttachmentTooLarge
        );
    }
}
