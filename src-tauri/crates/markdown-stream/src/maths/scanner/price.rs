//! Telling prices from formulas.

/// Whether what stands between two dollar signs starts with an amount and goes on in words, as in
/// "$20 for the first month, 30$".
pub(super) fn is_about_prices(between: &str) -> bool {
    let amount = between.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ',');
    if amount.len() == between.len() {
        return false;
    }
    let is_word = |word: &str| {
        let word = word.trim_matches(|c: char| c.is_ascii_punctuation() && c != '\\');
        word.chars().count() > 1 && word.chars().all(char::is_alphabetic)
    };
    amount.split_whitespace().any(is_word)
}
