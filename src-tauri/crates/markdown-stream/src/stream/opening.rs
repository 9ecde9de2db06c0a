//! Where a block begins that grows by lines or by items.

use pulldown_cmark::{CodeBlockKind, Event, Tag};

use super::code::OpenCode;
use super::growing::Growing;
use super::list::{self, OpenList};
use super::{MarkdownStream, Open};
use crate::code::{self, LINES_DEPTH};
use crate::maths::{Insertion, restore};
use crate::parse::{Block, Shape};
use crate::sanitise::sanitise;

/// A block of code or a list that can grow from here on; places are those in the window.
pub(super) struct Opening {
    /// Where its first line begins.
    pub(super) at: usize,
    shape: Shape,
    kind: Kind,
}

enum Kind {
    Code { lines_at: usize, language: String },
    List { open: String, close: &'static str },
}

/// Whether the last block of complete lines can grow.
pub(super) fn opening(
    block: &Block<'_>,
    window: &str,
    insertions: &[Insertion],
) -> Option<Opening> {
    let start = block.range.start;
    let shape = block.shape();
    let at = window[..start].rfind('\n').map_or(0, |at| at + 1);
    if let Some((open, close)) = list::shell(block) {
        let shape = shape.tight();
        return Some(Opening {
            at,
            shape,
            kind: Kind::List { open, close },
        });
    }
    let Some((Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))), _)) = block.events.first()
    else {
        return None;
    };
    // An indented fence takes indentation from its lines; that is left to the parser.
    if at != start || !window[start..].starts_with(['`', '~']) {
        return None;
    }
    let lines_at = start + window[start..].find('\n')? + 1;
    let language = code::language(&restore(info, insertions)).to_owned();
    Some(Opening {
        at,
        shape,
        kind: Kind::Code { lines_at, language },
    })
}

impl MarkdownStream {
    /// Starts the growth at `self.tail`, which is where the opening is.
    pub(super) fn begin(&mut self, opening: Opening) {
        let Opening { at, shape, kind } = opening;
        let start = self.tail;
        self.open = match kind {
            Kind::Code { lines_at, language } => {
                let shell = sanitise(&(code::opening(&language) + code::CLOSING));
                let tail = self.adopt(&shell, LINES_DEPTH);
                let growing = Growing::new(&shell, code::CLOSING, LINES_DEPTH, tail);
                self.tail += lines_at - at;
                let fence = &self.scanner.text()[start..self.tail];
                let open = OpenCode::new((start, shape), fence, &language, growing);
                Open::Code(Box::new(open))
            }
            Kind::List { open, close } => {
                let shell = sanitise(&(open + close));
                let tail = self.adopt(&shell, 1);
                let growing = Growing::new(&shell, close, 1, tail);
                Open::List(Box::new(OpenList {
                    start,
                    shape,
                    growing,
                }))
            }
        };
    }
}
