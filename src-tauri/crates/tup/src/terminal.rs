//! What a model says is data: on a terminal, its control sequences are shown, never sent.

use std::fmt::Write as _;

/// The text with control characters made visible, line feeds and tabs excepted.
pub(crate) fn shown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\t' => shown.push(c),
            '\u{1b}' => shown.push('␛'),
            '\u{7f}' => shown.push('␡'),
            // Unicode has a picture of each C0 control.
            '\0'..='\u{1f}' => shown.push(char::from_u32(0x2400 + c as u32).unwrap_or('␀')),
            // C1 controls do what an escape sequence does; bidi controls make text read as another.
            '\u{80}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                // Writing to a string cannot fail.
                let _ = write!(shown, "<U+{:04X}>", c as u32);
            }
            _ => shown.push(c),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::shown;

    /// Checklist 136: OSC 52 (clipboard), OSC 8 (links), cursor and title sequences.
    #[test]
    fn control_sequences_are_shown_and_not_sent() {
        for hostile in [
            "\u{1b}]52;c;aGk=\u{7}",
            "\u{1b}]8;;http://x\u{1b}\\x",
            "\u{1b}[2J\u{1b}[H",
            "\u{9b}2J",
            "\u{1b}]0;title\u{7}",
            "a\rb",
        ] {
            let safe = shown(hostile);
            assert!(!safe.chars().any(|c| c.is_control()), "{safe:?}");
        }
        assert_eq!(shown("plain\n\ttext é 漢"), "plain\n\ttext é 漢");
        assert_eq!(shown("\u{202e}abc"), "<U+202E>abc");
    }
}
