//! Where formulas and code spans end.

use super::super::{CLOSE, Formula, OPEN};
use super::{Scanner, price};

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

impl Scanner {
    /// `\(…\)`, `\[…\]`, `$$…$$`.
    pub(super) fn delimited(
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
    pub(super) fn inline(&mut self, raw: &str, at: usize, end: bool) -> Option<usize> {
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
    pub(super) fn code_span(&mut self, raw: &str, at: usize, end: bool) -> Option<usize> {
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
