//! The open list at the top level: grows by item.

use pulldown_cmark::{Event, Tag};

use super::growing::Growing;
use super::{MarkdownStream, Open};
use crate::parse::{self, Block, Shape};
use crate::render::render;
use crate::tree::{Node, parse as parse_html};

/// A list of which at least one line is complete.
#[derive(Debug)]
pub(super) struct OpenList {
    /// Where its first line begins.
    pub(super) start: usize,
    /// Once it is loose it stays so, and all its items are in paragraphs.
    pub(super) shape: Shape,
    pub(super) growing: Growing,
}

/// The opening and closing tag of a list that starts with these events.
pub(super) fn shell(block: &Block<'_>) -> Option<(String, &'static str)> {
    match block.events.first() {
        Some((Event::Start(Tag::List(None)), _)) => Some(("<ul>".to_owned(), "</ul>")),
        Some((Event::Start(Tag::List(Some(1))), _)) => Some(("<ol>".to_owned(), "</ol>")),
        Some((Event::Start(Tag::List(Some(start))), _)) => {
            Some((format!("<ol start=\"{start}\">"), "</ol>"))
        }
        _ => None,
    }
}

/// The items of a rendered list.
fn items_of(html: &str) -> Vec<Node> {
    match parse_html(html).into_iter().next() {
        Some(Node::Element(list)) => list.children,
        _ => Vec::new(),
    }
}

impl MarkdownStream {
    /// Takes the text from the last item on into account.
    pub(super) fn step_list(&mut self, mut open: Box<OpenList>, end: bool) -> bool {
        let complete = self.complete(end);
        let (settled, over) = loop {
            let window = &self.scanner.text()[self.tail..complete];
            let source = self.definitions.source(window);
            let blocks = parse::blocks(&source, &self.definitions);
            let Some((block, starts)) = blocks
                .first()
                .and_then(|block| Some((block, block.items()?)))
            else {
                break (Vec::new(), true);
            };
            if block.shape().loose && !open.shape.loose {
                open.shape.loose = true;
                if open.growing.has_settled() {
                    open.growing.unsettle();
                    self.tail = open.start;
                    continue;
                }
            }
            let over = end || blocks.len() > 1;
            let last = starts.last().copied().unwrap_or(0);
            let last_line = window[..last].rfind('\n').map_or(0, |at| at + 1);
            let done = if over { block.range.end } else { last_line };
            if done == 0 {
                break (Vec::new(), over);
            }
            self.code.rewind();
            let html = render(
                block,
                self.scanner.insertions(),
                &mut self.code,
                open.shape.loose,
            );
            let mut items = items_of(&html);
            if !over {
                items.pop();
            }
            self.definitions.keep(&window[..done]);
            self.code.clear();
            self.tail += done;
            break (items, over);
        };
        if over {
            let ops = open.growing.update(settled, Vec::new());
            let html = open.growing.html();
            self.open = Open::List(open);
            self.change_growing(ops);
            return self.close_growing(html);
        }
        let (tail, others) = self.render_items(self.tail, open.shape.loose);
        let ops = open.growing.update(settled, tail);
        self.open = Open::List(open);
        self.change_growing(ops);
        self.show(others);
        false
    }

    /// The items that the rest begins with, rendered for now, and the blocks that follow.
    fn render_items(&mut self, from: usize, loose: bool) -> (Vec<Node>, Vec<Vec<Node>>) {
        let rest = self.rest(from);
        let source = self.definitions.source(&rest);
        let blocks = parse::blocks(&source, &self.definitions);
        self.code.rewind();
        let insertions = self.scanner.insertions();
        let mut html: Vec<String> = Vec::with_capacity(blocks.len());
        for (at, block) in blocks.iter().enumerate() {
            html.push(render(block, insertions, &mut self.code, loose && at == 0));
        }
        let is_list = blocks.first().is_some_and(|block| block.items().is_some());
        let items = if is_list {
            items_of(&html.remove(0))
        } else {
            Vec::new()
        };
        (items, html.iter().map(|html| parse_html(html)).collect())
    }
}
