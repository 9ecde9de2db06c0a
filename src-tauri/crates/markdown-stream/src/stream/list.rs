//! The open list at the top level: grows by item.

use pulldown_cmark::{Event, Tag};

use super::growing::Growing;
use crate::parse::Block;
use crate::tree::{Node, parse};

/// A list of which at least one line is complete.
#[derive(Debug)]
pub(super) struct OpenList {
    /// Where its first line begins.
    pub(super) start: usize,
    /// Its items are in paragraphs. Once it is, all items are.
    pub(super) loose: bool,
    pub(super) growing: Growing,
}

/// What a stretch of a list, from the start of one of its items, holds.
#[derive(Debug)]
pub(super) struct Stretch {
    /// Where its items begin.
    pub(super) items: Vec<usize>,
    /// It shows by itself that the list is loose.
    pub(super) loose: bool,
}

impl Stretch {
    /// Reads the block, unless it is no list.
    pub(super) fn of(block: &Block<'_>) -> Option<Self> {
        let Some((Event::Start(Tag::List(_)), _)) = block.events.first() else {
            return None;
        };
        let (mut items, mut loose, mut depth) = (Vec::new(), false, 0_usize);
        for (event, range) in &block.events {
            match event {
                Event::Start(tag) => {
                    match tag {
                        Tag::Item if depth == 1 => items.push(range.start),
                        Tag::Paragraph if depth == 2 => loose = true,
                        _ => {}
                    }
                    depth += 1;
                }
                Event::End(_) => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        Some(Self { items, loose })
    }
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
pub(super) fn items(html: &str) -> Vec<Node> {
    match parse(html).into_iter().next() {
        Some(Node::Element(list)) => list.children,
        _ => Vec::new(),
    }
}
