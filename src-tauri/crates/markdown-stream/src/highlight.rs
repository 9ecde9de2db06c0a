//! Code, line by line, as text with classes.

use std::sync::LazyLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

/// Longer lines are shown plain: a line is matched as a whole, again for every piece that arrives, and
/// what the worst of the grammars take grows with the cube of its length (0.2 s at this one).
const MAX_LINE_BYTES: usize = 512;
/// Code after this much of one block is shown plain.
const MAX_BLOCK_BYTES: usize = 512 * 1024;

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// Scopes of TextMate grammars and the few groups they are shown as; the first match, from the
/// innermost scope outwards, counts.
const GROUPS: &[(&str, Option<&str>)] = &[
    ("comment", Some("comment")),
    ("punctuation.definition.comment", Some("comment")),
    ("punctuation.definition.string", Some("string")),
    ("string", Some("string")),
    ("constant.numeric", Some("number")),
    ("constant", Some("constant")),
    ("variable.language", Some("constant")),
    ("support.constant", Some("constant")),
    ("keyword.operator.word", Some("keyword")),
    ("keyword.operator", Some("operator")),
    ("keyword", Some("keyword")),
    ("storage", Some("keyword")),
    ("entity.name.function", Some("function")),
    ("support.function", Some("function")),
    ("variable.function", Some("function")),
    ("support.macro", Some("function")),
    ("entity.name.tag", Some("tag")),
    ("entity.other.attribute-name", Some("attribute")),
    ("entity.name.section", Some("heading")),
    ("markup.heading", Some("heading")),
    ("markup.inserted", Some("inserted")),
    ("markup.deleted", Some("deleted")),
    ("entity.name", Some("type")),
    ("entity.other.inherited-class", Some("type")),
    ("support.type.property-name", Some("attribute")),
    ("support.type", Some("type")),
    ("support.class", Some("type")),
    ("variable", Some("variable")),
    ("meta.interpolation", None),
    ("meta.template.expression", None),
];

static SCOPES: LazyLock<Vec<(Scope, Option<&str>)>> = LazyLock::new(|| {
    let scope =
        |(name, group): &(&str, Option<&'static str>)| Some((Scope::new(name).ok()?, *group));
    GROUPS.iter().filter_map(scope).collect()
});

/// Loads the grammars, so that the first block of code need not wait for them.
pub fn warm_up() {
    LazyLock::force(&SYNTAXES);
    LazyLock::force(&SCOPES);
}

/// The grammar for a word after a fence.
fn syntax(language: &str) -> Option<&'static SyntaxReference> {
    let alias = match language.to_ascii_lowercase().as_str() {
        "" | "text" | "txt" | "plain" | "plaintext" | "console" => return None,
        "shell" | "sh" | "zsh" | "shell-session" => "bash",
        "c++" | "cc" | "hpp" => "cpp",
        "c#" | "csharp" => "cs",
        "golang" => "go",
        "jsx" => "js",
        "jsonc" | "json5" => "json",
        "objective-c" | "objc" => "m",
        "ps" | "pwsh" => "powershell",
        "python3" => "python",
        _ => language,
    };
    SYNTAXES.find_syntax_by_token(alias)
}

/// Highlights the lines of one block in order.
#[derive(Clone, Debug)]
pub(crate) struct Highlighter {
    state: Option<(ParseState, ScopeStack)>,
    budget: usize,
}

impl Highlighter {
    /// At the start of a block.
    pub(crate) fn new(language: &str) -> Self {
        let state = syntax(language).map(|syntax| (ParseState::new(syntax), ScopeStack::new()));
        Self {
            state,
            budget: MAX_BLOCK_BYTES,
        }
    }

    /// Appends the HTML of the next line, its line feed included if it has one.
    pub(crate) fn line(&mut self, line: &str, out: &mut String) {
        out.push_str("<span class=\"line\">");
        self.tokens(line, out);
        out.push_str("</span>");
    }

    fn tokens(&mut self, line: &str, out: &mut String) {
        let plain = line.len() > MAX_LINE_BYTES || self.budget < line.len();
        self.budget = self.budget.saturating_sub(line.len());
        let Some((state, stack)) = self.state.as_mut().filter(|_| !plain) else {
            html_escape::encode_text_to_string(line, out);
            return;
        };
        let Ok(changes) = state.parse_line(line, &SYNTAXES) else {
            html_escape::encode_text_to_string(line, out);
            return;
        };
        let mut run = Run::default();
        let mut from = 0;
        for (at, change) in &changes {
            run.add(group(stack), &line[from..*at], out);
            from = *at;
            // A grammar that pops more than it pushed costs colours, nothing else.
            let _ = stack.apply(change);
        }
        run.add(group(stack), &line[from..], out);
        run.close(out);
    }
}

/// Neighbouring tokens of one group share an element.
#[derive(Default)]
struct Run {
    group: Option<&'static str>,
}

impl Run {
    fn add(&mut self, group: Option<&'static str>, text: &str, out: &mut String) {
        if text.is_empty() {
            return;
        }
        if group != self.group {
            self.close(out);
            if let Some(group) = group {
                out.push_str("<span class=\"hl-");
                out.push_str(group);
                out.push_str("\">");
            }
            self.group = group;
        }
        html_escape::encode_text_to_string(text, out);
    }

    fn close(&mut self, out: &mut String) {
        if self.group.take().is_some() {
            out.push_str("</span>");
        }
    }
}

fn group(stack: &ScopeStack) -> Option<&'static str> {
    stack.scopes.iter().rev().find_map(|scope| {
        let found = SCOPES
            .iter()
            .find(|(prefix, _)| prefix.is_prefix_of(*scope));
        found.map(|(_, group)| *group)
    })?
}

#[cfg(test)]
mod tests {
    use super::{Highlighter, MAX_LINE_BYTES};

    fn shown(highlighter: &mut Highlighter, line: &str) -> String {
        let mut out = String::new();
        highlighter.line(line, &mut out);
        out
    }

    #[test]
    fn a_line_too_long_is_plain_and_the_next_has_its_colours() {
        let mut highlighter = Highlighter::new("rust");
        let long = format!("let a = \"{}\";\n", "(".repeat(MAX_LINE_BYTES));
        assert!(!shown(&mut highlighter, &long).contains("hl-"));
        assert!(shown(&mut highlighter, "let a = 1;\n").contains("hl-keyword"));
    }
}
