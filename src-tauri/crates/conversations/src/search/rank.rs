//! The best of the newest hits: by how often and how closely they say what was typed.

use super::query::Query;

/// How many of the newest hits are compared. A common word of a large store has more hits than can be
/// ranked while somebody types.
pub(super) const COMPARED: u32 = 2_000;

/// How soon more of the same word counts for little, and how much a long message has to say it more
/// often, as in BM25. How rare a word is does not matter: every hit holds all of them.
const SATURATION: f64 = 1.2;
const LENGTH: f64 = 0.75;

/// What a message gains that has the words as they were typed, one after the other.
const AS_TYPED: f64 = 0.5;

/// The best first; of equals, the newer one. Messages come newest first, each with its text.
pub(super) fn best_first<T>(messages: Vec<(T, String)>, query: &Query, limit: usize) -> Vec<T> {
    let lengths: usize = messages.iter().map(|(_, text)| text.len()).sum();
    let average = (lengths as f64 / messages.len().max(1) as f64).max(1.0);
    let phrase = query.terms.join(" ");
    let mut scored: Vec<(f64, T)> = messages
        .into_iter()
        .map(|(message, text)| {
            let text = text.to_lowercase();
            let length = 1.0 - LENGTH + LENGTH * text.len() as f64 / average;
            let frequency = |term: &String| text.matches(term.as_str()).count() as f64;
            let words: f64 = query
                .terms
                .iter()
                .map(|term| frequency(term) / (frequency(term) + SATURATION * length))
                .sum();
            let whole = query.terms.len() > 1 && text.contains(&phrase);
            (words + if whole { AS_TYPED } else { 0.0 }, message)
        })
        .collect();
    scored.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    scored.truncate(limit);
    scored.into_iter().map(|(_, message)| message).collect()
}
