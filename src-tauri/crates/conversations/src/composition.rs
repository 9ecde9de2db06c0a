//! What a conversation tells the model beside its messages, and how much of it is sent.

use std::time::SystemTime;

use rusqlite::{Transaction, params};
use serde::{Deserialize, Serialize};

use crate::{
    Store, StoreError, clock,
    message::{conversation_seq, message_seq},
};

/// A conversation's own instructions and parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Composition {
    /// The system prompt; empty is none.
    pub instructions: String,
    /// The caller's parameters, as JSON.
    pub parameters_json: String,
    /// How much of the conversation is sent.
    pub context_rule: ContextRule,
}

/// How much of a conversation is sent once it is longer than the model's context.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContextRule {
    /// All of it. Where it does not fit, the person is asked.
    #[default]
    Whole,
    /// As many of its latest messages as fit.
    Recent,
    /// The latest summary, and the messages after it.
    Summary,
}

impl ContextRule {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Recent => "recent",
            Self::Summary => "summary",
        }
    }

    pub(crate) fn from_name(name: &str) -> Self {
        match name {
            "recent" => Self::Recent,
            "summary" => Self::Summary,
            _ => Self::Whole,
        }
    }
}

/// A text that stands for everything up to and including a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The last message that it stands for.
    pub message_id: String,
    /// The text.
    pub text: String,
    /// The model that wrote it.
    pub model_id: String,
    /// When.
    pub at: SystemTime,
}

impl Store {
    /// What a conversation tells the model beside its messages.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn composition(&self, conversation_id: &str) -> Result<Composition, StoreError> {
        self.read(|tx| {
            let seq = conversation_seq(tx, conversation_id)?;
            composition(tx, seq)
        })
    }

    /// Changes a conversation's instructions and parameters, from the next turn on.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::Database`] for parameters that are not JSON; those of
    /// any write.
    pub fn set_composition(
        &self,
        conversation_id: &str,
        new: &Composition,
    ) -> Result<(), StoreError> {
        self.write_durably(|tx| {
            let seq = conversation_seq(tx, conversation_id)?;
            set(tx, seq, new)
        })
    }

    /// Has so much of a conversation sent, from the next turn on.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] and those of any write.
    pub fn set_context_rule(
        &self,
        conversation_id: &str,
        rule: ContextRule,
    ) -> Result<(), StoreError> {
        self.update(conversation_id, "context_rule = ?2", rule.name())
    }

    /// Keeps a summary of everything up to and including a message, instead of an earlier one there.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] and those of any write.
    pub fn put_summary(&self, summary: &Summary) -> Result<(), StoreError> {
        self.write_durably(|tx| {
            let message = message_seq(tx, &summary.message_id)?;
            put(tx, message, summary)
        })
    }

    /// A conversation's summaries, on every branch, oldest first.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn summaries(&self, conversation_id: &str) -> Result<Vec<Summary>, StoreError> {
        self.read(|tx| {
            let seq = conversation_seq(tx, conversation_id)?;
            summaries(tx, seq)
        })
    }
}

pub(crate) fn set(tx: &Transaction, seq: i64, new: &Composition) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE conversations SET instructions = ?2, parameters = ?3, context_rule = ?4
         WHERE seq = ?1",
    )?
    .execute(params![
        seq,
        new.instructions,
        new.parameters_json,
        new.context_rule.name()
    ])?;
    Ok(())
}

pub(crate) fn composition(tx: &Transaction, seq: i64) -> Result<Composition, StoreError> {
    Ok(tx
        .prepare_cached(
            "SELECT instructions, parameters, context_rule FROM conversations WHERE seq = ?1",
        )?
        .query_row([seq], |row| {
            Ok(Composition {
                instructions: row.get(0)?,
                parameters_json: row.get(1)?,
                context_rule: ContextRule::from_name(&row.get::<_, String>(2)?),
            })
        })?)
}

pub(crate) fn put(tx: &Transaction, message: i64, summary: &Summary) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO summaries (message, text, model_id, at) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (message) DO UPDATE
         SET text = excluded.text, model_id = excluded.model_id, at = excluded.at",
    )?
    .execute(params![
        message,
        summary.text,
        summary.model_id,
        clock::to_ms(summary.at)
    ])?;
    Ok(())
}

pub(crate) fn summaries(tx: &Transaction, seq: i64) -> Result<Vec<Summary>, StoreError> {
    let mut statement = tx.prepare_cached(
        "SELECT m.id, s.text, s.model_id, s.at FROM summaries s JOIN messages m ON m.seq = s.message
         WHERE m.conversation = ?1 ORDER BY s.message",
    )?;
    let rows = statement.query_map([seq], |row| {
        Ok(Summary {
            message_id: row.get(0)?,
            text: row.get(1)?,
            model_id: row.get(2)?,
            at: clock::from_ms(row.get(3)?),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
