//! Events of one block to HTML.

mod inline;
mod table;
mod verbatim;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd};

use crate::code::CodeCache;
use crate::links;
use crate::maths::{Insertion, restore};
use crate::parse::Block;
use crate::sanitise::sanitise;
use table::Table;
use verbatim::Verbatim;

/// Elements deeper than this are left out and their content kept: web views flatten far deeper
/// trees in ways of their own.
const MAX_DEPTH: usize = 64;

/// The sanitised HTML of a block.
///
/// `loose` asks for the paragraphs of a loose list in a list whose own text does not show that it
/// is one, as it is a part of a longer one.
pub(crate) fn render(
    block: &Block<'_>,
    insertions: &[Insertion],
    code: &mut CodeCache,
    loose: bool,
) -> String {
    let mut renderer = Renderer::new(insertions, code, loose);
    for (event, _) in &block.events {
        renderer.event(event);
    }
    renderer.flush_text();
    sanitise(&renderer.out)
}

/// What an element on the stack is, as far as its content depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// An item of the outermost list, without an open paragraph of ours.
    Item,
    /// The paragraph that makes such an item loose.
    LooseParagraph,
    Link,
    Other,
}

struct Renderer<'a> {
    insertions: &'a [Insertion],
    code: &'a mut CodeCache,
    loose: bool,
    out: String,
    /// Closing tags; empty where the element was left out.
    open: Vec<(&'static str, Kind)>,
    lists: usize,
    /// Neighbouring text, which the parser hands over in pieces.
    text: String,
    tables: Vec<Table>,
    /// Open images and their texts so far.
    image: Option<Image>,
    verbatim: Option<Verbatim>,
}

/// An image is shown as its text and address; nothing is fetched.
struct Image {
    address: String,
    alt: String,
    depth: usize,
}

impl<'a> Renderer<'a> {
    fn new(insertions: &'a [Insertion], code: &'a mut CodeCache, loose: bool) -> Self {
        Self {
            insertions,
            code,
            loose,
            out: String::new(),
            open: Vec::new(),
            lists: 0,
            text: String::new(),
            tables: Vec::new(),
            image: None,
            verbatim: None,
        }
    }

    fn event(&mut self, event: &Event<'_>) {
        if self.image.is_some() {
            return self.image_event(event);
        }
        if self.verbatim.is_some() {
            return self.verbatim_event(event);
        }
        match event {
            Event::Text(text) => {
                self.begin_inline();
                self.text.push_str(text);
                return;
            }
            _ => self.flush_text(),
        }
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(*tag),
            Event::Rule => self.block("<hr>"),
            _ => self.inline(event),
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Paragraph => self.open_block("<p>", "</p>"),
            Tag::Heading { level, .. } => {
                let (open, close) = heading(*level);
                self.open_block(open, close);
            }
            Tag::BlockQuote(_) => self.open_block("<blockquote>", "</blockquote>"),
            Tag::CodeBlock(kind) => {
                self.end_loose_paragraph();
                let info = match kind {
                    CodeBlockKind::Fenced(info) => restore(info, self.insertions).into_owned(),
                    CodeBlockKind::Indented => String::new(),
                };
                self.verbatim = Some(Verbatim {
                    info: Some(info),
                    text: String::new(),
                });
            }
            Tag::HtmlBlock => {
                self.end_loose_paragraph();
                self.verbatim = Some(Verbatim {
                    info: None,
                    text: String::new(),
                });
            }
            Tag::List(start) => {
                match start {
                    None => self.open_block("<ul>", "</ul>"),
                    Some(1) => self.open_block("<ol>", "</ol>"),
                    Some(start) => self.open_block(&format!("<ol start=\"{start}\">"), "</ol>"),
                }
                self.lists += 1;
            }
            Tag::Item => {
                let kind = if self.lists == 1 {
                    Kind::Item
                } else {
                    Kind::Other
                };
                self.open("<li>", "</li>", kind);
            }
            Tag::FootnoteDefinition(label) => {
                self.open_block("<div class=\"footnote\">", "</div>");
                self.footnote_label(label, "footnote-label");
            }
            Tag::Table(alignments) => {
                self.open_block(
                    "<div class=\"table-wrap\"><table>",
                    "</tbody></table></div>",
                );
                self.tables.push(Table::new(alignments));
            }
            Tag::TableHead => self.open("<thead><tr>", "</tr></thead><tbody>", Kind::Other),
            Tag::TableRow => {
                self.open("<tr>", "</tr>", Kind::Other);
                if let Some(table) = self.tables.last_mut() {
                    table.next_row();
                }
            }
            Tag::TableCell => {
                let (open, close) = self
                    .tables
                    .last_mut()
                    .map_or(("<td>", "</td>"), Table::cell);
                self.open(open, close, Kind::Other);
            }
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => self.open_link(*link_type, dest_url),
            Tag::Image { dest_url, .. } => {
                self.begin_inline();
                let address = restore(dest_url, self.insertions).into_owned();
                self.image = Some(Image {
                    address,
                    alt: String::new(),
                    depth: 0,
                });
            }
            Tag::Emphasis => self.open_inline("<em>", "</em>"),
            Tag::Strong => self.open_inline("<strong>", "</strong>"),
            Tag::Strikethrough => self.open_inline("<del>", "</del>"),
            // The dialect has none of these; their content is kept.
            Tag::Superscript
            | Tag::Subscript
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::MetadataBlock(_) => self.open("", "", Kind::Other),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        if tag == TagEnd::Item {
            self.end_loose_paragraph();
        }
        self.close();
        match tag {
            TagEnd::List(_) => self.lists -= 1,
            TagEnd::Table => {
                self.tables.pop();
            }
            _ => {}
        }
    }

