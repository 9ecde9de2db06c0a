//! The whole text once more, for what came later than it was needed: definitions, footnotes.

use std::ops::Range;

use super::{FinalBlock, MarkdownStream, truncate};
use crate::definitions::{Definitions, Source};
use crate::diff::{Place, insert};
use crate::parse;
use crate::patch::MAX_OP_BYTES;
use crate::render::render;
use crate::tree::parse as parse_html;

impl MarkdownStream {
    /// Compares the final blocks with those of one parse of the whole text.
    pub(super) fn reconcile(&mut self) {
        let text = self.scanner.text();
        let source = Source::plain(text);
        let blocks = parse::blocks(&source, &Definitions::default());
        let mut now = Vec::with_capacity(blocks.len());
        let mut changed = Vec::new();
        for (at, block) in blocks.iter().enumerate() {
            let range = trimmed(text, block.range.clone());
            let old = self.finals.get_mut(at);
            let same_place = old
                .as_ref()
                .is_some_and(|old| trimmed(text, old.start..old.end) == range);
            let shape = block.shape();
            // Without brackets nothing depends on a definition elsewhere, and code never does.
            let fixed = old.as_ref().is_some_and(|old| old.shape == shape)
                && (shape.is_code() || !text[range.clone()].contains('['));
            let html = match old {
                Some(old) if same_place && fixed => std::mem::take(&mut old.html),
                old => {
                    self.code.clear();
                    let html = render(block, self.scanner.insertions(), &mut self.code, false);
                    if old.is_none_or(|old| old.html != html) {
                        changed.push(at);
                    }
                    html
                }
            };
            now.push(FinalBlock {
                start: range.start,
                end: range.end,
                shape,
                html,
            });
        }
        self.patch_finals(now, &changed);
    }

    fn patch_finals(&mut self, now: Vec<FinalBlock>, changed: &[usize]) {
        let old_len = self.finals.len();
        let last = now.len().wrapping_sub(1);
        for &at in changed {
            let html = &now[at].html;
            let is_last = at == last && old_len == now.len();
            if at >= old_len || (html.len() > MAX_OP_BYTES && !is_last) {
                // Only the last block can be built from several operations.
                if at < old_len {
                    self.ops.push(truncate(at));
                }
                for block in &now[at..] {
                    insert(&parse_html(&block.html), Place::Append, &mut self.ops);
                }
                self.finals = now;
                return;
            }
            let block = u32::try_from(at).unwrap_or(u32::MAX);
            insert(&parse_html(html), Place::Replace(block), &mut self.ops);
        }
        if old_len > now.len() {
            self.ops.push(truncate(now.len()));
        }
        self.finals = now;
    }
}

/// The range without white space at its ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let slice = &text[range.clone()];
    let start = range.start + (slice.len() - slice.trim_start().len());
    start..(start + slice.trim().len())
}
