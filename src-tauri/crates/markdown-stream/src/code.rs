//! Blocks of code.

use crate::highlight::Highlighter;

/// Longer names are no language.
const MAX_LANGUAGE_BYTES: usize = 32;

/// How deep the element that holds the lines is: `div.code > pre > code`.
pub(crate) const LINES_DEPTH: u32 = 3;

/// Closes what [`opening`] opens.
pub(crate) const CLOSING: &str = "</code></pre></div>";

/// The language that the words after a fence name.
pub(crate) fn language(info: &str) -> &str {
    let word = info
        .split([' ', '\t', ',', '{'])
        .find(|word| !word.is_empty())
        .unwrap_or_default();
    if word.len() > MAX_LANGUAGE_BYTES {
        ""
    } else {
        word
    }
}

/// The head of a block and everything before its first line.
pub(crate) fn opening(language: &str) -> String {
    let shown = if language.is_empty() {
        "text"
    } else {
        language
    };
    format!(
        "<div class=\"code\" data-lang=\"{}\"><div class=\"code-head\">\
         <span class=\"code-lang\">{}</span>\
         <button class=\"code-copy\" type=\"button\">Copy</button></div><pre><code>",
        html_escape::encode_double_quoted_attribute(language),
        html_escape::encode_text(shown),
    )
}

/// Highlighted blocks of an earlier rendering, so that a block inside a list or a quote is not
/// highlighted again from its first line for every piece that arrives.
#[derive(Debug, Default)]
pub(crate) struct CodeCache {
    blocks: Vec<Cached>,
    next: usize,
}

#[derive(Debug)]
struct Cached {
    language: String,
    /// Complete lines only.
    source: String,
    html: String,
    after: Highlighter,
}

impl CodeCache {
    /// A rendering begins: its first block of code is compared with the first one kept.
    pub(crate) fn rewind(&mut self) {
        self.next = 0;
    }

    /// Forgets everything.
    pub(crate) fn clear(&mut self) {
        self.blocks.clear();
        self.next = 0;
    }

    /// The HTML of a whole block.
    pub(crate) fn render(&mut self, info: &str, code: &str, out: &mut String) {
        let language = language(info);
        out.push_str(&opening(language));
        let complete = code.rfind('\n').map_or(0, |at| at + 1);
        let cached = self.cached(language, code);
        for line in code[cached.source.len()..complete].split_inclusive('\n') {
            cached.after.line(line, &mut cached.html);
            cached.source.push_str(line);
        }
        out.push_str(&cached.html);
        if complete < code.len() {
            cached.after.clone().line(&code[complete..], out);
        }
        out.push_str(CLOSING);
    }

    fn cached(&mut self, language: &str, code: &str) -> &mut Cached {
        let at = self.next;
        self.next += 1;
        let fits = self
            .blocks
            .get(at)
            .is_some_and(|block| block.language == language && code.starts_with(&block.source));
        if !fits {
            self.blocks.truncate(at);
            self.blocks.push(Cached {
                language: language.to_owned(),
                source: String::new(),
                html: String::new(),
                after: Highlighter::new(language),
            });
        }
        &mut self.blocks[at]
    }
}
