use std::time::SystemTime;

use rusqlite::{Row, Transaction, named_params, params};

use crate::{
    ContextRule, Store, StoreError, Totals, clock, ledger,
    message::{self},
    new_id,
};

/// A conversation as a list shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct ConversationSummary {
    /// Its id.
    pub id: String,
    /// Its title; empty until its first words.
    pub title: String,
    /// When it was made.
    pub created_at: SystemTime,
    /// When it last went on.
    pub updated_at: SystemTime,
    /// The account that pays for the next turn.
    pub account_key: Option<String>,
    /// The model that answers next.
    pub model_id: Option<String>,
    /// What it cost so far.
    pub totals: Totals,
    /// Stays on top of the list.
    pub pinned: bool,
    /// Put away, not deleted.
    pub archived: bool,
    /// The folder it lies in.
    pub folder: Option<String>,
    /// How much of it is sent.
    pub context_rule: ContextRule,
    /// In the bin since.
    pub deleted_at: Option<SystemTime>,
    /// An answer is streaming in.
    pub streaming: bool,
}

/// What a new conversation begins with.
#[derive(Clone, Copy, Debug, Default)]
pub struct NewConversation<'a> {
    /// Its title; `None` takes it from the first words.
    pub title: Option<&'a str>,
    /// The account that pays.
    pub account_key: Option<&'a str>,
    /// The model that answers.
    pub model_id: Option<&'a str>,
}

/// Which conversations to list; the default is all that are neither archived nor in the bin.
#[derive(Clone, Copy, Debug, Default)]
pub struct ConversationFilter<'a> {
    /// Where they are.
    pub shelf: Shelf,
    /// Only this account's.
    pub account_key: Option<&'a str>,
    /// At most so many.
    pub limit: Option<u32>,
}

/// Where a conversation is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shelf {
    /// In the list.
    #[default]
    Current,
    /// Put away.
    Archive,
    /// Deleted, and not gone yet.
    Bin,
}

impl Store {
    /// Conversations, pinned ones first, then by their last turn, latest first.
    ///
    /// # Errors
    /// Those of any read.
    pub fn conversations(
        &self,
        filter: &ConversationFilter,
    ) -> Result<Vec<ConversationSummary>, StoreError> {
        let shelf = match filter.shelf {
            Shelf::Current => "c.deleted_at IS NULL AND c.archived = 0",
            Shelf::Archive => "c.deleted_at IS NULL AND c.archived = 1",
            Shelf::Bin => "c.deleted_at IS NOT NULL",
        };
        let sql = format!(
            "SELECT {COLUMNS} FROM conversations c
             WHERE {shelf} AND (:account IS NULL OR c.account_key = :account)
             ORDER BY c.pinned DESC, c.updated_at DESC, c.seq DESC LIMIT :limit"
        );
        self.read(|tx| {
            let mut statement = tx.prepare_cached(&sql)?;
            let rows = statement.query_map(
                named_params! {
                    ":account": filter.account_key,
                    ":limit": filter.limit.map_or(-1, i64::from),
                },
                from_row,
            )?;
            let mut conversations = rows.collect::<Result<Vec<_>, _>>()?;
            for conversation in &mut conversations {
                conversation.totals = ledger::totals_of_conversation(tx, &conversation.id)?;
            }
            Ok(conversations)
        })
    }

    /// One conversation, in the bin or not.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn conversation(&self, id: &str) -> Result<ConversationSummary, StoreError> {
        self.read(|tx| summary(tx, message::conversation_seq(tx, id)?))
    }

    /// Makes an empty conversation.
    ///
    /// # Errors
    /// Those of any write.
    pub fn create_conversation(
        &self,
        new: &NewConversation,
    ) -> Result<ConversationSummary, StoreError> {
        self.write(|tx| {
            let seq = insert(tx, new)?;
            summary(tx, seq)
        })
    }

    /// Gives a conversation another title.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] and those of any write.
    pub fn rename(&self, id: &str, title: &str) -> Result<(), StoreError> {
        self.update(id, "title = ?2", title)
    }

    /// Has another model answer the next turn.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] and those of any write.
    pub fn set_model(&self, id: &str, model_id: &str) -> Result<(), StoreError> {
        self.update(id, "model_id = ?2", model_id)
    }

    /// Has another account pay for the next turn.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] and those of any write.
    pub fn set_account(&self, id: &str, account_key: &str) -> Result<(), StoreError> {
        self.update(id, "account_key = ?2", account_key)
    }

    /// Keeps a conversation on top of the list, or no longer.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] and those of any write.
    pub fn set_pinned(&self, id: &str, pinned: bool) -> Result<(), StoreError> {
        self.update(id, "pinned = ?2", pinned)
    }

    /// Puts a conversation away, or takes it back.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] and those of any write.
    pub fn set_archived(&self, id: &str, archived: bool) -> Result<(), StoreError> {
        self.update(id, "archived = ?2", archived)
    }

    /// Lays a conversation into a folder of this name; `None` takes it out.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] and those of any write.
    pub fn set_folder(&self, id: &str, folder: Option<&str>) -> Result<(), StoreError> {
        let folder = folder.map(str::trim).filter(|name| !name.is_empty());
        self.update(id, "folder = ?2", folder)
    }

    pub(crate) fn update(
        &self,
        id: &str,
        assignment: &str,
        value: impl rusqlite::ToSql,
    ) -> Result<(), StoreError> {
        self.write(|tx| {
            let seq = message::conversation_seq(tx, id)?;
            tx.prepare_cached(&format!(
                "UPDATE conversations SET {assignment} WHERE seq = ?1"
            ))?
            .execute(params![seq, value])?;
            Ok(())
        })
    }
}

pub(crate) const COLUMNS: &str =
    "c.id, c.title, c.created_at, c.updated_at, c.account_key, c.model_id,
  c.pinned, c.archived, c.folder, c.context_rule, c.deleted_at, EXISTS (
    SELECT 1 FROM messages m WHERE m.conversation = c.seq AND m.status = 'streaming') AS streaming";

pub(crate) fn insert(tx: &Transaction, new: &NewConversation) -> Result<i64, StoreError> {
    tx.prepare_cached(
        "INSERT INTO conversations (id, title, account_key, model_id, created_at, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?5)",
    )?
    .execute(params![
        new_id(),
        new.title.unwrap_or_default(),
        new.account_key,
        new.model_id,
        clock::now_ms(),
    ])?;
    Ok(tx.last_insert_rowid())
}

pub(crate) fn summary(tx: &Transaction, seq: i64) -> Result<ConversationSummary, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM conversations c WHERE c.seq = ?1");
    let mut summary = tx.prepare_cached(&sql)?.query_row([seq], from_row)?;
    summary.totals = ledger::totals_of_conversation(tx, &summary.id)?;
    Ok(summary)
}

/// Without its totals.
pub(crate) fn from_row(row: &Row) -> rusqlite::Result<ConversationSummary> {
    Ok(ConversationSummary {
        id: row.get("id")?,
        title: row.get("title")?,
        created_at: clock::from_ms(row.get("created_at")?),
        updated_at: clock::from_ms(row.get("updated_at")?),
        account_key: row.get("account_key")?,
        model_id: row.get("model_id")?,
        totals: Totals::default(),
        pinned: row.get("pinned")?,
        archived: row.get("archived")?,
        folder: row.get("folder")?,
        context_rule: ContextRule::from_name(&row.get::<_, String>("context_rule")?),
        deleted_at: row.get::<_, Option<i64>>("deleted_at")?.map(clock::from_ms),
        streaming: row.get("streaming")?,
    })
}
