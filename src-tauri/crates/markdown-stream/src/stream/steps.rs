//! From the text that arrived to blocks that are final, growing, or shown for now.

use super::opening::{Opening, opening};
use super::{FinalBlock, MarkdownStream, Open};
use crate::parse;
use crate::render::render;
use crate::tree::{Node, parse as parse_html};

impl MarkdownStream {
    /// Takes all text into account; with `end`, none follows.
    pub(super) fn update(&mut self, end: bool) {
        loop {
            let again = match std::mem::take(&mut self.open) {
                Open::Small => self.step_small(end),
                Open::Code(open) => self.step_code(open, end),
                Open::List(open) => self.step_list(open, end),
            };
            if !again {
                return;
            }
        }
    }

    /// Where the complete lines end.
    pub(super) fn complete(&self, end: bool) -> usize {
        let text = self.scanner.text();
        if end {
            return text.len();
        }
        let tail = self.tail.min(text.len());
        text[tail..].rfind('\n').map_or(tail, |at| tail + at + 1)
    }

    /// Everything from `from` on, what is not decided included.
    pub(super) fn rest(&self, from: usize) -> String {
        let text = self.scanner.text();
        [&text[from.min(text.len())..], self.scanner.undecided()].concat()
    }

    fn step_small(&mut self, end: bool) -> bool {
        let complete = self.complete(end);
        if complete > self.settled_to || end {
            self.settled_to = complete;
            if let Some(opening) = self.settle_small(complete, end) {
                self.begin(opening);
                return true;
            }
        }
        let blocks = if end {
            Vec::new()
        } else {
            self.render_rest(self.tail)
        };
        self.show(blocks);
        false
    }

    /// Makes every block final that a later one follows, and finds out whether that one can grow.
    fn settle_small(&mut self, complete: usize, end: bool) -> Option<Opening> {
        let tail = self.tail;
        let window = &self.scanner.text()[tail..complete];
        let source = self.definitions.source(window);
        let mut blocks = parse::blocks(&source, &self.definitions);
        let open = if end { None } else { blocks.pop() };
        let mut finals = Vec::with_capacity(blocks.len());
        self.code.rewind();
        for block in &blocks {
            let html = render(block, self.scanner.insertions(), &mut self.code, false);
            finals.push(FinalBlock {
                start: tail + block.range.start,
                end: tail + block.range.end,
                shape: block.shape(),
                html,
            });
        }
        let opening = open
            .as_ref()
            .and_then(|block| opening(block, window, self.scanner.insertions()));
        let done = match &opening {
            Some(opening) => opening.at,
            None => blocks.last().map_or(0, |block| block.range.end),
        };
        self.definitions.keep(&window[..done]);
        self.tail += done;
        if !finals.is_empty() {
            self.code.clear();
        }
        for block in finals {
            self.settle(block);
        }
        opening
    }

    /// The growing block is final; small blocks follow.
    pub(super) fn close_growing(&mut self, html: String) -> bool {
        let (start, shape) = match std::mem::take(&mut self.open) {
            Open::Small => return true,
            Open::Code(open) => (open.start, open.shape),
            Open::List(open) => (open.start, open.shape),
        };
        let end = self.tail;
        let block = FinalBlock {
            start,
            end,
            shape,
            html,
        };
        self.add_final(block, true);
        self.settled_to = self.tail;
        true
    }

    /// Blocks of the rest, rendered for now.
    fn render_rest(&mut self, from: usize) -> Vec<Vec<Node>> {
        let rest = self.rest(from);
        let source = self.definitions.source(&rest);
        let blocks = parse::blocks(&source, &self.definitions);
        self.code.rewind();
        let insertions = self.scanner.insertions();
        let html = blocks
            .iter()
            .map(|block| render(block, insertions, &mut self.code, false));
        html.map(|html| parse_html(&html)).collect()
    }
}
