//! Markdown to top-level blocks.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, Options, Parser, Tag, TagEnd};

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

/// Link reference definitions of text that is not parsed again.
#[derive(Debug, Default)]
pub(crate) struct Definitions(HashMap<String, String>);

impl Definitions {
    fn get(&self, label: &str) -> Option<&String> {
        if self.0.is_empty() {
            None
        } else {
            self.0.get(&folded(label))
        }
    }

    /// Keeps the definitions that lie before `end` in `text`; the first of a label counts.
    pub(crate) fn keep(&mut self, text: &str, end: usize) {
        if !text[..end].contains("]:") {
            return;
        }
        let parser = Parser::new_ext(&text[..end], options());
        for (label, definition) in parser.reference_definitions().iter() {
            self.0
                .entry(folded(label))
                .or_insert_with(|| definition.dest.to_string());
        }
    }
}

/// Labels match without regard to case and to the amount of white space.
fn folded(label: &str) -> String {
    label
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

/// The blocks of a text whose earlier definitions are `definitions`.
pub(crate) fn blocks<'a>(text: &'a str, definitions: &Definitions) -> Vec<Block<'a>> {
    let known = |link: BrokenLink<'a>| -> Option<(CowStr<'a>, CowStr<'a>)> {
        let address = definitions.get(&link.reference)?;
        Some((address.clone().into(), "".into()))
    };
    let parser = Parser::new_with_broken_link_callback(text, options(), Some(known));
    let mut blocks: Vec<Block<'a>> = Vec::new();
    let mut depth = 0_usize;
    for (event, range) in parser.into_offset_iter() {
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
