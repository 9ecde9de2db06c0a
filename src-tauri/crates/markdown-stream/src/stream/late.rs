//! Definitions that come after what refers to them: the blocks that wait for them are rendered again.

use std::collections::{BTreeSet, HashMap};

use super::{FinalBlock, MarkdownStream, Open};
use crate::code::CodeCache;
use crate::definitions::labels;
use crate::diff::{Place, insert};
use crate::parse::blocks;
use crate::patch::MAX_OP_BYTES;
use crate::render::render;
use crate::tree::parse as parse_html;

/// How much text is rendered again before the end: a few times all of it, and what a short text needs.
/// What is left waits for the end, so that many definitions for one long block cost no more.
const SHARE: usize = 8;
const SHORT: usize = 256 * 1024;

/// Final blocks whose links or footnotes may still be defined.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    /// Their numbers, by label.
    blocks: HashMap<String, Vec<usize>>,
    /// Blocks that were rendered while some of their labels were still unknown.
    stale: BTreeSet<usize>,
    /// Up to where definitions were looked for.
    read_to: usize,
    /// Bytes that were rendered again.
    spent: usize,
}

impl MarkdownStream {
    /// Adds a block that is not going to be parsed again. `grown` says that its parts were rendered
    /// one by one, before some definitions were known.
    pub(super) fn add_final(&mut self, block: FinalBlock, grown: bool) {
        if !block.shape.is_code() {
            let at = self.finals.len();
            for label in labels(&self.scanner.text()[block.start..block.end]) {
                if !self.definitions.has(&label) {
                    self.waiting.blocks.entry(label).or_default().push(at);
                } else if grown {
                    self.waiting.stale.insert(at);
                }
            }
        }
        self.finals.push(block);
    }

    /// Renders again what waits for definitions that have come.
    pub(super) fn revise(&mut self) {
        let complete = self.complete(false);
        // Nothing is defined inside code.
        if complete > self.waiting.read_to && !matches!(self.open, Open::Code(_)) {
            self.waiting.read_to = complete;
            let from = self.tail.min(complete);
            self.definitions.keep(&self.scanner.text()[from..complete]);
        }
        let mut due = std::mem::take(&mut self.waiting.stale);
        for label in self.definitions.take_fresh() {
            due.extend(self.waiting.blocks.remove(&label).into_iter().flatten());
        }
        for at in due {
            self.render_again(at);
        }
    }

    fn render_again(&mut self, at: usize) {
        let Some(old) = self.finals.get(at) else {
            return;
        };
        let text = self.scanner.text();
        self.waiting.spent += old.end - old.start;
        if self.waiting.spent > SHORT + SHARE * text.len() {
            return;
        }
        let line = text[..old.start].rfind('\n').map_or(0, |at| at + 1);
        let source = self.definitions.source(&text[line..old.end]);
        let blocks = blocks(&source, &self.definitions);
        let [block] = blocks.as_slice() else {
            return;
        };
        let mut code = CodeCache::default();
        let html = render(block, self.scanner.insertions(), &mut code, false);
        // A larger one cannot be replaced in its place; it waits for the end.
        if block.shape() != old.shape || html == old.html || html.len() > MAX_OP_BYTES {
            return;
        }
        let place = Place::Replace(u32::try_from(at).unwrap_or(u32::MAX));
        insert(&parse_html(&html), place, &mut self.ops);
        self.finals[at].html = html;
    }
}
