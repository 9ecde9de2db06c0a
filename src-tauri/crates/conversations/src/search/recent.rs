//! Words so common that the newest messages hold as many hits as are asked for. To read these takes less
//! than to ask the index which words begin as was typed: it goes through all that it knows of a word to
//! come to the next one.

use rusqlite::Transaction;

use super::{
    Hit, SearchFilter,
    excerpt::{self, Apart},
    query::Query,
    seek::{COLUMNS, Narrowed, hit_with},
};
use crate::StoreError;

/// So many of the newest messages are read at most.
const READ: usize = 600;

/// And so many bytes of what they say.
const BYTES: usize = 400_000;

/// After so many it begins to show whether what is sought is common enough.
const SHOWS: usize = 12;

/// One of so many has to be a hit, or the index is asked: that takes as long then.
const ONE_OF: usize = 12;

/// The newest hits, if they are among the newest messages; `None` if only the index can tell.
pub(super) fn newest(
    tx: &Transaction,
    query: &Query,
    filter: &SearchFilter,
    limit: u32,
) -> Result<Option<Vec<Hit>>, StoreError> {
    let Some(sought) = excerpt::sought(&query.words) else {
        return Ok(None);
    };
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    if sought.is_empty() || query.pairs.is_some() || limit > READ {
        return Ok(None);
    }
    let Narrowed {
        conditions,
        parameters,
    } = Narrowed::by(filter);
    let mut statement = tx.prepare_cached(&format!(
        "SELECT {COLUMNS}, m.text FROM messages m CROSS JOIN conversations c ON c.seq = m.conversation
         WHERE m.seq > (SELECT max(seq) FROM messages) - {READ}{conditions}
           AND c.deleted_at IS NULL AND m.deleted_at IS NULL
         ORDER BY m.seq DESC"
    ))?;
    let parameters: Vec<(&str, &dyn rusqlite::ToSql)> = parameters
        .iter()
        .map(|(name, value)| (*name, value as &dyn rusqlite::ToSql))
        .collect();
    let mut rows = statement.query(parameters.as_slice())?;
    let (mut hits, mut read, mut bytes) = (Vec::with_capacity(limit), 0, 0);
    while hits.len() < limit {
        let Some(row) = rows.next()? else {
            return Ok(None);
        };
        // It stands after the columns of every hit.
        let text = row.get_ref(7)?.as_str().map_err(rusqlite::Error::from)?;
        bytes += text.len();
        if bytes > BYTES {
            return Ok(None);
        }
        let Some(apart) = Apart::new(text, &sought) else {
            return Ok(None);
        };
        if apart.says_all() {
            let snippet = apart.excerpt().unwrap_or_default();
            hits.push(hit_with(row, snippet)?);
        }
        read += 1;
        if read >= SHOWS && hits.len() * ONE_OF < read {
            return Ok(None);
        }
    }
    Ok(Some(hits))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::{
        Store, TurnTerms,
        search::{beginnings, query, seek::Seek},
    };

    const TERMS: TurnTerms = TurnTerms {
        model_id: "m",
        account_key: "a",
        price_snapshot_json: None,
    };

    /// A store in which a hundred messages say this; the ids of their conversations.
    fn said(store: &Store, words: &str) -> Vec<String> {
        let say = |number| {
            let words = format!("{words} {number}");
            store.begin_conversation(&words, &TERMS).unwrap().0.id
        };
        (0..100).map(say).collect()
    }

    fn both(store: &Store, typed: &str, limit: u32) -> (Option<Vec<Hit>>, Vec<Hit>) {
        let (query, filter) = (query::parse(typed), SearchFilter::default());
        store
            .read(|tx| {
                let words = match beginnings::expression(tx, &query.words)? {
                    beginnings::Words::Of(words) => Some(words),
                    _ => None,
                };
                let by_index = Seek::new(&query, words, &filter).unwrap();
                Ok((
                    newest(tx, &query, &filter, limit)?,
                    by_index.newest(tx, limit)?,
                ))
            })
            .unwrap()
    }

    #[test]
    fn what_the_newest_messages_say_is_found_as_the_index_finds_it() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap().store;
        let ids = said(&store, "The skylight, and the sky");
        store.delete(&ids[98]).unwrap();
        for typed in ["sky", "SK an", "\"the sky\"", "the sky s", "s"] {
            let (newest, by_index) = both(&store, typed, 10);
            assert_eq!(newest, Some(by_index), "{typed:?}");
        }
        let (newest, _) = both(&store, "sky", 10);
        assert!(
            newest
                .unwrap()
                .iter()
                .all(|hit| hit.conversation_id != ids[98])
        );
    }

    #[test]
    fn only_the_index_can_tell_of_rare_words_and_of_other_letters() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap().store;
        said(&store, "needle");
        said(&store, "hay");
        assert_eq!(both(&store, "needle", 10).0, None);
        assert!(both(&store, "hay", 10).0.is_some());
        assert_eq!(both(&store, "hay", 150).0, None, "there are but a hundred");
        store.begin_conversation("häy hay", &TERMS).unwrap();
        let (newest, by_index) = both(&store, "hay", 10);
        assert_eq!(newest, None);
        assert!(by_index[0].snippet.contains("häy"));
    }
}
