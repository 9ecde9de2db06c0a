//! Beginnings of words, resolved to the words that the index has.
//!
//! FTS5 reads every row of every word that begins so before it gives the first; of words asked for
//! by name it gives the newest row at once. Beginnings of two and three characters have an index.

use rusqlite::{Connection, Transaction};

use super::query::Word;
use crate::StoreError;

/// More words than this, and the index is asked for the beginning itself.
const WORDS: usize = 200;

/// Rows of one word that are passed over before the next word is asked for.
const ROWS: usize = 16;

/// After a word and before every longer one that begins with it.
const NEXT: char = '\u{1}';

/// After every word that begins alike.
const PAST: char = '\u{10ffff}';

/// Gives a connection the vocabulary of the index, in its temporary schema.
pub(crate) fn attach_vocabulary(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(
        "PRAGMA temp_store = MEMORY;
         CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab ('main', 'message_words', 'instance')",
    )
}

/// Which messages have the words that were typed.
pub(super) enum Words {
    /// All: nothing typed is a word.
    Any,
    /// None: no word begins so.
    None,
    /// Those that match this FTS5 expression.
    Of(String),
}

/// The messages that hold all of these.
pub(super) fn expression(tx: &Transaction, words: &[Word]) -> Result<Words, StoreError> {
    let mut required = Vec::with_capacity(words.len());
    for word in words {
        match word {
            Word::Whole(text) => required.push(quoted(text)),
            Word::Beginning(text) => {
                let mut tokens = tokens(text)?;
                let Some(last) = tokens.pop() else { continue };
                let endings = endings(tx, &last)?;
                if endings.is_empty() {
                    return Ok(Words::None);
                }
                let before = tokens
                    .iter()
                    .fold(String::new(), |all, one| all + one + " ");
                let any: Vec<String> = endings
                    .into_iter()
                    .map(|ending| match ending {
                        Ending::Word(word) => quoted(&format!("{before}{word}")),
                        Ending::Beginning(part) => quoted(&format!("{before}{part}")) + "*",
                    })
                    .collect();
                required.push(format!("({})", any.join(" OR ")));
            }
        }
    }
    Ok(match required.is_empty() {
        true => Words::Any,
        false => Words::Of(required.join(" AND ")),
    })
}

enum Ending {
    Word(String),
    Beginning(String),
}

/// What a token may be the beginning of; empty if of nothing.
fn endings(tx: &Transaction, token: &str) -> Result<Vec<Ending>, StoreError> {
    let parts = match token.chars().count() {
        1 => distinct(tx, token, 2)?,
        2 | 3 => return Ok(vec![Ending::Beginning(token.to_owned())]),
        _ => distinct(tx, token, usize::MAX)?,
    };
    if parts.len() > WORDS {
        return Ok(vec![Ending::Beginning(token.to_owned())]);
    }
    Ok(parts
        .into_iter()
        .map(|part| match part.chars().count() {
            2 => Ending::Beginning(part),
            _ => Ending::Word(part),
        })
        .collect())
}

/// The words that begin so, cut to a length in characters, each once, in order; some too many where
/// they are many. Uncut, the beginning itself is the first.
fn distinct(tx: &Transaction, beginning: &str, cut: usize) -> Result<Vec<String>, StoreError> {
    let mut vocabulary =
        tx.prepare_cached("SELECT term FROM temp.vocabulary WHERE term >= ?1 AND term < ?2")?;
    let past = format!("{beginning}{PAST}");
    let mut parts: Vec<String> = Vec::new();
    let mut from = beginning.to_owned();
    if cut == usize::MAX {
        // Whether it is a word itself need not be known to ask for it.
        parts.push(beginning.to_owned());
        from.push(NEXT);
    }
    while parts.len() <= WORDS {
        let mut rows = vocabulary.query((&from, &past))?;
        let mut passed = 0;
        while passed < ROWS {
            let Some(row) = rows.next()? else {
                return Ok(parts);
            };
            let word = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
            let end = word
                .char_indices()
                .nth(cut)
                .map_or(word.len(), |(at, _)| at);
            let part = word.get(..end).unwrap_or(word);
            if parts.last().is_some_and(|last| last == part) {
                passed += 1;
            } else {
                parts.push(part.to_owned());
                passed = 0;
            }
        }
        from = parts.last().cloned().unwrap_or_default();
        from.push(if from.chars().count() < cut {
            NEXT
        } else {
            PAST
        });
    }
    Ok(parts)
}

/// A typed word as the index has it: `NEAR(b)` becomes `near` and `b`.
fn tokens(text: &str) -> Result<Vec<String>, StoreError> {
    if text.is_ascii() {
        return Ok(text
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|token| !token.is_empty())
            .map(str::to_ascii_lowercase)
            .collect());
    }
    // What folds to what is the tokenizer's to say.
    let index = Connection::open_in_memory()?;
    index.execute_batch(
        "CREATE VIRTUAL TABLE typed USING fts5 (text, tokenize = 'unicode61');
         CREATE VIRTUAL TABLE tokens USING fts5vocab (typed, instance);",
    )?;
    index.execute("INSERT INTO typed (text) VALUES (?1)", [text])?;
    let mut tokens = index.prepare(r#"SELECT term FROM tokens ORDER BY "offset""#)?;
    let tokens = tokens.query_map([], |row| row.get(0))?;
    Ok(tokens.collect::<Result<_, _>>()?)
}

fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}
