//! Any split of a text ends in the same blocks.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use markdown_stream::render_blocks;
use support::{dom_of, stream};

fn check(text: &str, cuts: &[usize]) {
    let (view, blocks) = stream(text, cuts);
    let expected = render_blocks(text);
    assert_eq!(blocks, expected, "blocks of {text:?} cut at {cuts:?}");
    let expected: Vec<String> = expected.iter().map(|html| dom_of(html)).collect();
    assert_eq!(view.dom(), expected, "view of {text:?} cut at {cuts:?}");
}

fn every_char(text: &str) -> Vec<usize> {
    text.char_indices().map(|(at, _)| at).skip(1).collect()
}

#[test]
fn one_character_at_a_time() {
    for text in include_str!("data/blocks.txt").split("\n%%%%\n") {
        check(text, &every_char(text));
        check(text, &[]);
    }
}
