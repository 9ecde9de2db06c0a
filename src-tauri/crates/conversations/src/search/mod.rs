//! Finding messages by their words, newest or best first.

mod query;
mod rank;
mod script;
mod snippet;

use std::time::SystemTime;

use rusqlite::{Row, Transaction, named_params};

pub(crate) use script::spaced;
pub use snippet::{MARK_END, MARK_START};

use crate::{Role, Store, StoreError, clock, message::unknown_word};
use query::Query;

/// Where to search; the default is everything that is not in the bin.
#[derive(Clone, Copy, Debug, Default)]
pub struct SearchFilter<'a> {
    /// Only messages that this account paid for or will.
    pub account_key: Option<&'a str>,
    /// Only messages to or from this model.
    pub model_id: Option<&'a str>,
    /// Only in this conversation.
    pub conversation_id: Option<&'a str>,
    /// From this instant on.
    pub since: Option<SystemTime>,
    /// Before this instant.
    pub until: Option<SystemTime>,
    /// Which hits come first.
    pub ranking: Ranking,
}

/// In which order hits come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ranking {
    /// The newest first.
    #[default]
    Newest,
    /// Of the newest two thousand, those first that say most of what was typed.
    BestOfRecent,
}

/// A message that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The message.
    pub message_id: String,
    /// Its conversation.
    pub conversation_id: String,
    /// The conversation's title.
    pub conversation_title: String,
    /// Who speaks.
    pub role: Role,
    /// When.
    pub created_at: SystemTime,
    /// The model asked.
    pub model_id: Option<String>,
    /// The account that pays.
    pub account_key: Option<String>,
    /// The words around what was found, each find between [`MARK_START`] and [`MARK_END`]; `…`
    /// stands where text was left out. Plain text.
    pub snippet: String,
}

impl Store {
    /// Finds messages that hold every word typed, in the filter's order. Beginnings of words are found,
    /// accents and case are not told apart, words in double quotes are found as they stand one
    /// after the other, Chinese, Japanese and Korean anywhere in a run. No input is an error.
    ///
    /// An answer is found once it has ended.
    ///
    /// # Errors
    /// Those of any read.
    pub fn search(
        &self,
        query: &str,
        filter: &SearchFilter,
        limit: u32,
    ) -> Result<Vec<Hit>, StoreError> {
        let query = query::parse(query);
        let Some(sql) = statement(&query) else {
            return Ok(Vec::new());
        };
        let taken = match filter.ranking {
            Ranking::Newest => limit,
            Ranking::BestOfRecent => rank::COMPARED,
        };
        let hits = self.read(|tx| {
            let mut statement = tx.prepare_cached(&sql)?;
            let rows = statement.query_map(
                named_params! {
                    ":words": query.words,
                    ":pairs": query.pairs,
                    ":account": filter.account_key,
                    ":model": filter.model_id,
                    ":conversation": filter.conversation_id,
                    ":since": filter.since.map(clock::to_ms),
                    ":until": filter.until.map(clock::to_ms),
                    ":limit": taken,
                },
                |row| {
                    let text = match filter.ranking {
                        Ranking::Newest => String::new(),
                        Ranking::BestOfRecent => row.get("text")?,
                    };
                    Ok((hit(row, &query)?, text))
                },
            )?;
            Ok(rows.collect::<Result<Vec<_>, _>>()?)
        })?;
        Ok(match filter.ranking {
            Ranking::Newest => hits.into_iter().map(|(hit, _)| hit).collect(),
            Ranking::BestOfRecent => {
                rank::best_first(hits, &query, usize::try_from(limit).unwrap_or(usize::MAX))
            }
        })
    }
}

/// Adds a message's pairs to their index, if it has any. Rows go with the message, by trigger.
pub(crate) fn index_pairs(tx: &Transaction, seq: i64, text: &str) -> Result<(), StoreError> {
    let pairs = script::pairs(text);
    if !pairs.is_empty() {
        tx.prepare_cached("INSERT INTO message_pairs (rowid, pairs) VALUES (?1, ?2)")?
            .execute((seq, pairs))?;
    }
    Ok(())
}

/// The index that goes first is read backwards, so the newest hits come without sorting. The plus
/// keeps SQLite from looking the other index's hits up one by one instead.
fn statement(query: &Query) -> Option<String> {
    let (index, found, also) = match (&query.words, &query.pairs) {
        (None, None) => return None,
        (Some(_), pairs) => (
            "message_words",
            "snippet(message_words, 0, char(2), char(3), '…', 16)",
            match pairs {
                Some(_) => {
                    "message_words MATCH :words AND +message_words.rowid IN (
                    SELECT rowid FROM message_pairs WHERE message_pairs MATCH :pairs)"
                }
                None => "message_words MATCH :words AND :pairs IS NULL",
            },
        ),
        (None, Some(_)) => (
            "message_pairs",
            "m.text",
            "message_pairs MATCH :pairs AND :words IS NULL",
        ),
    };
    Some(format!(
        "SELECT m.id, c.id AS conversation_id, c.title, m.role, m.created_at, m.model_id,
           m.account_key, m.text, {found} AS found
         FROM {index} CROSS JOIN messages m ON m.seq = {index}.rowid
           CROSS JOIN conversations c ON c.seq = m.conversation
         WHERE {also} AND c.deleted_at IS NULL AND m.deleted_at IS NULL
           AND (:account IS NULL OR m.account_key = :account)
           AND (:model IS NULL OR m.model_id = :model)
           AND (:conversation IS NULL OR c.id = :conversation)
           AND (:since IS NULL OR m.created_at >= :since)
           AND (:until IS NULL OR m.created_at < :until)
         ORDER BY {index}.rowid DESC LIMIT :limit"
    ))
}

fn hit(row: &Row, query: &Query) -> rusqlite::Result<Hit> {
    let role: String = row.get("role")?;
    let found: String = row.get("found")?;
    let snippet = if query.words.is_some() {
        let found = found.replace(script::SEAM, "");
        snippet::mark(&found, &query.runs)
    } else {
        snippet::around(&found, &query.runs)
    };
    Ok(Hit {
        message_id: row.get("id")?,
        conversation_id: row.get("conversation_id")?,
        conversation_title: row.get("title")?,
        role: match role.as_str() {
            "user" => Role::User,
            "assistant" => Role::Assistant,
            _ => return Err(unknown_word(3)),
        },
        created_at: clock::from_ms(row.get("created_at")?),
        model_id: row.get("model_id")?,
        account_key: row.get("account_key")?,
        snippet,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;

    #[test]
    fn the_newest_hits_come_without_sorting_or_scanning() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap().store;
        for typed in ["word", "東京", "word 東京"] {
            let query = query::parse(typed);
            let sql = format!("EXPLAIN QUERY PLAN {}", statement(&query).unwrap());
            let plan = store
                .read(|tx| {
                    let mut statement = tx.prepare(&sql)?;
                    let lines = statement.query_map(
                        named_params! { ":words": query.words, ":pairs": query.pairs },
                        |row| row.get::<_, String>("detail"),
                    )?;
                    Ok(lines.collect::<Result<Vec<_>, _>>()?)
                })
                .unwrap();
            assert!(
                !plan.iter().any(|line| line.contains("TEMP B-TREE")),
                "{plan:?}"
            );
            for table in ["m", "c"] {
                let by_key = format!("SEARCH {table} USING INTEGER PRIMARY KEY");
                assert!(
                    plan.iter().any(|line| line.starts_with(&by_key)),
                    "{plan:?}"
                );
            }
        }
    }
}
