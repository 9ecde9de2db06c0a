//! Time, memory and traffic stay in proportion.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use std::time::{Duration, Instant};

use markdown_stream::{MarkdownStream, PatchOp, render_blocks};
use support::{View, dom_of};

fn bytes(ops: &[PatchOp]) -> usize {
    ops.iter().map(PatchOp::payload_len).sum()
}

/// Streams a text in pieces of about this size; bytes of patches, and the blocks at the end.
fn traffic(text: &str, piece: usize) -> (usize, Vec<String>) {
    let mut stream = MarkdownStream::new();
    let mut sent = 0;
    let mut rest = text;
    while !rest.is_empty() {
        let mut cut = piece.min(rest.len());
        while !rest.is_char_boundary(cut) {
            cut += 1;
        }
        stream.push(&rest[..cut]);
        rest = &rest[cut..];
        sent += bytes(&stream.take_patch());
    }
    sent += bytes(&stream.finish());
    (sent, stream.blocks())
}

/// The largest patch for one more line, late in a text of many.
fn late_cost(first: &str, line: impl Fn(usize) -> String, lines: usize) -> usize {
    let mut stream = MarkdownStream::new();
    let mut view = View::default();
    stream.push(first);
    let mut late = 0;
    for number in 0..lines {
        stream.push(&line(number));
        let ops = stream.take_patch();
        view.apply(&ops);
        if number > lines / 2 {
            late = late.max(bytes(&ops));
        }
    }
    view.apply(&stream.finish());
    let blocks: Vec<String> = stream.blocks().iter().map(|html| dom_of(html)).collect();
    assert_eq!(view.dom(), blocks);
    late
}

#[test]
fn a_line_of_long_code_costs_a_line() {
    let late = late_cost(
        "```rust\n",
        |n| format!("let x{n} = \"{n}\"; // {n}\n"),
        2_000,
    );
    assert!(late < 400, "{late} bytes for a line");
}

#[test]
fn an_item_of_a_long_list_costs_an_item() {
    let late = late_cost("", |n| format!("{}. item *{n}*\n", n + 1), 2_000);
    assert!(late < 200, "{late} bytes for an item");
    let late = late_cost("- a\n\n", |n| format!("- item {n}\n\n"), 2_000);
    assert!(late < 200, "{late} bytes for a loose item");
}

#[test]
fn a_word_of_a_paragraph_costs_a_word() {
    let late = late_cost("Some **bold** text", |n| format!(" word{n}"), 800);
    assert!(late < 20, "{late} bytes for a word");
}

#[test]
fn a_row_of_a_table_costs_a_row() {
    let late = late_cost("| a | b |\n|---|---|\n", |n| format!("| {n} | x |\n"), 200);
    assert!(late < 100, "{late} bytes for a row");
}

#[test]
fn one_long_line_of_code_is_sent_once() {
    let text = format!("```js\n{}\n```\n", "let a=1;".repeat(20_000));
    let (sent, _) = traffic(&text, 500);
    assert!(sent < text.len() * 2, "{sent} bytes for {}", text.len());
}

#[test]
fn a_large_block_goes_out_in_small_operations() {
    let mut stream = MarkdownStream::new();
    let mut view = View::default();
    let words = "word & <word> ".repeat(3_000);
    let table = format!("| a |\n|---|\n{}", "| *x* y |\n".repeat(2_000));
    let text =
        format!("{words}\n\n```\n{words}\n```\n\n{table}\n\n> {words}\n\n[r] {words}\n\nend");
    stream.push(&text);
    view.apply(&stream.take_patch());
    stream.push("\n\n[r]: https://late.example\n");
    view.apply(&stream.finish());
    let expected: Vec<String> = stream.blocks().iter().map(|html| dom_of(html)).collect();
    assert_eq!(view.dom(), expected);
    assert!(view.operations > 20);
}

/// How long "very long" is: unoptimised, the HTML parser would take minutes for 10 MB.
const VERY_LONG: usize = if cfg!(debug_assertions) {
    1_000_000
} else {
    10_000_000
};

/// Checklist 100: an answer of 10 MB, in a release build; of 1 MB otherwise.
#[test]
fn a_very_long_answer_is_bounded() {
    let part = "A paragraph of an answer with *emphasis* and `code`, of some length.\n\n\
                - item one\n- item two\n\n";
    let code = format!(
        "```text\n{}```\n\n",
        "a line of plain text, as long as lines are\n".repeat(200)
    );
    let section = part.repeat(40) + &code;
    let text = section.repeat(VERY_LONG / section.len() + 1);
    let started = Instant::now();
    let (sent, blocks) = traffic(&text, 16 * 1024);
    assert!(blocks.len() > VERY_LONG / 500);
    assert!(sent < text.len() * 4, "{sent} bytes of patches");
    assert!(
        started.elapsed() < Duration::from_secs(60),
        "{:?}",
        started.elapsed()
    );
}

/// Checklist 100: nesting, width and repetition that grammars choke on.
#[test]
fn pathological_texts_are_bounded() {
    let n = 10_000;
    let texts = [
        "- ".repeat(n),
        "> ".repeat(n),
        "1. ".repeat(n),
        "*a **b ".repeat(n),
        "[".repeat(n),
        "![".repeat(n),
        "[a](".repeat(n),
        "`".repeat(n),
        (1..150)
            .map(|len| "`".repeat(len) + " ")
            .collect::<String>(),
        "$".repeat(n),
        "$x ".repeat(n),
        "\\[".repeat(n),
        "\\(".repeat(n),
        "<!--".repeat(n),
        "www.".repeat(n),
        "(http://".repeat(n),
        "_a".repeat(n),
        "\u{e900}".repeat(n),
        "&".repeat(n),
        format!("| {}\n| {}\n", "a |".repeat(2_000), "-|".repeat(2_000)),
        (0..300)
            .map(|depth| format!("{}- x\n", "  ".repeat(depth)))
            .collect(),
        (0..2_000).map(|n| format!("[^{n}]: x\n\n")).collect(),
        (0..2_000)
            .map(|n| format!("[{n}]: https://a.example/{n}\n"))
            .collect(),
        format!("${}x{}$", "{".repeat(n), "}".repeat(n)),
        format!("${}x$", "\\sqrt".repeat(390)),
        format!("${}x$", "\\left(".repeat(390)),
        format!("${}x$", "\\frac a".repeat(390)),
        format!("${}x$", "\\sqrt".repeat(24)),
        format!("${}x{}$", "\\sqrt{".repeat(24), "}".repeat(24)),
        format!("$x{}$", "^{x".repeat(24) + &"}".repeat(24)),
    ];
    for text in &texts {
        let started = Instant::now();
        let start: String = text.chars().take(12).collect();
        let (_, blocks) = traffic(text, 400);
        assert_eq!(blocks, render_blocks(text), "{start:?}");
        let size: usize = blocks.iter().map(String::len).sum();
        assert!(
            size < 64 * text.len() + 4_096,
            "{start:?} became {size} bytes"
        );
        assert!(
            started.elapsed() < Duration::from_secs(60),
            "{start:?} took {:?}",
            started.elapsed()
        );
    }
}
