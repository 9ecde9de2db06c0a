//! What links and footnotes refer to, kept from text that is not parsed again.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

use crate::parse::options;

/// The longest label (CommonMark 6.3), in bytes.
const LONGEST_LABEL: usize = 999;

/// Link reference definitions and the labels of footnotes.
#[derive(Debug, Default)]
pub(crate) struct Definitions {
    links: HashMap<String, String>,
    /// The labels as they were written, by how they are looked up.
    footnotes: HashMap<String, String>,
    /// What was not known when it was last asked for.
    fresh: Vec<String>,
}

impl Definitions {
    /// Where the link with this label leads.
    pub(crate) fn link(&self, label: &str) -> Option<&str> {
        if self.links.is_empty() {
            return None;
        }
        self.links.get(&folded(label)).map(String::as_str)
    }

    /// Whether a label, as [`labels`] has it, is defined.
    pub(crate) fn has(&self, label: &str) -> bool {
        self.links.contains_key(label) || self.footnotes.contains_key(label)
    }

    /// Keeps the definitions in `text`; the first of a label counts.
    pub(crate) fn keep(&mut self, text: &str) {
        if !text.contains("]:") {
            return;
        }
        let parser = Parser::new_ext(text, options());
        for (label, definition) in parser.reference_definitions().iter() {
            let label = folded(label);
            if !self.links.contains_key(&label) {
                self.fresh.push(label.clone());
                self.links.insert(label, definition.dest.to_string());
            }
        }
        if !text.contains("[^") {
            return;
        }
        for event in parser {
            let Event::Start(Tag::FootnoteDefinition(label)) = event else {
                continue;
            };
            let key = format!("^{}", folded(&label));
            if !self.footnotes.contains_key(&key) {
                self.fresh.push(key.clone());
                self.footnotes.insert(key, label.to_string());
            }
        }
    }

    /// The labels that became known since this was last asked.
    pub(crate) fn take_fresh(&mut self) -> Vec<String> {
        std::mem::take(&mut self.fresh)
    }

    /// A text ready to be parsed. The parser takes a footnote's reference for one only where it meets the
    /// footnote as well, so those that the text refers to are put before it.
    pub(crate) fn source<'a>(&self, text: &'a str) -> Source<'a> {
        let mut before = String::new();
        if !self.footnotes.is_empty() && text.contains("[^") {
            for label in labels(text) {
                if let Some(written) = self.footnotes.get(&label) {
                    before.push_str(&format!("[^{written}]:\n\n"));
                }
            }
        }
        if before.is_empty() {
            return Source::plain(text);
        }
        // A rule ends the last of them, whatever the text begins with.
        before.push_str("***\n");
        let own_from = before.len();
        before.push_str(text);
        Source {
            text: before.into(),
            own_from,
        }
    }
}

/// A text and, before it, what it refers to.
#[derive(Debug)]
pub(crate) struct Source<'a> {
    text: Cow<'a, str>,
    own_from: usize,
}

impl<'a> Source<'a> {
    /// A text that refers to nothing outside itself.
    pub(crate) fn plain(text: &'a str) -> Self {
        Self {
            text: Cow::Borrowed(text),
            own_from: 0,
        }
    }

    /// What the parser gets.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// A range of it as one of the text alone; `None` for what stands before.
    pub(crate) fn own(&self, range: Range<usize>) -> Option<Range<usize>> {
        let start = range.start.checked_sub(self.own_from)?;
        Some(start..range.end.saturating_sub(self.own_from))
    }
}

/// What stands in brackets in a text, as it is looked up: all that can be a reference, and more.
pub(crate) fn labels(text: &str) -> BTreeSet<String> {
    let mut labels = BTreeSet::new();
    let mut rest = text;
    while let Some(open) = rest.find('[') {
        rest = &rest[open + 1..];
        let end = rest.find(['[', ']']).unwrap_or(rest.len());
        if rest[end..].starts_with(']') && end <= LONGEST_LABEL {
            let label = &rest[..end];
            labels.insert(match label.strip_prefix('^') {
                Some(footnote) => format!("^{}", folded(footnote)),
                None => folded(label),
            });
        }
    }
    labels
}

/// Labels match without regard to case and to the amount of white space.
fn folded(label: &str) -> String {
    label
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}
