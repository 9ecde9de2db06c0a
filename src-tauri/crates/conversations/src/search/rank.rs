//! The best of the newest hits: by how often and how closely they say what was typed.

use super::{Hit, query::Query};

/// How many of the newest hits are compared. A common word of a large store has more hits than can be
/// ranked while somebody types.
pub(super) const COMPARED: u32 = 2_000;

/// How soon more of the same word counts for little, and how much a long message has to say it more
/// often, as in BM25. How rare a word is does not matter: every hit holds all of them.
const SATURATION: f64 = 1.2;
const LENGTH: f64 = 0.75;

/// What a message gains that has the words as they were typed, one after the other.
const AS_TYPED: f64 = 0.5;

/// Puts the best first; of equals, the newer one. The hits come newest first, each with its text.
pub(super) fn best_first(hits: Vec<(Hit, String)>, query: &Query, limit: usize) -> Vec<Hit> {
    let lengths: usize = hits.iter().map(|(_, text)| text.len()).sum();
    let average = (lengths as f64 / hits.len().max(1) as f64).max(1.0);
    let phrase = query.terms.join(" ");
    let mut scored: Vec<(f64, Hit)> = hits
        .into_iter()
        .map(|(hit, text)| {
            let text = text.to_lowercase();
            let length = 1.0 - LENGTH + LENGTH * text.len() as f64 / average;
            let frequency = |term: &String| text.matches(term.as_str()).count() as f64;
            let words: f64 = query
                .terms
                .iter()
                .map(|term| frequency(term) / (frequency(term) + SATURATION * length))
                .sum();
            let whole = query.terms.len() > 1 && text.contains(&phrase);
            (words + if whole { AS_TYPED } else { 0.0 }, hit)
        })
        .collect();
    scored.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    scored.into_iter().take(limit).map(|(_, hit)| hit).collect()
}
