//! What is a formula, and what its MathML is made of.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::{Piece, Scanner, formula, pieces, restore};

/// The formulas of a text, display ones marked, when it arrives in pieces of this many characters.
fn formulas(text: &str, piece: usize) -> Vec<String> {
    let mut scanner = Scanner::default();
    let chars: Vec<char> = text.chars().collect();
    for part in chars.chunks(piece) {
        scanner.incoming().extend(part);
        scanner.advance(false);
    }
    scanner.advance(true);
    assert_eq!(
        restore(scanner.text(), scanner.insertions()),
        text,
        "nothing is lost"
    );
    let found = pieces(scanner.text(), scanner.insertions());
    let found = found.into_iter().filter_map(|piece| match piece {
        Piece::Insertion(insertion) => insertion.formula.clone(),
        Piece::Text(_) => None,
    });
    found
        .map(|f| {
            if f.display {
                format!("[{}]", f.tex)
            } else {
                f.tex
            }
        })
        .collect()
}

fn assert_formulas(text: &str, expected: &[&str]) {
    for piece in [1, 2, 3, 7, 1_000] {
        assert_eq!(formulas(text, piece), expected, "{text:?} by {piece}");
    }
}

#[test]
fn prices_are_no_formulas() {
    for text in [
        "$5 and $10",
        "It costs $5.",
        "US$5-US$10",
        "$1,000-$2,000",
        "from $20/month to 30$",
        "$20 for the first, 30$ later",
        "**$5** and **$10**",
        "$HOME/$USER",
        "\\$5\\$",
        "$ x $",
        "$$$",
        "$",
        "$$",
    ] {
        assert_formulas(text, &[]);
    }
}

#[test]
fn all_four_delimiters_make_formulas() {
    assert_formulas("$x$ and $5$, \\(y\\).", &["x", "5", "y"]);
    assert_formulas("$$a\n+ b$$ then \\[c\n- d\\]", &["[a\n+ b]", "[c\n- d]"]);
    assert_formulas("A $5 fee and $x^2$.", &["x^2"]);
    assert_formulas("> $$\n> x\n> $$", &["[\nx\n]"]);
}

#[test]
fn code_holds_no_formulas() {
    assert_formulas("`$x$` ``\\(`y\\)``\n```\n$x$\n```\n$y$", &["y"]);
    assert_formulas("- ~~~\n  $x$\n  ~~~\n$y$", &["y"]);
}

#[test]
fn a_formula_ends_before_a_blank_line() {
    assert_formulas("\\[ a\n\nb \\] and $$c\n \nd$$ $x\ny$", &[]);
}

#[test]
fn what_looks_like_a_placeholder_is_text() {
    assert_formulas("$x$ \u{e900}0\u{e901} `\u{e900}` \u{e901}", &["x"]);
}

#[test]
fn latex_becomes_mathml() {
    let mathml = |tex: &str, display| {
        formula(&super::Formula {
            tex: tex.to_owned(),
            display,
        })
    };
    let fraction = mathml("\\frac{a}{b}", false);
    assert!(
        fraction.starts_with("<math") && fraction.contains("<mfrac>"),
        "{fraction}"
    );
    assert!(mathml("x", true).contains("display=\"block\""));
    let aligned = mathml("\\begin{aligned} a &= b \\\\ c &= d \\end{aligned}", true);
    assert!(
        aligned.contains("math-right") && !aligned.contains(" style="),
        "{aligned}"
    );
}

#[test]
fn latex_that_cannot_be_converted_is_shown_as_source() {
    for tex in ["\\frac{1}{0", "\\nosuchcommand{x}", &"{".repeat(500)] {
        let html = formula(&super::Formula {
            tex: tex.to_owned(),
            display: false,
        });
        assert_eq!(html, format!("<code class=\"math\">{tex}</code>"));
    }
}
