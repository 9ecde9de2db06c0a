//! Text, formulas, links and images inside a block.

use html_escape::{encode_double_quoted_attribute, encode_text, encode_text_to_string};
use pulldown_cmark::Event;
use url::Url;

use super::{Kind, Renderer};
use crate::links::{self, bare_address, is_hidden};
use crate::maths::{Piece, formula, pieces, restore};

/// The opening tag of a link that leaves the app.
pub(super) fn link_tag(url: &Url) -> String {
    format!(
        "<a class=\"external\" href=\"{}\">",
        encode_double_quoted_attribute(url.as_str())
    )
}

impl Renderer<'_> {
    /// Inline events other than text and elements.
    pub(super) fn inline(&mut self, event: &Event<'_>) {
        self.begin_inline();
        match event {
            Event::Code(code) => {
                let code = restore(code, self.insertions);
                self.out.push_str("<code>");
                if self.in_link() {
                    write_visibly(&code, &mut self.out);
                } else {
                    encode_text_to_string(&code, &mut self.out);
                }
                self.out.push_str("</code>");
            }
            // Raw HTML is shown as it was written.
            Event::Html(html) | Event::InlineHtml(html) => {
                let html = restore(html, self.insertions);
                write_visibly(&html, &mut self.out);
            }
            Event::FootnoteReference(label) => self.footnote_label(label, "footnote-ref"),
            Event::SoftBreak => self.out.push('\n'),
            Event::HardBreak => self.out.push_str("<br>"),
            Event::TaskListMarker(done) => {
                let checked = if *done { " checked=\"\"" } else { "" };
                self.out
                    .push_str(&format!("<input{checked} type=\"checkbox\" disabled=\"\">"));
            }
            // The scanner finds formulas before the parser, which is not asked for them.
            Event::InlineMath(text) | Event::DisplayMath(text) => {
                encode_text_to_string(text, &mut self.out);
            }
            Event::Text(_) | Event::Start(_) | Event::End(_) | Event::Rule => {}
        }
    }

    pub(super) fn footnote_label(&mut self, label: &str, class: &str) {
        let label = restore(label, self.insertions);
        let label = encode_text(&label);
        self.out
            .push_str(&format!("<sup class=\"{class}\">{label}</sup>"));
    }

    fn in_link(&self) -> bool {
        self.open.iter().any(|(_, kind)| *kind == Kind::Link)
    }

    /// Writes the text that was collected.
    pub(super) fn flush_text(&mut self) {
        if self.text.is_empty() {
            return;
        }
        let text = std::mem::take(&mut self.text);
        let in_link = self.in_link();
        for piece in pieces(&text, self.insertions) {
            match piece {
                Piece::Text(text) if in_link => write_visibly(text, &mut self.out),
                Piece::Text(text) => write_linked(text, &mut self.out),
                Piece::Insertion(insertion) => match &insertion.formula {
                    Some(found) => self.out.push_str(&formula(found)),
                    None => {
                        encode_text_to_string(&insertion.source, &mut self.out);
                    }
                },
            }
        }
        self.text = text;
        self.text.clear();
    }

    /// Inside an image everything is its text.
    pub(super) fn image_event(&mut self, event: &Event<'_>) {
        let Some(image) = &mut self.image else {
            return;
        };
        match event {
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) | Event::Html(text) => {
                image.alt.push_str(text);
            }
            Event::SoftBreak | Event::HardBreak => image.alt.push(' '),
            Event::Start(_) => image.depth += 1,
            Event::End(_) if image.depth > 0 => image.depth -= 1,
            Event::End(_) => {
                if let Some(image) = self.image.take() {
                    self.write_image(&image.address, &image.alt);
                }
            }
            _ => {}
        }
    }

    fn write_image(&mut self, address: &str, alt: &str) {
        let alt = restore(alt, self.insertions);
        self.out.push_str("<span class=\"remote-image\"");
        let shown = match links::image(address) {
            Some(url) => {
                let source = encode_double_quoted_attribute(url.as_str()).into_owned();
                self.out.push_str(&format!(" data-src=\"{source}\""));
                url.to_string()
            }
            None => address.to_owned(),
        };
        self.out.push_str("><span class=\"remote-image-alt\">");
        write_visibly(&alt, &mut self.out);
        self.out
            .push_str("</span> <span class=\"remote-image-address\">");
        write_visibly(&shown, &mut self.out);
        self.out.push_str("</span></span>");
    }
}

/// Text in which bare addresses become links.
fn write_linked(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some((range, url)) = bare_address(rest) {
        encode_text_to_string(&rest[..range.start], out);
        out.push_str(&link_tag(&url));
        write_visibly(&rest[range.clone()], out);
        out.push_str("</a>");
        rest = &rest[range.end..];
    }
    encode_text_to_string(rest, out);
}

/// Text in which characters that hide are shown as their code points.
fn write_visibly(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find(is_hidden) {
        encode_text_to_string(&rest[..at], out);
        let Some(hidden) = rest[at..].chars().next() else {
            return;
        };
        out.push_str(&format!(
            "<span class=\"hidden-char\">U+{:04X}</span>",
            u32::from(hidden)
        ));
        rest = &rest[at + hidden.len_utf8()..];
    }
    encode_text_to_string(rest, out);
}
