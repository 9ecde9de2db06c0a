//! Finds formulas in Markdown that is still arriving and puts placeholders in their place.
//!
//! It works before the Markdown parser, since that would take `\(` for an escaped parenthesis and
//! read lists and emphasis into LaTeX. Where this scanner and the parser disagree about what is
//! code, the renderer puts the source back, so a wrong guess costs nothing.

use std::collections::HashMap;

use super::{CLOSE, Formula, Insertion, OPEN};

mod fence;
mod price;

use fence::Fence;

/// A formula or code span that is not closed within so many bytes is none.
const REACH: usize = 4 * 1024;

/// The result of looking for a closing delimiter.
enum Search {
    /// It begins here.
    At(usize),
    /// There is none.
    Absent,
    /// What arrives next decides.
    Undecided,
}

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

    /// `\(…\)`, `\[…\]`, `$$…$$`.
    fn delimited(
        &mut self,
        raw: &str,
        at: usize,
        (open, close, kind): (&str, &str, usize),
        end: bool,
    ) -> Option<usize> {
        let from = at + open.len();
        match self.closer(raw, from, close, kind, end) {
            Search::Undecided => None,
            Search::Absent => Some(self.copy(raw, at, open.len())),
            Search::At(closer) => {
                let next = closer + close.len();
                let tex = &raw[from..closer];
                if tex.trim().is_empty() {
                    return Some(self.copy(raw, at, next - at));
                }
                let tex = if self.quoted {
                    unquoted(tex)
                } else {
                    tex.to_owned()
                };
                let formula = Formula {
                    tex,
                    display: kind != 0,
                };
                self.insert(&raw[at..next], Some(formula));
                Some(next)
            }
        }
    }

    /// Looks for a closer before a blank line, within reach.
    fn closer(&mut self, raw: &str, from: usize, close: &str, kind: usize, end: bool) -> Search {
        let bytes = raw.as_bytes();
        let mut at = from.max(self.absent[kind]);
        let limit = from + REACH;
        while at < raw.len() {
            if at >= limit {
                self.absent[kind] = at;
                return Search::Absent;
            }
            if bytes[at..].starts_with(close.as_bytes()) {
                return Search::At(at);
            }
            match bytes[at] {
                b'\\' if bytes.get(at + 1) != Some(&b'\n') => at += 2,
                b'\n' => match blank_line(&raw[at + 1..], end) {
                    Some(true) => {
                        self.absent[kind] = at;
                        return Search::Absent;
                    }
                    Some(false) => at += 1,
                    None => return Search::Undecided,
                },
                _ => at += 1,
            }
        }
        if end {
            Search::Absent
        } else {
            Search::Undecided
        }
    }

    /// `$…$` on one line, unless it is about prices.
    fn inline(&mut self, raw: &str, at: usize, end: bool) -> Option<usize> {
        let bytes = raw.as_bytes();
        let before = self.text.chars().next_back();
        let after = raw[at + 1..].chars().next();
        if before.is_some_and(char::is_alphanumeric) || after.is_none_or(char::is_whitespace) {
            return Some(self.copy(raw, at, 1));
        }
        let mut close = at + 1;
        loop {
            match bytes.get(close) {
                _ if close - at > REACH => return Some(self.copy(raw, at, 1)),
                None if !end => return None,
                None | Some(b'\n' | b'`') => return Some(self.copy(raw, at, 1)),
                Some(b'$') => break,
                Some(b'\\') if bytes.get(close + 1) != Some(&b'\n') => close += 2,
                Some(_) => close += 1,
            }
        }
        let after = raw[close + 1..].chars().next().or(end.then_some('\n'))?;
        let tex = &raw[at + 1..close];
        let closes =
            !tex.ends_with(char::is_whitespace) && !after.is_alphanumeric() && after != '$';
        if !closes || price::is_about_prices(tex) {
            return Some(self.copy(raw, at, 1));
        }
        let formula = Formula {
            tex: tex.to_owned(),
            display: false,
        };
        self.insert(&raw[at..=close], Some(formula));
        Some(close + 1)
    }

    /// A code span is passed over whole: no formula begins inside.
    fn code_span(&mut self, raw: &str, at: usize, end: bool) -> Option<usize> {
        let rest = &raw[at..];
        let run = rest.len() - rest.trim_start_matches('`').len();
        if run == rest.len() && !end {
            return None;
        }
        let bytes = raw.as_bytes();
        let mut next = at + run;
        while next < raw.len() && next - at <= REACH {
            match bytes[next] {
                b'`' => {
                    let tail = &raw[next..];
                    let len = tail.len() - tail.trim_start_matches('`').len();
                    if len == tail.len() && !end {
                        return None;
                    }
                    next += len;
                    if len == run {
                        return Some(self.copy_span(raw, at, next));
                    }
                }
                b'\n' => match blank_line(&raw[next + 1..], end) {
                    Some(true) => return Some(self.copy(raw, at, run)),
                    Some(false) => next += 1,
                    None => return None,
                },
                _ => next += 1,
            }
        }
        if next >= raw.len() && !end {
            return None;
        }
        Some(self.copy(raw, at, run))
    }

    /// Copies a code span, guarding what looks like a placeholder.
    fn copy_span(&mut self, raw: &str, from: usize, to: usize) -> usize {
        let mut plain = from;
        for (at, found) in raw[from..to].match_indices([OPEN, CLOSE]) {
            self.text.push_str(&raw[plain..from + at]);
            self.insert(found, None);
            plain = from + at + found.len();
        }
        self.text.push_str(&raw[plain..to]);
        to
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

/// Whether the next line is blank; `None` where that is not known yet.
fn blank_line(after: &str, end: bool) -> Option<bool> {
    let content = after.trim_start_matches([' ', '\t', '>']);
    match content.bytes().next() {
        Some(byte) => Some(byte == b'\n'),
        None => end.then_some(true),
    }
}

/// A formula inside a block quote without the marks of its lines.
fn unquoted(tex: &str) -> String {
    let mut lines = tex.split('\n');
    let mut out = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        out.push('\n');
        out.push_str(line.trim_start_matches([' ', '>']));
    }
    out
}
