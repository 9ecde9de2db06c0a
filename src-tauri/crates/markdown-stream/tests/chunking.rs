//! Any split of a text ends in the blocks of rendering it in one go.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use markdown_stream::render_blocks;
use proptest::prelude::*;
use support::{dom_of, stream};

fn samples() -> Vec<&'static str> {
    include_str!("data/blocks.txt").split("\n%%%%\n").collect()
}

fn check(text: &str, cuts: &[usize]) {
    let (view, blocks) = stream(text, cuts);
    let expected = render_blocks(text);
    assert_eq!(blocks, expected, "blocks of {text:?} cut at {cuts:?}");
    let expected: Vec<String> = expected.iter().map(|html| dom_of(html)).collect();
    assert_eq!(view.dom(), expected, "view of {text:?} cut at {cuts:?}");
}

/// Places in a text where a piece may end, from numbers that know nothing of it.
fn cuts(text: &str, wanted: &[prop::sample::Index]) -> Vec<usize> {
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).skip(1).collect();
    if places.is_empty() {
        return Vec::new();
    }
    let mut cuts: Vec<usize> = wanted.iter().map(|index| *index.get(&places)).collect();
    cuts.sort_unstable();
    cuts.dedup();
    cuts
}

#[test]
fn one_character_at_a_time() {
    for text in samples() {
        let every: Vec<usize> = text.char_indices().map(|(at, _)| at).skip(1).collect();
        check(text, &every);
        check(text, &[]);
    }
}

#[test]
fn line_endings_are_one_wherever_they_are_cut() {
    for text in [
        "a\r\n\r\nb\r\n",
        "```\r\nx\r\n```\r\ny",
        "- a\r- b\r\r- c",
        "a\0b\r\n",
    ] {
        let every: Vec<usize> = (1..text.len()).collect();
        check(text, &every);
        let plain = text
            .replace("\r\n", "\n")
            .replace('\r', "\n")
            .replace('\0', "\u{fffd}");
        assert_eq!(render_blocks(text), render_blocks(&plain));
    }
}

#[test]
fn code_without_an_end_may_end_in_spaces() {
    for fence in ["```", " ```", "~~~~\na\n ~~~"] {
        for end in [" ", "   ", "    ", "\t", " \t", " a", "\n ", "  \n  "] {
            let text = format!("{fence}\n{end}");
            let every: Vec<usize> = (1..text.len()).collect();
            check(&text, &every);
            check(&text, &[]);
        }
    }
}

/// Checklist 106: a character outside the basic plane arrives whole, between any two others.
#[test]
fn characters_outside_the_basic_plane_survive() {
    let text = "😀*😀*\n\n```\n😀\n```\n\n- 😀😀";
    let every: Vec<usize> = text.char_indices().map(|(at, _)| at).skip(1).collect();
    check(text, &every);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// Single samples hardly ever catch a wrong split; what follows what does.
    #[test]
    fn concatenated_samples(
        parts in prop::collection::vec((prop::sample::select(samples()), 0_usize..3), 1..6),
        wanted in prop::collection::vec(any::<prop::sample::Index>(), 0..24),
    ) {
        let mut text = String::new();
        for (part, blank_lines) in parts {
            text.push_str(part);
            text.push_str(&"\n".repeat(blank_lines));
        }
        check(&text, &cuts(&text, &wanted));
    }

    #[test]
    fn hostile_text(
        parts in prop::collection::vec(prop::sample::select(vec![
            "\n", "\n\n", " ", "  ", "    ", "\t", "-", "- ", "* ", "1. ", "2) ", "> ", "```", "~~~",
            "`", "``", "$", "$$", "\\(", "\\)", "\\[", "\\]", "\\", "|", "|-|", "| a |", "#", "# ",
            "=", "---", "[", "]", "](", ")", "[a]", "[a]: /u", "[^a]", "[^a]: ", "!", "<", ">",
            "<b>", "</b>", "<!--", "-->", "&amp;", "&", "*", "**", "_", "~~", "a", "word", "é", "😀",
            "\u{e900}", "\u{e901}", "0", "\r", "\r\n", "\0", "https://a.example", "www.", "[ ] ",
        ]), 0..60),
        wanted in prop::collection::vec(any::<prop::sample::Index>(), 0..24),
    ) {
        let text = parts.concat();
        check(&text, &cuts(&text, &wanted));
    }
}
