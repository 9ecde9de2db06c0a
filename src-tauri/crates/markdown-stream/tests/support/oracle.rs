//! An independent rendering: `pulldown-cmark`'s own HTML writer over the whole text, without this
//! crate's renderer, sanitiser, scanner or stream.

use html_escape::encode_text;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd, html};

use super::dom_of;

/// Whether the oracle knows everything in a text: it does not know formulas, images, and addresses
/// that stand bare.
pub(crate) fn is_known(markdown: &str) -> bool {
    let special = ["$", "\\(", "\\[", "![", "www.", "@", "http", "\u{e900}"];
    !special.iter().any(|special| markdown.contains(special))
}

/// What this crate shows in ways of its own is put into the event stream as HTML.
pub(crate) fn oracle(markdown: &str) -> String {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES;
    let mut events = Vec::new();
    let raw = |html: String| Event::InlineHtml(CowStr::from(html));
    let mut code: Option<String> = None;
    let mut html_block: Option<String> = None;
    let mut links = Vec::new();
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let info = match kind {
                    CodeBlockKind::Fenced(info) => info.to_string(),
                    CodeBlockKind::Indented => String::new(),
                };
                let word = info
                    .split([' ', '\t', ',', '{'])
                    .find(|w| !w.is_empty())
                    .unwrap_or("");
                let shown = if word.is_empty() { "text" } else { word };
                events.push(raw(format!(
                    "<div class=\"code\" data-lang=\"{word}\"><div class=\"code-head\"><span \
                     class=\"code-lang\">{shown}</span><button class=\"code-copy\" \
                     type=\"button\">Copy</button></div><pre><code>"
                )));
                code = Some(String::new());
            }
            Event::End(TagEnd::CodeBlock) => {
                let text = code.take().unwrap();
                events.push(raw(format!("{}</code></pre></div>", encode_text(&text))));
            }
            Event::Text(text) if code.is_some() => code.as_mut().unwrap().push_str(&text),
            Event::Start(Tag::HtmlBlock) => html_block = Some(String::new()),
            Event::End(TagEnd::HtmlBlock) => {
                let text = html_block.take().unwrap();
                let text = encode_text(text.trim_end());
                events.push(raw(format!("<p class=\"raw-html\">{text}</p>")));
            }
            Event::Html(text) | Event::Text(text) if html_block.is_some() => {
                html_block.as_mut().unwrap().push_str(&text);
            }
            Event::InlineHtml(text) | Event::Html(text) => events.push(Event::Text(text)),
            Event::Start(Tag::Link { dest_url, .. }) => {
                let address = if dest_url.contains('@') && !dest_url.contains(':') {
                    format!("mailto:{dest_url}")
                } else {
                    dest_url.to_string()
                };
                let followed = url::Url::parse(&address)
                    .ok()
                    .filter(|url| matches!(url.scheme(), "http" | "https" | "mailto"));
                if let Some(url) = &followed {
                    events.push(raw(format!(
                        "<a class=\"external\" href=\"{url}\" rel=\"noopener noreferrer\">"
                    )));
                }
                links.push(followed.is_some());
            }
            Event::End(TagEnd::Link) => {
                if links.pop().unwrap() {
                    events.push(raw("</a>".to_owned()));
                }
            }
            Event::Start(Tag::FootnoteDefinition(label)) => events.push(raw(format!(
                "<div class=\"footnote\"><sup class=\"footnote-label\">{label}</sup>"
            ))),
            Event::End(TagEnd::FootnoteDefinition) => events.push(raw("</div>".to_owned())),
            Event::FootnoteReference(label) => {
                events.push(raw(format!("<sup class=\"footnote-ref\">{label}</sup>")));
            }
            Event::Start(Tag::Table(alignments)) => {
                events.push(raw("<div class=\"table-wrap\">".to_owned()));
                events.push(Event::Start(Tag::Table(alignments)));
            }
            Event::End(TagEnd::Table) => {
                events.push(Event::End(TagEnd::Table));
                events.push(raw("</div>".to_owned()));
            }
            other => events.push(other),
        }
    }
    let mut out = String::new();
    html::push_html(&mut out, events.into_iter());
    for side in ["left", "center", "right"] {
        out = out.replace(
            &format!(" style=\"text-align: {side}\""),
            &format!(" class=\"align-{side}\""),
        );
    }
    out
}

/// The DOM without what only this crate adds (lines and colours of code) and without white space
/// that the two writers put between elements.
pub(crate) fn normal(html: &str) -> String {
    let mut out = String::new();
    let mut spans = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find("<") {
        out.push_str(&rest[..at]);
        let end = rest[at..].find('>').unwrap() + at + 1;
        let tag = &rest[at..end];
        rest = &rest[end..];
        if tag.starts_with("<span") {
            let dropped = tag.contains("\"line\"") || tag.contains("\"hl-");
            spans.push(dropped);
            if dropped {
                continue;
            }
        } else if tag == "</span>" && spans.pop().unwrap() {
            continue;
        }
        out.push_str(tag);
    }
    out.push_str(rest);
    dom_of(&out)
        .replace("\\n\"<", "\"<")
        .replace(">\"\\n", ">\"")
        .replace("\"\"", "")
}
