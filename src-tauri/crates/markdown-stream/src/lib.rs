//! Markdown that is still arriving, rendered as small patches of sanitised HTML.
//!
//! [`MarkdownStream`] takes text in pieces of any size and hands out [`PatchOp`]s. A block is
//! rendered anew only while it is the last one, or when a link or a footnote in it is defined later;
//! long code and long lists grow by line and by item.
//! When the text is complete the blocks are those of rendering it in one go ([`render_blocks`]).
//!
//! ```
//! use markdown_stream::{MarkdownStream, PatchOp};
//!
//! let mut stream = MarkdownStream::new();
//! stream.push("Hello, *wor");
//! let html = "<p>Hello, *wor</p>".to_owned();
//! assert_eq!(stream.take_patch(), [PatchOp::Append { html }]);
//! stream.push("ld*");
//! let html = "Hello, <em>world</em>".to_owned();
//! assert_eq!(stream.finish(), [PatchOp::Grow { depth: 1, keep: 0, html }]);
//! ```
//!
//! What is promised about the HTML:
//! - raw HTML is shown as text, and everything passes a sanitiser with a short list of elements;
//! - links lead to `http`, `https` and `mailto` addresses only; nothing is fetched, an image is a
//!   `span.remote-image` with its address in `data-src`;
//! - there is no `style`, no handler and no `id`; code is coloured by classes `hl-…`;
//! - formulas (`$x$`, `$$x$$`, `\(x\)`, `\[x\]`) are MathML, prices are not formulas.
#![deny(missing_docs)]

mod code;
mod definitions;
mod diff;
mod highlight;
mod links;
mod maths;
mod newlines;
mod parse;
mod patch;
mod render;
mod sanitise;
mod stream;
mod tree;

pub use highlight::warm_up;
pub use patch::{MAX_OP_BYTES, PatchOp};
pub use stream::MarkdownStream;

use newlines::Newlines;

/// The HTML of each top-level block of a complete text.
#[must_use]
pub fn render_blocks(markdown: &str) -> Vec<String> {
    let mut scanner = maths::Scanner::default();
    Newlines::default().push(markdown, scanner.incoming());
    scanner.advance(true);
    let source = definitions::Source::plain(scanner.text());
    let blocks = parse::blocks(&source, &definitions::Definitions::default());
    let mut code = code::CodeCache::default();
    let render = |block| {
        code.clear();
        render::render(block, scanner.insertions(), &mut code, false)
    };
    blocks.iter().map(render).collect()
}

/// The HTML of a complete text.
#[must_use]
pub fn render_html(markdown: &str) -> String {
    render_blocks(markdown).join("\n")
}
