//! The part of a text where something was found, with marks around it.

/// Begins a mark in [`Hit::snippet`](super::Hit::snippet).
pub const MARK_START: char = '\u{2}';

/// Ends a mark.
pub const MARK_END: char = '\u{3}';

/// Characters on each side of what was found.
const AROUND: usize = 40;

/// A window around the first of some runs, with all of them marked.
pub(super) fn around(text: &str, runs: &[String]) -> String {
    let first = runs.iter().filter_map(|run| text.find(run.as_str())).min();
    let found = first.unwrap_or_default();
    let (before, after) = text.split_at(found);
    let start = before
        .char_indices()
        .rev()
        .nth(AROUND - 1)
        .map_or(0, |(at, _)| at);
    let end = after
        .char_indices()
        .nth(2 * AROUND)
        .map_or(text.len(), |(at, _)| found + at);
    let window = text.get(start..end).unwrap_or(text);
    let lead = if start > 0 { "…" } else { "" };
    let trail = if end < text.len() { "…" } else { "" };
    format!("{lead}{}{trail}", mark(&without_marks(window), runs))
}

/// Marks every run in a text that may have other marks already.
pub(super) fn mark(text: &str, runs: &[String]) -> String {
    let mut marked = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((at, run)) = next(rest, runs) {
        marked.push_str(rest.get(..at).unwrap_or_default());
        marked.push(MARK_START);
        marked.push_str(run);
        marked.push(MARK_END);
        rest = rest.get(at + run.len()..).unwrap_or_default();
    }
    marked.push_str(rest);
    marked
}

/// The next run, the longest where several begin.
fn next<'a>(text: &str, runs: &'a [String]) -> Option<(usize, &'a str)> {
    runs.iter()
        .filter_map(|run| Some((text.find(run.as_str())?, run.as_str())))
        .min_by_key(|(at, run)| (*at, std::cmp::Reverse(run.len())))
}

fn without_marks(text: &str) -> String {
    text.replace([MARK_START, MARK_END], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_lies_around_the_first_find_and_marks_all() {
        let text = format!("{}東京の東京{}", "前".repeat(100), "後".repeat(200));
        let snippet = around(&text, &["東京".to_owned()]);
        assert!(
            snippet.starts_with("…前") && snippet.ends_with("後…"),
            "{snippet}"
        );
        assert!(
            snippet.contains("\u{2}東京\u{3}の\u{2}東京\u{3}"),
            "{snippet}"
        );
        assert!(snippet.chars().count() < 140);
    }

    #[test]
    fn marks_in_the_text_itself_are_not_taken_for_ours() {
        assert_eq!(around("\u{2}塔\u{3}", &["塔".to_owned()]), " \u{2}塔\u{3} ");
    }
}
