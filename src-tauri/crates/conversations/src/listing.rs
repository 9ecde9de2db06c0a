//! The lists of conversations by page, in the order in which a person sees them.

use std::collections::HashMap;

use rusqlite::{OptionalExtension, Transaction, named_params};

use crate::{
    ConversationSummary, Shelf, Store, StoreError,
    conversation::{COLUMNS, from_row},
    ledger,
};

/// Where a page of a list ended. It stays good when conversations come, go and move: the next page
/// is what lies behind it then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListPlace {
    section: i64,
    section_name: String,
    recency: i64,
    id: String,
}

impl ListPlace {
    /// Its parts, for a host that hands the place out and gets it back.
    #[must_use]
    pub fn into_parts(self) -> (i64, String, i64, String) {
        (self.section, self.section_name, self.recency, self.id)
    }

    /// From what [`ListPlace::into_parts`] gave. Any value is some place.
    #[must_use]
    pub fn from_parts(section: i64, section_name: String, recency: i64, id: String) -> Self {
        Self {
            section,
            section_name,
            recency,
            id,
        }
    }
}

/// Some conversations of a list, one after the other.
#[derive(Clone, Debug, PartialEq)]
pub struct ListPage {
    /// Of the current ones, pinned first, then those in folders by the folder's name, then the others;
    /// each part, the archive and the bin with the latest first.
    pub conversations: Vec<ConversationSummary>,
    /// Where it ended; `None` at the list's end.
    pub next: Option<ListPlace>,
    /// How many the whole list has.
    pub total: u32,
}

/// What conversations that are not in the bin can be told apart by, in ascending order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListNames {
    /// The folders.
    pub folders: Vec<String>,
    /// The models that answer.
    pub model_ids: Vec<String>,
}

impl Store {
    /// The first `count` conversations of a shelf, or those behind a place. What it costs depends on `count`.
    ///
    /// # Errors
    /// Those of any read.
    pub fn list_page(
        &self,
        shelf: Shelf,
        after: Option<&ListPlace>,
        count: u32,
    ) -> Result<ListPage, StoreError> {
        let shelf = match shelf {
            Shelf::Current => 0,
            Shelf::Archive => 1,
            Shelf::Bin => 2,
        };
        self.read(|tx| {
            let mut rows = rows(tx, shelf, after, count.saturating_add(1))?;
            let more = rows.len() > count as usize;
            rows.truncate(count as usize);
            let next = rows.last().filter(|_| more).map(|(_, place)| place.clone());
            let mut conversations = Vec::with_capacity(rows.len());
            for (mut conversation, _) in rows {
                conversation.totals = ledger::totals_of_conversation(tx, &conversation.id)?;
                conversations.push(conversation);
            }
            let total = tx
                .prepare_cached("SELECT count(*) FROM conversations WHERE shelf = ?1")?
                .query_row([shelf], |row| row.get(0))?;
            Ok(ListPage {
                conversations,
                next,
                total,
            })
        })
    }

    /// The names of folders and models that conversations of the list and the archive have.
    ///
    /// # Errors
    /// Those of any read.
    pub fn list_names(&self) -> Result<ListNames, StoreError> {
        let distinct = |tx: &Transaction, column: &str| {
            let mut statement = tx.prepare_cached(&format!(
                "SELECT DISTINCT {column} FROM conversations
                 WHERE {column} IS NOT NULL AND deleted_at IS NULL ORDER BY {column}"
            ))?;
            let names = statement.query_map([], |row| row.get(0))?;
            Ok::<_, StoreError>(names.collect::<Result<_, _>>()?)
        };
        self.read(|tx| {
            Ok(ListNames {
                folders: distinct(tx, "folder")?,
                model_ids: distinct(tx, "model_id")?,
            })
        })
    }

    /// The titles of these conversations, in the bin or not; one that is gone has none.
    ///
    /// # Errors
    /// Those of any read.
    pub fn titles<'a>(
        &self,
        ids: impl IntoIterator<Item = &'a str>,
    ) -> Result<HashMap<String, String>, StoreError> {
        self.read(|tx| {
            let mut statement =
                tx.prepare_cached("SELECT title FROM conversations WHERE id = ?1")?;
            let mut titles = HashMap::new();
            for id in ids {
                if let Some(title) = statement.query_row([id], |row| row.get(0)).optional()? {
                    titles.insert(id.to_owned(), title);
                }
            }
            Ok(titles)
        })
    }
}

fn rows(
    tx: &Transaction,
    shelf: i64,
    after: Option<&ListPlace>,
    count: u32,
) -> Result<Vec<(ConversationSummary, ListPlace)>, StoreError> {
    // Before everything of the shelf, where no place is given.
    let start = ListPlace::from_parts(-1, String::new(), 0, String::new());
    let after = after.unwrap_or(&start);
    let mut statement = tx.prepare_cached(&format!(
        "SELECT {COLUMNS}, c.section, c.section_name, c.recency FROM conversations c
         WHERE c.shelf = :shelf AND (c.section, c.section_name, c.recency, c.id)
           > (:section, :name, :recency, :id)
         ORDER BY c.section, c.section_name, c.recency, c.id LIMIT :count"
    ))?;
    let found = statement.query_map(
        named_params! {
            ":shelf": shelf,
            ":section": after.section,
            ":name": after.section_name,
            ":recency": after.recency,
            ":id": after.id,
            ":count": count,
        },
        |row| {
            let conversation = from_row(row)?;
            let place = ListPlace::from_parts(
                row.get("section")?,
                row.get("section_name")?,
                row.get("recency")?,
                conversation.id.clone(),
            );
            Ok((conversation, place))
        },
    )?;
    Ok(found.collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use crate::{NewConversation, Store};

    #[test]
    fn a_page_is_read_from_the_index_in_its_order() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap().store;
        store
            .create_conversation(&NewConversation::default())
            .unwrap();
        let plan: Vec<String> = store
            .read(|tx| {
                let mut statement = tx.prepare(
                    "EXPLAIN QUERY PLAN SELECT * FROM conversations c
                     WHERE c.shelf = 0 AND (c.section, c.section_name, c.recency, c.id) > (1, 'a', 2, 'b')
                     ORDER BY c.section, c.section_name, c.recency, c.id LIMIT 100",
                )?;
                let lines = statement.query_map([], |row| row.get("detail"))?;
                Ok(lines.collect::<Result<_, _>>()?)
            })
            .unwrap();
        assert_eq!(
            plan,
            [
                "SEARCH c USING INDEX conversations_in_order (shelf=? AND (section,section_name,recency,id)>(?,?,?,?))"
            ]
        );
    }
}
