//! The answer that every renderer shows: 40 KB with what models write.

use std::fmt::Write as _;

/// How many pieces it comes in.
pub const PIECES: usize = 2_000;

const BYTES: usize = 40_000;

/// The whole answer.
pub fn text() -> String {
    let mut text = String::new();
    for part in 1.. {
        write_part(&mut text, part).expect("memory");
        if text.len() >= BYTES {
            return text;
        }
    }
    text
}

/// The answer in pieces of almost the same length.
pub fn pieces() -> Vec<String> {
    let text = text();
    let characters: Vec<char> = text.chars().collect();
    (0..PIECES)
        .map(|at| {
            let from = at * characters.len() / PIECES;
            let to = (at + 1) * characters.len() / PIECES;
            characters[from..to].iter().collect()
        })
        .collect()
}

fn write_part(text: &mut String, part: usize) -> std::fmt::Result {
    writeln!(text, "## Part {part}: what there is to say\n")?;
    writeln!(
        text,
        "Some *emphasis*, some **strong words**, `code_{part}`, and a \
         [link](https://example.com/{part}) in a paragraph that is as long as paragraphs in answers \
         tend to be, with a second sentence that brings ~~nothing~~ little new.\n"
    )?;
    let lines = if part % 5 == 0 { 60 } else { 8 };
    writeln!(text, "```rust\nfn part_{part}(items: &[u64]) -> u64 {{")?;
    for line in 0..lines {
        writeln!(text, "    let value_{line} = items[{line}] * 2; // line {line}")?;
    }
    writeln!(text, "    0\n}}\n```\n")?;
    let items = if part % 4 == 0 { 30 } else { 4 };
    for item in 1..=items {
        writeln!(text, "{item}. Item {item}, with a reason that is a sentence of its own.")?;
    }
    writeln!(text, "\n- one\n  - nested, with `code`\n  - and another\n- two\n")?;
    writeln!(text, "| name | price | what for |\n|------|------:|----------|")?;
    for row in 0..(if part % 3 == 0 { 20 } else { 3 }) {
        writeln!(text, "| row {row} | {row}.00 | **bold** and plain |")?;
    }
    writeln!(text, "\n> A remark at the end of part {part}.\n")
}
