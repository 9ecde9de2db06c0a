//! From the text that arrived to blocks that are final, growing, or shown for now.

use pulldown_cmark::{CodeBlockKind, Event, Tag};

use super::code::OpenCode;
use super::growing::Growing;
use super::list::{self, OpenList, Stretch};
use super::{FinalBlock, MarkdownStream, Open};
use crate::code::{self, LINES_DEPTH};
use crate::parse::{self, Block};
use crate::render::render;
use crate::sanitise::sanitise;
use crate::tree::{Node, parse as parse_html};

/// A block of code or a list that can grow from here on.
enum Opening {
    Code {
        at: usize,
        lines_at: usize,
        language: String,
    },
    List {
        at: usize,
        open: String,
        close: &'static str,
    },
}

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
    fn complete(&self, end: bool) -> usize {
        let text = self.scanner.text();
        if end {
            return text.len();
        }
        let tail = self.tail.min(text.len());
        text[tail..].rfind('\n').map_or(tail, |at| tail + at + 1)
    }

    /// Everything from `from` on, what is not decided included.
    fn rest(&self, from: usize) -> String {
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
        let mut blocks = parse::blocks(window, &self.definitions);
        let open = if end { None } else { blocks.pop() };
        let mut finals = Vec::with_capacity(blocks.len());
        self.code.rewind();
        for block in &blocks {
            let html = render(block, self.scanner.insertions(), &mut self.code, false);
            finals.push(FinalBlock {
                start: tail + block.range.start,
                end: tail + block.range.end,
                is_code: is_code(block),
                html,
            });
        }
        let opening = open.as_ref().and_then(|block| opening(block, window));
        let done = match &opening {
            Some(Opening::Code { at, .. } | Opening::List { at, .. }) => *at,
            None => blocks.last().map_or(0, |block| block.range.end),
        };
        self.definitions.keep(window, done);
        self.tail += done;
        if !finals.is_empty() {
            self.code.clear();
        }
        for block in finals {
            self.settle(block);
        }
        opening
    }

    /// Starts the growth at `self.tail`, where the opening is.
    fn begin(&mut self, opening: Opening) {
        let start = self.tail;
        self.open = match opening {
            Opening::Code {
                at,
                lines_at,
                language,
            } => {
                let shell = sanitise(&(code::opening(&language) + code::CLOSING));
                let tail = self.adopt(&shell, LINES_DEPTH);
                let growing = Growing::new(&shell, code::CLOSING, LINES_DEPTH, tail);
                self.tail += lines_at - at;
                let fence = &self.scanner.text()[start..self.tail];
                Open::Code(Box::new(OpenCode::new(start, fence, &language, growing)))
            }
            Opening::List { open, close, .. } => {
                let shell = sanitise(&(open + close));
                let tail = self.adopt(&shell, 1);
                let growing = Growing::new(&shell, close, 1, tail);
                Open::List(Box::new(OpenList {
                    start,
                    loose: false,
                    growing,
                }))
            }
        };
    }

    fn step_code(&mut self, mut open: Box<OpenCode>, end: bool) -> bool {
        let complete = self.complete(end);
        let window = &self.scanner.text()[self.tail..complete];
        let (lines, read, closed) = open.lines(window, self.scanner.insertions());
        self.tail += read;
        let partial = if closed || end {
            Vec::new()
        } else {
            open.partial(&self.rest(self.tail), self.scanner.insertions())
        };
        let ops = open.growing.update(lines, partial);
        if closed || end {
            let html = open.growing.html();
            self.open = Open::Code(open);
            self.change_growing(ops);
            return self.close_growing(html, true);
        }
        self.open = Open::Code(open);
        self.change_growing(ops);
        false
    }

    fn step_list(&mut self, mut open: Box<OpenList>, end: bool) -> bool {
        let complete = self.complete(end);
        let (settled, over) = loop {
            let window = &self.scanner.text()[self.tail..complete];
            let blocks = parse::blocks(window, &self.definitions);
            let Some((block, stretch)) = blocks
                .first()
                .and_then(|block| Some((block, Stretch::of(block)?)))
            else {
                break (Vec::new(), true);
            };
            if stretch.loose && !open.loose {
                open.loose = true;
                if open.growing.has_settled() {
                    open.growing.unsettle();
                    self.tail = open.start;
                    continue;
                }
            }
            let over = end || blocks.len() > 1;
            let last = stretch.items.last().copied().unwrap_or(0);
            let last_line = window[..last].rfind('\n').map_or(0, |at| at + 1);
            let done = if over { block.range.end } else { last_line };
            if done == 0 {
                break (Vec::new(), over);
            }
            self.code.rewind();
            let html = render(block, self.scanner.insertions(), &mut self.code, open.loose);
            let mut items = list::items(&html);
            if !over {
                items.pop();
            }
            self.definitions.keep(window, done);
            self.code.clear();
            self.tail += done;
            break (items, over);
        };
        if over {
            let ops = open.growing.update(settled, Vec::new());
            let html = open.growing.html();
            self.open = Open::List(open);
            self.change_growing(ops);
            return self.close_growing(html, false);
        }
        let (tail, others) = self.render_items(self.tail, open.loose);
        let ops = open.growing.update(settled, tail);
        self.open = Open::List(open);
        self.change_growing(ops);
        self.show(others);
        false
    }

    /// The growing block is final; small blocks follow.
    fn close_growing(&mut self, html: String, is_code: bool) -> bool {
        let start = match std::mem::take(&mut self.open) {
            Open::Small => self.tail,
            Open::Code(open) => open.start,
            Open::List(open) => open.start,
        };
        self.finals.push(FinalBlock {
            start,
            end: self.tail,
            is_code,
            html,
        });
        self.settled_to = self.tail;
        true
    }

    /// Blocks of the rest, rendered for now.
    fn render_rest(&mut self, from: usize) -> Vec<Vec<Node>> {
        let rest = self.rest(from);
        let blocks = parse::blocks(&rest, &self.definitions);
        self.code.rewind();
        let insertions = self.scanner.insertions();
        let html = blocks
            .iter()
            .map(|block| render(block, insertions, &mut self.code, false));
        html.map(|html| parse_html(&html)).collect()
    }

    /// The items that the rest begins with, rendered for now, and the blocks that follow.
    fn render_items(&mut self, from: usize, loose: bool) -> (Vec<Node>, Vec<Vec<Node>>) {
        let rest = self.rest(from);
        let blocks = parse::blocks(&rest, &self.definitions);
        self.code.rewind();
        let insertions = self.scanner.insertions();
        let mut html: Vec<String> = Vec::with_capacity(blocks.len());
        for (at, block) in blocks.iter().enumerate() {
            html.push(render(block, insertions, &mut self.code, loose && at == 0));
        }
        let is_list = blocks
            .first()
            .is_some_and(|block| Stretch::of(block).is_some());
        let items = if is_list {
            list::items(&html.remove(0))
        } else {
            Vec::new()
        };
        (items, html.iter().map(|html| parse_html(html)).collect())
    }
}

fn is_code(block: &Block<'_>) -> bool {
    matches!(
        block.events.first(),
        Some((Event::Start(Tag::CodeBlock(_)), _))
    )
}

/// Whether the last block of complete lines can grow.
fn opening(block: &Block<'_>, window: &str) -> Option<Opening> {
    let start = block.range.start;
    let line = window[..start].rfind('\n').map_or(0, |at| at + 1);
    if let Some((open, close)) = list::shell(block) {
        return Some(Opening::List {
            at: line,
            open,
            close,
        });
    }
    let Some((Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))), _)) = block.events.first()
    else {
        return None;
    };
    // An indented fence takes indentation from its lines; that is left to the parser.
    if line != start || !window[start..].starts_with(['`', '~']) {
        return None;
    }
    let lines_at = start + window[start..].find('\n')? + 1;
    Some(Opening::Code {
        at: start,
        lines_at,
        language: code::language(info).to_owned(),
    })
}
