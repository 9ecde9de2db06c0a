//! The table of the standards' rules says nothing about tests that is not so.

use std::path::Path;

const COLUMNS: [&str; 5] = ["section", "rule", "whose", "where", "shown by"];

#[test]
fn every_rule_for_the_app_names_a_test_and_every_named_test_exists() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let table = std::fs::read_to_string(folder.join("../../../docs/rfc.md")).unwrap();
    let mut rules = 0;
    for row in table.lines().filter_map(|line| line.strip_prefix("| ")) {
        let cells: Vec<&str> = row
            .trim_end_matches('|')
            .split('|')
            .map(str::trim)
            .collect();
        assert_eq!(cells.len(), COLUMNS.len(), "{row}");
        if cells == COLUMNS {
            continue;
        }
        rules += 1;
        let tests: Vec<_> = named_tests(cells[4]).collect();
        match cells[2] {
            "app" => assert!(!tests.is_empty(), "no test shows: {row}"),
            "server" | "host" | "unused" => {}
            other => panic!("nobody is called {other}: {row}"),
        }
        for (file, test) in tests {
            let text = std::fs::read_to_string(folder.join(file));
            let text = text.unwrap_or_else(|error| panic!("{file}: {error}"));
            assert!(
                text.contains(&format!("fn {test}(")),
                "{file} has no {test}"
            );
        }
    }
    assert!(rules > 60, "only {rules} rules were read");
}

/// Each `file.rs::name` between backquotes.
fn named_tests(cell: &str) -> impl Iterator<Item = (&str, &str)> {
    cell.split('`').filter_map(|code| code.split_once("::"))
}
