//! Code and raw HTML.

use pulldown_cmark::{Event, TagEnd};

use super::Renderer;
use crate::maths::restore;

/// Text that is collected whole: code or raw HTML.
pub(super) struct Verbatim {
    /// The words after the fence; `None` for raw HTML.
    pub(super) info: Option<String>,
    pub(super) text: String,
}

impl Renderer<'_> {
    pub(super) fn verbatim_event(&mut self, event: &Event<'_>) {
        match event {
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
                if let Some(verbatim) = &mut self.verbatim {
                    verbatim.text.push_str(text);
                }
            }
            Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock) => {
                let Some(verbatim) = self.verbatim.take() else {
                    return;
                };
                let text = restore(&verbatim.text, self.insertions);
                match verbatim.info {
                    Some(info) => self.code.render(&info, &text, &mut self.out),
                    None => {
                        self.out.push_str("<p class=\"raw-html\">");
                        html_escape::encode_text_to_string(text.trim_end(), &mut self.out);
                        self.out.push_str("</p>");
                    }
                }
            }
            _ => {}
        }
    }
}
