//! What others do: read everything.

use std::process::Command;
use std::time::Instant;

use super::corpus::{Corpus, Words};
use crate::clock::ms;
use crate::peers::Peers;

/// Milliseconds of each of so many scans by SQLite that end with a number of hits. The rarest words have a
/// hundred hits.
pub(super) fn like(
    corpus: &Corpus,
    words: &Words,
    times: usize,
    hits: u32,
) -> anyhow::Result<Vec<f64>> {
    like_once(corpus, words.rare(0), hits)?;
    (0..times)
        .map(|number| {
            let started = Instant::now();
            like_once(corpus, words.rare(number), hits)?;
            Ok(ms(started.elapsed()))
        })
        .collect()
}

/// The messages with a word that begins like this, newest first.
pub(super) fn like_once(corpus: &Corpus, word: &str, limit: u32) -> anyhow::Result<Vec<String>> {
    let connection = corpus.open()?;
    let sql = "SELECT id, text FROM messages WHERE text LIKE ?1 ORDER BY seq DESC LIMIT ?2";
    let mut statement = connection.prepare(sql)?;
    let rows = statement.query_map((format!("% {word}%"), limit), |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Milliseconds of each of so many scans of lines of JSON.
pub(super) fn jsonl(
    corpus: &Corpus,
    words: &Words,
    peers: &Peers,
    times: usize,
) -> anyhow::Result<Vec<f64>> {
    let output = Command::new("node")
        .arg(peers.source("node/jsonl-search.mjs"))
        .arg(corpus.lines())
        .args((0..times).map(|number| words.rare(number)))
        .output()?;
    let error = String::from_utf8_lossy(&output.stderr);
    anyhow::ensure!(output.status.success(), "jsonl-search: {error}");
    Ok(serde_json::from_slice(&output.stdout)?)
}
