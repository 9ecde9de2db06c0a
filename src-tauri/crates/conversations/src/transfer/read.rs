//! Out of the store.

use std::collections::HashMap;

use rusqlite::{Row, Transaction, params};
use serde_json::Value;

use super::{WholeConversation, WholeMessage, WholeReceipt, WholeStart, WholeSummary};
use crate::{
    Ending, Role, Status, Store, StoreError, attachment, clock, composition, message, receipt,
};

impl Store {
    /// Everything of one conversation, in the bin or not, but for messages that were deleted. An
    /// answer that streams is as if it were cut off now.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn whole(&self, id: &str) -> Result<WholeConversation, StoreError> {
        self.whole_as(id, false)
    }

    /// As [`Store::whole`], with deleted messages that are not gone yet, marked as such.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn whole_with_deleted(&self, id: &str) -> Result<WholeConversation, StoreError> {
        self.whole_as(id, true)
    }

    fn whole_as(&self, id: &str, deleted_too: bool) -> Result<WholeConversation, StoreError> {
        self.read(|tx| {
            let seq = message::conversation_seq(tx, id)?;
            let composition = composition::composition(tx, seq)?;
            let mut whole = tx
                .prepare_cached(
                    "SELECT c.id, c.title, c.created_at, c.updated_at, c.account_key, c.model_id,
                       c.pinned, c.archived, r.id, c.folder, c.deleted_at
                     FROM conversations c LEFT JOIN messages r
                       ON r.seq = c.active_root AND r.deleted_at IS NULL
                     WHERE c.seq = ?1",
                )?
                .query_row([seq], |row| {
                    Ok(WholeConversation {
                        id: row.get(0)?,
                        title: row.get(1)?,
                        created_at: clock::from_ms(row.get(2)?),
                        updated_at: clock::from_ms(row.get(3)?),
                        account_key: row.get(4)?,
                        model_id: row.get(5)?,
                        pinned: row.get(6)?,
                        archived: row.get(7)?,
                        folder: row.get(9)?,
                        instructions: composition.instructions,
                        parameters: json(&composition.parameters_json),
                        context: composition.context_rule,
                        shown_root: row.get(8)?,
                        deleted_at: row.get::<_, Option<i64>>(10)?.map(clock::from_ms),
                        messages: Vec::new(),
                        receipts: Vec::new(),
                    })
                })?;
            whole.messages = messages(tx, seq, deleted_too)?;
            whole.receipts = receipts(tx, id)?;
            Ok(whole)
        })
    }
}

fn messages(
    tx: &Transaction,
    conversation: i64,
    deleted_too: bool,
) -> Result<Vec<WholeMessage>, StoreError> {
    let mut summaries: HashMap<_, _> = composition::summaries(tx, conversation)?
        .into_iter()
        .map(|summary| (summary.message_id.clone(), summary))
        .collect();
    let mut statement = tx.prepare_cached(
        "SELECT m.seq, s.id, m.deleted_at FROM messages m LEFT JOIN messages s
           ON s.seq = m.active_child AND (s.deleted_at IS NULL OR m.deleted_at IS NOT NULL)
         WHERE m.conversation = ?1 AND m.chore IS NULL AND (?2 OR m.deleted_at IS NULL) ORDER BY m.seq",
    )?;
    let rows = statement
        .query_map(params![conversation, deleted_too], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?
        .collect::<Result<Vec<(i64, Option<String>, Option<i64>)>, _>>()?;
    let mut messages = Vec::with_capacity(rows.len());
    for (seq, shown_child, deleted_at) in rows {
        let message = message::message(tx, seq)?;
        let ending = match message.status {
            Status::Streaming => Ending::CutOff,
            Status::Ended(ending) => ending,
        };
        messages.push(WholeMessage {
            summary: summaries.remove(&message.id).map(|summary| WholeSummary {
                text: summary.text,
                model_id: summary.model_id,
                at: summary.at,
            }),
            abandoned_starts: abandoned(tx, seq)?,
            attachments: attachment::of_message(tx, seq)?,
            status: ending.name().to_owned(),
            error: match &ending {
                Ending::Failed { error_json } => Some(json(error_json)),
                _ => None,
            },
            finish_reason: match ending {
                Ending::Complete { finish_reason } => finish_reason,
                _ => None,
            },
            prices: message.price_snapshot_json.as_deref().map(json),
            lowered: message.lowered,
            ended_at: message.ended_at.unwrap_or_else(std::time::SystemTime::now),
            id: message.id,
            parent: message.parent_id,
            shown_child,
            deleted_at: deleted_at.map(clock::from_ms),
            role: message.role,
            text: message.text,
            reasoning: message.reasoning,
            model_id: message.model_id,
            account_key: message.account_key,
            created_at: message.created_at,
        });
    }
    Ok(messages)
}

fn abandoned(tx: &Transaction, message: i64) -> Result<Vec<WholeStart>, StoreError> {
    let mut statement = tx.prepare_cached(
        "SELECT text, reasoning, at FROM abandoned_starts WHERE message = ?1 ORDER BY seq",
    )?;
    let rows = statement.query_map([message], |row| {
        Ok(WholeStart {
            text: row.get(0)?,
            reasoning: row.get(1)?,
            at: clock::from_ms(row.get(2)?),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn receipts(tx: &Transaction, conversation_id: &str) -> Result<Vec<WholeReceipt>, StoreError> {
    let columns = receipt::COLUMNS;
    let sql =
        format!("SELECT {columns}, purpose FROM receipts WHERE conversation_id = ?1 ORDER BY seq");
    let mut statement = tx.prepare_cached(&sql)?;
    let rows = statement.query_map([conversation_id], whole_receipt)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn whole_receipt(row: &Row) -> rusqlite::Result<WholeReceipt> {
    let receipt = receipt::from_row(row)?;
    Ok(WholeReceipt {
        purpose: row.get("purpose")?,
        id: receipt.id,
        message_id: receipt.message_id,
        at: receipt.at,
        account_key: receipt.account_key,
        model_id: receipt.model_id,
        outcome: receipt.outcome,
        usage: receipt.usage,
        cost: receipt.cost,
        bound: receipt.bound,
        prices: receipt.price_snapshot_json.as_deref().map(json),
        request_id: receipt.request_id,
        invocation_id: receipt.invocation_id,
    })
}

/// The column's check says that it is JSON.
fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or(Value::Null)
}

impl serde::Serialize for Role {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Role {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        match String::deserialize(from)?.as_str() {
            "user" => Ok(Self::User),
            "assistant" => Ok(Self::Assistant),
            other => Err(serde::de::Error::unknown_variant(
                other,
                &["user", "assistant"],
            )),
        }
    }
}