    fn open(&mut self, open: &str, close: &'static str, kind: Kind) {
        if self.open.len() < MAX_DEPTH {
            self.out.push_str(open);
            self.open.push((close, kind));
        } else {
            self.open.push(("", Kind::Other));
        }
    }

    fn close(&mut self) {
        if let Some((close, _)) = self.open.pop() {
            self.out.push_str(close);
        }
    }

    fn open_block(&mut self, open: &str, close: &'static str) {
        self.end_loose_paragraph();
        self.open(open, close, Kind::Other);
    }

    fn block(&mut self, html: &str) {
        self.end_loose_paragraph();
        self.out.push_str(html);
    }

    fn open_inline(&mut self, open: &str, close: &'static str) {
        self.begin_inline();
        self.open(open, close, Kind::Other);
    }

    fn open_link(&mut self, link_type: LinkType, address: &CowStr<'_>) {
        self.begin_inline();
        let address = restore(address, self.insertions);
        let url = match link_type {
            LinkType::Email => links::followed(&format!("mailto:{address}")),
            _ => links::followed(&address),
        };
        match url {
            Some(url) => self.open(&inline::link_tag(&url), "</a>", Kind::Link),
            None => self.open("", "", Kind::Other),
        }
    }

    /// In a loose list, text directly in an item gets a paragraph.
    fn begin_inline(&mut self) {
        if self.loose && matches!(self.open.last(), Some((_, Kind::Item))) {
            self.open("<p>", "</p>", Kind::LooseParagraph);
        }
    }

    fn end_loose_paragraph(&mut self) {
        if matches!(self.open.last(), Some((_, Kind::LooseParagraph))) {
            self.close();
        }
    }
}

fn heading(level: HeadingLevel) -> (&'static str, &'static str) {
    match level {
        HeadingLevel::H1 => ("<h1>", "</h1>"),
        HeadingLevel::H2 => ("<h2>", "</h2>"),
        HeadingLevel::H3 => ("<h3>", "</h3>"),
        HeadingLevel::H4 => ("<h4>", "</h4>"),
        HeadingLevel::H5 => ("<h5>", "</h5>"),
        HeadingLevel::H6 => ("<h6>", "</h6>"),
    }
}
