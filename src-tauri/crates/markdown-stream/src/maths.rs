//! Maths: finding formulas by rules of our own, and MathML from LaTeX.

mod mathml;
mod scanner;
#[cfg(test)]
mod tests;

pub(crate) use mathml::formula;
pub(crate) use scanner::Scanner;

/// Begins a placeholder for an [`Insertion`]; a private-use character.
const OPEN: char = '\u{E900}';
/// Ends a placeholder.
const CLOSE: char = '\u{E901}';

/// What was taken out of the text before the Markdown parser sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Insertion {
    /// The text as it was written, delimiters included.
    pub(crate) source: String,
    /// What it means, unless it only looked like a placeholder.
    pub(crate) formula: Option<Formula>,
}

/// LaTeX without its delimiters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Formula {
    /// The LaTeX.
    pub(crate) tex: String,
    /// Set off from the text.
    pub(crate) display: bool,
}

/// A part of a text that may hold placeholders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// Text as it is.
    Text(&'a str),
    /// What a placeholder stands for.
    Insertion(&'a Insertion),
}

/// Cuts a text at its placeholders.
pub(crate) fn pieces<'a>(text: &'a str, insertions: &'a [Insertion]) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    let mut from = 0;
    while let Some(at) = rest[from..].find(OPEN).map(|at| at + from) {
        let after = at + OPEN.len_utf8();
        let found = rest[after..].find(CLOSE).and_then(|len| {
            let index: usize = rest[after..after + len].parse().ok()?;
            Some((insertions.get(index)?, after + len + CLOSE.len_utf8()))
        });
        let Some((insertion, end)) = found else {
            from = after;
            continue;
        };
        if at > 0 {
            pieces.push(Piece::Text(&rest[..at]));
        }
        pieces.push(Piece::Insertion(insertion));
        rest = &rest[end..];
        from = 0;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    pieces
}

/// The text as it was written, every placeholder put back.
pub(crate) fn restore<'a>(text: &'a str, insertions: &[Insertion]) -> std::borrow::Cow<'a, str> {
    if !text.contains(OPEN) {
        return text.into();
    }
    let parts = pieces(text, insertions);
    let parts = parts.iter().map(|piece| match piece {
        Piece::Text(text) => *text,
        Piece::Insertion(insertion) => &insertion.source,
    });
    parts.collect::<String>().into()
}
