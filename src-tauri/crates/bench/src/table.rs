//! All that was measured, as one table in Markdown.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context;
use serde_json::Value;

use crate::report::Number;

/// Prints the rows of these benches, as their JSON files have them.
pub(crate) fn print(folder: &Path, names: &[&str]) -> anyhow::Result<()> {
    let mut text = String::from(
        "| bench | figure | ours | peers | ratio | goal | met |\n|---|---|---|---|---|---|---|\n",
    );
    for name in names {
        let path = folder.join(format!("{name}.json"));
        let Ok(json) = std::fs::read_to_string(&path) else {
            writeln!(text, "| `{name}` | not measured | | | | | |")?;
            continue;
        };
        let report: Value = serde_json::from_str(&json)?;
        for row in report["rows"].as_array().context("rows")? {
            writeln!(text, "| `{name}` | {} |", line(row))?;
        }
    }
    print!("{text}");
    Ok(())
}

fn line(row: &Value) -> String {
    let number = |value: &Value| {
        value
            .as_f64()
            .map_or(String::new(), |it| Number(it).to_string())
    };
    let peers = row["peers"].as_object().into_iter().flatten();
    let peers: Vec<String> = peers
        .map(|(name, value)| format!("{name} {}", number(value)))
        .collect();
    let met = match row["met"].as_bool() {
        Some(true) => "yes",
        Some(false) => "**no**",
        None => "",
    };
    [
        row["figure"].as_str().unwrap_or_default().to_owned(),
        number(&row["ours"]),
        peers.join("; "),
        number(&row["ratio"]),
        row["goal"].as_str().unwrap_or_default().to_owned(),
        met.to_owned(),
    ]
    .join(" | ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_a_line_of_the_table() {
        let row = serde_json::json!({
            "figure": "ms", "ours": 4.0, "peers": { "other": 10.0 }, "ratio": 0.4,
            "goal": "<= 0.5 x other", "met": true,
        });
        assert_eq!(
            line(&row),
            "ms | 4 | other 10 | 0.40 | <= 0.5 x other | yes"
        );
    }
}
