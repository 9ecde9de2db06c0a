//! Markdown to top-level blocks.

use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, Options, Parser, Tag, TagEnd};

use crate::definitions::{Definitions, Source};

/// The dialect: CommonMark with GFM's tables, strikethrough, task lists and footnotes.
pub(crate) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
}

/// A top-level block.
#[derive(Debug)]
pub(crate) struct Block<'a> {
    /// Where it is in the text.
    pub(crate) range: Range<usize>,
    /// Its events, the outermost included, with their places.
    pub(crate) events: Vec<(Event<'a>, Range<usize>)>,
}

/// What a block is, as far as its place in the text does not tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shape {
    end: Option<TagEnd>,
    /// A list with its items in paragraphs.
    pub(crate) loose: bool,
}

impl Shape {
    /// Whether it is code, which nothing outside it can change.
    pub(crate) fn is_code(self) -> bool {
        self.end == Some(TagEnd::CodeBlock)
    }

    /// The same for a list whose text has shown nothing else so far.
    pub(crate) fn tight(self) -> Self {
        Self {
            loose: false,
            ..self
        }
    }
}

impl Block<'_> {
    /// Its shape.
    pub(crate) fn shape(&self) -> Shape {
        let end = match self.events.first() {
            Some((Event::Start(tag), _)) => Some(tag.to_end()),
            _ => None,
        };
        let loose = matches!(end, Some(TagEnd::List(_))) && self.has_paragraph_in_item();
        Shape { end, loose }
    }

    fn has_paragraph_in_item(&self) -> bool {
        let mut depth = 0_usize;
        self.events.iter().any(|(event, _)| match event {
            Event::Start(tag) => {
                depth += 1;
                depth == 3 && *tag == Tag::Paragraph
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => false,
        })
    }

    /// Where the items of a list begin; `None` where it is none.
    pub(crate) fn items(&self) -> Option<Vec<usize>> {
        let Some((Event::Start(Tag::List(_)), _)) = self.events.first() else {
            return None;
        };
        let mut depth = 0_usize;
        let mut items = Vec::new();
        for (event, range) in &self.events {
            match event {
                Event::Start(_) => {
                    if depth == 1 {
                        items.push(range.start);
                    }
                    depth += 1;
                }
                Event::End(_) => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        Some(items)
    }
}

/// The blocks of a text.
pub(crate) fn blocks<'a>(source: &'a Source<'_>, definitions: &Definitions) -> Vec<Block<'a>> {
    let known = |link: BrokenLink<'a>| -> Option<(CowStr<'a>, CowStr<'a>)> {
        let address = definitions.link(&link.reference)?;
        Some((address.to_owned().into(), "".into()))
    };
    let parser = Parser::new_with_broken_link_callback(source.text(), options(), Some(known));
    let mut blocks: Vec<Block<'a>> = Vec::new();
    let mut depth = 0_usize;
    for (event, range) in parser.into_offset_iter() {
        let Some(range) = source.own(range) else {
            continue;
        };
        if depth == 0 {
            blocks.push(Block {
                range: range.clone(),
                events: Vec::new(),
            });
        }
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if let Some(block) = blocks.last_mut() {
            block.events.push((event, range));
        }
    }
    blocks
}
