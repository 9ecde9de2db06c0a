//! A search against the indexes.

use rusqlite::{Row, Transaction, types::Value};

use super::{
    Hit, SearchFilter,
    excerpt::{self, Apart, Sought},
    query::Query,
    rank, script, snippet,
};
use crate::{Role, StoreError, clock, message::unknown_word};

/// A search with its conditions in SQL.
pub(super) struct Seek<'a> {
    query: &'a Query,
    /// The index that goes first. It is read backwards, so the newest hits come without sorting.
    index: &'static str,
    /// What a hit shows of its text, in SQL.
    found: &'static str,
    /// What is sought, where a hit's text mostly says what it shows of itself.
    sought: Option<Vec<Sought>>,
    conditions: String,
    parameters: Vec<(&'static str, Value)>,
}

impl<'a> Seek<'a> {
    /// With the words as an expression for their index; `None` if nothing is sought.
    pub(super) fn new(
        query: &'a Query,
        words: Option<String>,
        filter: &SearchFilter,
    ) -> Option<Self> {
        let pairs = query.pairs.clone();
        // The plus keeps SQLite from looking the other index's hits up one by one instead.
        let (index, found, conditions) = match (&words, &pairs) {
            (None, None) => return None,
            (Some(_), None) => ("message_words", SNIPPET, "message_words MATCH :words"),
            (Some(_), Some(_)) => (
                "message_words",
                SNIPPET,
                "message_words MATCH :words AND +message_words.rowid IN (
                   SELECT rowid FROM message_pairs WHERE message_pairs MATCH :pairs)",
            ),
            (None, Some(_)) => ("message_pairs", "m.text", "message_pairs MATCH :pairs"),
        };
        let mut seek = Self {
            query,
            index,
            found,
            sought: match pairs {
                None => excerpt::sought(&query.words),
                Some(_) => None,
            },
            conditions: conditions.to_owned(),
            parameters: Vec::new(),
        };
        let narrowed = Narrowed::by(filter);
        seek.conditions.push_str(&narrowed.conditions);
        seek.parameters
            .extend(words.map(|words| (":words", words.into())));
        seek.parameters
            .extend(pairs.map(|pairs| (":pairs", pairs.into())));
        seek.parameters.extend(narrowed.parameters);
        Some(seek)
    }

    /// The newest hits, newest first.
    pub(super) fn newest(&self, tx: &Transaction, limit: u32) -> Result<Vec<Hit>, StoreError> {
        let Some(sought) = &self.sought else {
            let sql = self.statement(&self.shown(), limit, "");
            return self.rows(tx, &sql, None, |row| hit(row, self.query));
        };
        let sql = self.statement(&with_text(), limit, "");
        let rows = self.rows(tx, &sql, None, |row| {
            let text = row.get_ref(8)?.as_str()?;
            Ok(match Apart::new(text, sought).and_then(|it| it.excerpt()) {
                Some(snippet) => Ok(hit_with(row, snippet)?),
                None => Err(row.get(7)?),
            })
        })?;
        let mut hits = Vec::with_capacity(rows.len());
        for row in rows {
            match row {
                Ok(hit) => hits.push(hit),
                Err(seq) => hits.extend(self.one(tx, seq)?),
            }
        }
        Ok(hits)
    }

    /// The best of the newest, best first. Only what is shown gets a snippet.
    pub(super) fn best(&self, tx: &Transaction, limit: u32) -> Result<Vec<Hit>, StoreError> {
        let sql = self.statement("m.seq, m.text", rank::COMPARED, "");
        let recent = self.rows(tx, &sql, None, |row| Ok((row.get(0)?, row.get(1)?)))?;
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let mut hits = Vec::new();
        for seq in rank::best_first(recent, self.query, limit) {
            hits.extend(self.one(tx, seq)?);
        }
        Ok(hits)
    }

    /// One hit, whose snippet the index cuts.
    fn one(&self, tx: &Transaction, seq: i64) -> Result<Vec<Hit>, StoreError> {
        let also = format!(" AND {}.rowid = :seq", self.index);
        let sql = self.statement(&self.shown(), 1, &also);
        self.rows(tx, &sql, Some(seq), |row| hit(row, self.query))
    }

    fn rows<T>(
        &self,
        tx: &Transaction,
        sql: &str,
        seq: Option<i64>,
        read: impl FnMut(&Row) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        let mut statement = tx.prepare_cached(sql)?;
        let seq = seq.map(Value::from);
        let mut parameters: Vec<(&str, &dyn rusqlite::ToSql)> = Vec::new();
        for (name, value) in &self.parameters {
            parameters.push((name, value));
        }
        parameters.extend(seq.iter().map(|seq| (":seq", seq as &dyn rusqlite::ToSql)));
        let rows = statement.query_map(parameters.as_slice(), read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn shown(&self) -> String {
        format!("{COLUMNS}, {} AS found", self.found)
    }

    fn statement(&self, columns: &str, limit: u32, also: &str) -> String {
        let Self {
            index, conditions, ..
        } = self;
        format!(
            "SELECT {columns}
             FROM {index} CROSS JOIN messages m ON m.seq = {index}.rowid
               CROSS JOIN conversations c ON c.seq = m.conversation
             WHERE {conditions}{also} AND c.deleted_at IS NULL AND m.deleted_at IS NULL
             ORDER BY {index}.rowid DESC LIMIT {limit}"
        )
    }
}

/// What a filter asks of a message and its conversation, in SQL.
pub(super) struct Narrowed {
    /// Each begins with ` AND `.
    pub(super) conditions: String,
    pub(super) parameters: Vec<(&'static str, Value)>,
}

impl Narrowed {
    pub(super) fn by(filter: &SearchFilter) -> Self {
        let text = |text: &str| Value::from(text.to_owned());
        let time = |time| Value::from(clock::to_ms(time));
        let asked = [
            (":account", "m.account_key =", filter.account_key.map(text)),
            (":model", "m.model_id =", filter.model_id.map(text)),
            (":conversation", "c.id =", filter.conversation_id.map(text)),
            (":since", "m.created_at >=", filter.since.map(time)),
            (":until", "m.created_at <", filter.until.map(time)),
        ];
        let mut narrowed = Self {
            conditions: String::new(),
            parameters: Vec::new(),
        };
        for (name, condition, value) in asked {
            if let Some(value) = value {
                narrowed
                    .conditions
                    .push_str(&format!(" AND {condition} {name}"));
                narrowed.parameters.push((name, value));
            }
        }
        narrowed
    }
}

/// What is read of every hit, in the order in which `hit_with` takes it: by their names columns are looked up
/// anew for every row.
pub(super) const COLUMNS: &str =
    "m.id, c.id AS conversation_id, c.title, m.role, m.created_at, m.model_id,
             m.account_key";

/// The message's key and its text stand after them: 7 and 8.
fn with_text() -> String {
    format!("{COLUMNS}, m.seq, m.text")
}

const SNIPPET: &str = "snippet(message_words, 0, char(2), char(3), '…', 16)";

fn hit(row: &Row, query: &Query) -> rusqlite::Result<Hit> {
    let found: String = row.get("found")?;
    let snippet = if query.words.is_empty() {
        snippet::around(&found, &query.runs)
    } else {
        let found = found.replace(script::SEAM, "");
        snippet::mark(&found, &query.runs)
    };
    hit_with(row, snippet)
}

/// A hit of a row that begins with [`COLUMNS`].
pub(super) fn hit_with(row: &Row, snippet: String) -> rusqlite::Result<Hit> {
    Ok(Hit {
        message_id: row.get(0)?,
        conversation_id: row.get(1)?,
        conversation_title: row.get(2)?,
        role: match row.get_ref(3)?.as_str()? {
            "user" => Role::User,
            "assistant" => Role::Assistant,
            _ => return Err(unknown_word(3)),
        },
        created_at: clock::from_ms(row.get(4)?),
        model_id: row.get(5)?,
        account_key: row.get(6)?,
        snippet,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;
    use crate::{Store, search::query};

    #[test]
    fn the_newest_hits_come_without_sorting_or_scanning() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap().store;
        for (typed, words) in [
            ("word", Some("word")),
            ("東京", None),
            ("word 東京", Some("word")),
        ] {
            let query = query::parse(typed);
            let words = words.map(str::to_owned);
            let seek = Seek::new(&query, words, &SearchFilter::default()).unwrap();
            let sql = seek.statement(&seek.shown(), 50, "");
            let plan: Vec<String> = store
                .read(|tx| {
                    let sql = format!("EXPLAIN QUERY PLAN {sql}");
                    seek.rows(tx, &sql, None, |row| row.get("detail"))
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
