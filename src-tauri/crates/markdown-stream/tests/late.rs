//! Definitions reach what refers to them while the text still arrives, in whatever order they come.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use markdown_stream::{MarkdownStream, PatchOp, render_blocks};

/// The blocks after these pieces, before the end.
fn arriving(pieces: &[&str]) -> Vec<String> {
    let mut stream = MarkdownStream::new();
    for piece in pieces {
        stream.push(piece);
        let _ = stream.take_patch();
    }
    stream.blocks()
}

#[test]
fn a_link_defined_later_becomes_one_as_soon_as_the_line_of_its_definition_is_complete() {
    let before = [
        "See [the *book*][b] and [B].\n\nMore.\n\n",
        "And more.\n\n[b]: https://a.exam",
    ];
    assert!(!arriving(&before)[0].contains("<a "));
    let blocks = arriving(&[&before[..], &["ple/1\n"]].concat());
    assert_eq!(
        blocks[0].matches("href=\"https://a.example/1\"").count(),
        2,
        "{blocks:?}"
    );
}

#[test]
fn a_footnote_defined_later_is_referred_to_at_once() {
    let blocks = arriving(&[
        "One[^1] and two[^n].\n\nText.\n\n",
        "[^n]: why\n\n[^1]: so\n\nEnd",
    ]);
    assert_eq!(blocks[0].matches("footnote-ref").count(), 2, "{blocks:?}");
}

#[test]
fn a_footnote_defined_before_is_referred_to_in_every_later_block() {
    let text =
        "[^a]: a note\n\nOne[^a].\n\nTwo[^A].\n\n    code[^a]\n\n- three[^a]\n- four\n\nEnd[^a]";
    let pieces: Vec<&str> = text.split_inclusive('\n').collect();
    let blocks = arriving(&pieces);
    assert_eq!(blocks, render_blocks(text));
    assert_eq!(
        blocks.concat().matches("footnote-ref").count(),
        4,
        "{blocks:?}"
    );
}

#[test]
fn a_list_that_was_read_item_by_item_gets_its_links_when_it_is_over() {
    let items = "- one [a]\n- two [b]\n- three\n\n";
    let blocks = arriving(&[
        items,
        "[a]: https://a.example\n[b]: https://b.example\n\n",
        "Text\n\n",
        "x",
    ]);
    assert_eq!(blocks[0].matches("<a ").count(), 2, "{blocks:?}");
}

#[test]
fn what_looks_like_a_definition_in_code_defines_nothing() {
    let blocks = arriving(&[
        "See [b].\n\n",
        "```\n[b]: https://a.example\n",
        "```\n\nEnd",
    ]);
    assert!(!blocks[0].contains("<a "), "{blocks:?}");
}

#[test]
fn only_what_waits_for_a_definition_is_sent_again() {
    let mut stream = MarkdownStream::new();
    let plain: String = (0..400)
        .map(|n| format!("Paragraph {n} of [many].\n\n"))
        .collect();
    stream.push(&format!("{plain}Here is [it].\n\nEnd.\n\n"));
    let _ = stream.take_patch();
    stream.push("[it]: https://a.example\n");
    let ops = stream.take_patch();
    let replaced = ops
        .iter()
        .filter(|op| matches!(op, PatchOp::Replace { .. }))
        .count();
    assert_eq!(replaced, 1, "{ops:?}");
    let bytes: usize = ops.iter().map(PatchOp::payload_len).sum();
    assert!(bytes < 200, "{bytes} bytes");
}

#[test]
fn many_definitions_for_one_long_block_are_bounded() {
    let mut stream = MarkdownStream::new();
    let list: String = (0..3_000)
        .map(|n| format!("- item [l{n}] of a long list\n"))
        .collect();
    stream.push(&list);
    let _ = stream.take_patch();
    stream.push("\nText.\n\n");
    let _ = stream.take_patch();
    let started = std::time::Instant::now();
    for n in 0..3_000 {
        stream.push(&format!("[l{n}]: https://a.example/{n}\n\nText.\n\n"));
        let _ = stream.take_patch();
    }
    let _ = stream.finish();
    assert_eq!(stream.blocks()[0].matches("<a ").count(), 3_000);
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}
