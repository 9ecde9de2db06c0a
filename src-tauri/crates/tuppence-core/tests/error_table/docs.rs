//! The table as people read it.

use std::fmt::Write as _;

use crate::{Shape, shapes};

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../docs/errors.md");

const INTRODUCTION: &str = "\
# What a provider's refusal means here

Every shape in which a provider refuses or breaks off, the cause that Tuppence makes of it, and what the window
offers first. The words of a provider are kept for \"Details\", and never shown as ours. What came of an answer is
kept in any case, and so is what the person wrote.

Made from `src-tauri/crates/tuppence-core/tests/error_table/shapes.json`, whose test serves each shape over HTTP:
`UPDATE_DOCS=1 cargo test -p tuppence-core --test error_table` writes it anew. `ui/src/text/errorTable.test.ts`
checks the last column.

| who | what happened | status | cause | offered first |
|---|---|---|---|---|
";

#[test]
fn the_documentation_has_the_whole_table() {
    let expected = document(&shapes());
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(PATH, &expected).unwrap();
    }
    let found = std::fs::read_to_string(PATH).unwrap_or_default();
    assert!(
        found == expected,
        "docs/errors.md is stale: run UPDATE_DOCS=1 cargo test -p tuppence-core --test error_table"
    );
}

fn document(shapes: &[Shape]) -> String {
    let mut text = INTRODUCTION.to_owned();
    for shape in shapes {
        let cause = match &shape.code {
            Some(code) => format!(
                "`{code}`{}",
                if shape.waits { ", until a time" } else { "" }
            ),
            None => "none: the first beginning is set aside, and said".to_owned(),
        };
        let Shape {
            from, when, status, ..
        } = shape;
        let action = shape.action.as_deref().unwrap_or("–");
        writeln!(text, "| {from} | {when} | {status} | {cause} | {action} |").unwrap();
    }
    text
}
