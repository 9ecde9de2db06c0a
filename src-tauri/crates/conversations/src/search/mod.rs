//! Finding messages by their words, newest or best first.

mod beginnings;
mod excerpt;
mod merge;
mod query;
mod rank;
mod recent;
mod script;
mod seek;
mod snippet;

use std::time::SystemTime;

use rusqlite::Transaction;

pub(crate) use beginnings::attach_vocabulary;
pub(crate) use script::spaced;
pub use snippet::{MARK_END, MARK_START};

use crate::{Role, Store, StoreError};
use beginnings::Words;
use seek::Seek;

/// The indexes: of words, and of pairs of characters where words are not set apart.
pub(crate) const INDEXES: [&str; 2] = ["message_words", "message_pairs"];

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
        self.read(|tx| {
            if filter.ranking == Ranking::Newest
                && let Some(hits) = recent::newest(tx, &query, filter, limit)?
            {
                return Ok(hits);
            }
            let words = match beginnings::expression(tx, &query.words)? {
                Words::None => return Ok(Vec::new()),
                Words::Any => None,
                Words::Of(expression) => Some(expression),
            };
            let Some(seek) = Seek::new(&query, words, filter) else {
                return Ok(Vec::new());
            };
            match filter.ranking {
                Ranking::Newest => seek.newest(tx, limit),
                Ranking::BestOfRecent => seek.best(tx, limit),
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
