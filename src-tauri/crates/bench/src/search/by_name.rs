//! The floor: one statement that asks FTS5 for a word by its name, and reads what the newest hits say.
//! Beginnings are not resolved, nothing is cut out of a text, and no other index is asked.

use std::time::{Duration, Instant};

use rusqlite::Connection;

use super::HITS;
use super::corpus::Corpus;

/// A connection of its own to the corpus, with the statement.
pub(super) struct ByName {
    connection: Connection,
    sql: String,
}

impl ByName {
    pub(super) fn new(corpus: &Corpus) -> anyhow::Result<Self> {
        Ok(Self {
            connection: corpus.open()?,
            // The limit is written out: a statement with one that is bound is prepared for each query.
            sql: format!(
                "SELECT m.id, c.id, c.title, m.role, m.created_at, m.text
                 FROM message_words CROSS JOIN messages m ON m.seq = message_words.rowid
                   CROSS JOIN conversations c ON c.seq = m.conversation
                 WHERE message_words MATCH ?1 ORDER BY message_words.rowid DESC LIMIT {HITS}"
            ),
        })
    }

    /// How long it takes to read the newest messages with this very word.
    pub(super) fn time(&self, word: &str) -> anyhow::Result<Duration> {
        let started = Instant::now();
        let mut statement = self.connection.prepare_cached(&self.sql)?;
        let rows = statement.query_map([format!("\"{word}\"")], |row| {
            <(String, String, String, String, i64, String)>::try_from(row)
        })?;
        let read = rows.collect::<Result<Vec<_>, _>>()?;
        let took = started.elapsed();
        anyhow::ensure!(!read.is_empty(), "nothing has the word {word:?}");
        Ok(took)
    }
}
