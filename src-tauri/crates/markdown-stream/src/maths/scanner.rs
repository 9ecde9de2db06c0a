//! Finds formulas in Markdown that is still arriving and puts placeholders in their place.
//!
//! It works before the Markdown parser, since that would take `\(` for an escaped parenthesis and
//! read lists and emphasis into LaTeX. Where this scanner and the parser disagree about what is
//! code, the renderer puts the source back, so a wrong guess costs nothing.

use std::collections::HashMap;

use super::{CLOSE, Formula, Insertion, OPEN};

mod fence;
mod price;
mod spans;

use fence::Fence;

/// Turns arriving text into text with placeholders.
#[derive(Debug, Default)]
pub(crate) struct Scanner {
    /// Decided text; only ever appended to.
    text: String,
    /// Arrived but not decided.
    raw: String,
    insertions: Vec<Insertion>,
    index: HashMap<String, usize>,
    fence: Option<Fence>,
    line_begun: bool,
    quoted: bool,
    /// Up to where in `raw` the closers `\)`, `\]`, `$$` are known to be absent.
    absent: [usize; 3],
}

impl Scanner {
    /// Where text is added; call [`Scanner::advance`] afterwards.
    pub(crate) fn incoming(&mut self) -> &mut String {
        &mut self.raw
    }

    /// The decided text.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// What arrived and is not decided yet.
    pub(crate) fn undecided(&self) -> &str {
        &self.raw
    }

    /// What the placeholders stand for.
    pub(crate) fn insertions(&self) -> &[Insertion] {
        &self.insertions
    }

    /// Decides as much as can be; with `end`, everything.
    pub(crate) fn advance(&mut self, end: bool) {
        let raw = std::mem::take(&mut self.raw);
        let done = self.scan(&raw, end);
        for absent in &mut self.absent {
            *absent = absent.saturating_sub(done);
        }
        self.raw = raw;
        self.raw.drain(..done);
    }

    /// Scans and says how much is decided.
    fn scan(&mut self, raw: &str, end: bool) -> usize {
        let mut at = 0;
        while at < raw.len() {
            if !self.line_begun {
                match self.begin_line(raw, at, end) {
                    Some(next) => at = next,
                    None => return at,
                }
                continue;
            }
            let rest = &raw[at..];
            let Some(special) = rest.find(['\\', '`', '$', '\n', OPEN, CLOSE]) else {
                self.text.push_str(rest);
                return raw.len();
            };
            self.text.push_str(&rest[..special]);
            at += special;
            match self.special(raw, at, end) {
                Some(next) => at = next,
                None => return at,
            }
        }
        at
    }

    /// Fences are decided by whole lines; other lines begin as soon as they cannot be one.
    fn begin_line(&mut self, raw: &str, at: usize, end: bool) -> Option<usize> {
        let rest = &raw[at..];
        let line_end = rest.find('\n').map(|len| len + 1);
        if line_end.is_none() && !end && (self.fence.is_some() || fence::may_open(rest)) {
            return None;
        }
        let line = &rest[..line_end.unwrap_or(rest.len())];
        let in_code = match &self.fence {
            Some(fence) if fence.ends_before(line) => {
                self.fence = Fence::open(line);
                self.fence.is_some()
            }
            Some(fence) => {
                if fence.closes(line) {
                    self.fence = None;
                }
                true
            }
            None => {
                self.fence = Fence::open(line);
                self.fence.is_some()
            }
        };
        if in_code {
            for part in line.split_inclusive([OPEN, CLOSE]) {
                let plain = part.trim_end_matches([OPEN, CLOSE]);
                self.text.push_str(plain);
                if plain.len() < part.len() {
                    self.insert(&part[plain.len()..], None);
                }
            }
            return Some(at + line.len());
        }
        self.line_begun = true;
        self.quoted = line.trim_start_matches(' ').starts_with('>');
        Some(at)
    }

    /// Handles the special character at `at`; `None` where the next text decides.
    fn special(&mut self, raw: &str, at: usize, end: bool) -> Option<usize> {
        let rest = &raw[at..];
        let first = rest.chars().next()?;
        match first {
            '\n' => {
                self.text.push('\n');
                self.line_begun = false;
                Some(at + 1)
            }
            '\\' => match rest[1..].chars().next() {
                Some('(') => self.delimited(raw, at, ("\\(", "\\)", 0), end),
                Some('[') => self.delimited(raw, at, ("\\[", "\\]", 1), end),
                Some(next) if next.is_ascii_punctuation() => Some(self.copy(raw, at, 2)),
                None if !end => None,
                _ => Some(self.copy(raw, at, 1)),
            },
            '`' => self.code_span(raw, at, end),
            '$' => {
                let run = rest.len() - rest.trim_start_matches('$').len();
                if run == rest.len() && !end {
                    return None;
                }
                match run {
                    1 => self.inline(raw, at, end),
                    2 => self.delimited(raw, at, ("$$", "$$", 2), end),
                    _ => Some(self.copy(raw, at, run)),
                }
            }
            _ => {
                let len = first.len_utf8();
                self.insert(&rest[..len], None);
                Some(at + len)
            }
        }
    }

    fn copy(&mut self, raw: &str, at: usize, len: usize) -> usize {
        self.text.push_str(&raw[at..at + len]);
        at + len
    }

    /// Writes a placeholder; the same source always gets the same one, so that it can be part of a
    /// reference label.
    fn insert(&mut self, source: &str, formula: Option<Formula>) {
        let index = match self.index.get(source) {
            Some(index) => *index,
            None => {
                let index = self.insertions.len();
                self.insertions.push(Insertion {
                    source: source.to_owned(),
                    formula,
                });
                self.index.insert(source.to_owned(), index);
                index
            }
        };
        self.text.push(OPEN);
        self.text.push_str(&index.to_string());
        self.text.push(CLOSE);
    }
}
