//! Line endings and NUL, made uniform before anything else looks at the text.

/// Turns CRLF and CR into LF and NUL into U+FFFD (CommonMark 0.31, sections 2.1 and 2.3), over
/// chunk borders.
#[derive(Debug, Default)]
pub(crate) struct Newlines {
    after_cr: bool,
}

impl Newlines {
    /// Appends the uniform text of `chunk` to `out`.
    pub(crate) fn push(&mut self, chunk: &str, out: &mut String) {
        let mut rest = chunk;
        if self.after_cr && !rest.is_empty() {
            rest = rest.strip_prefix('\n').unwrap_or(rest);
            self.after_cr = false;
        }
        while let Some(at) = rest.find(['\r', '\0']) {
            out.push_str(&rest[..at]);
            let is_cr = rest.as_bytes()[at] == b'\r';
            rest = &rest[at + 1..];
            if !is_cr {
                out.push('\u{FFFD}');
                continue;
            }
            out.push('\n');
            self.after_cr = rest.is_empty();
            rest = rest.strip_prefix('\n').unwrap_or(rest);
        }
        out.push_str(rest);
    }
}
