//! Into the store. What comes is a file that anybody may have written: it is checked as a whole, and
//! taken in one transaction or not at all.

use std::collections::{HashMap, HashSet};

use money::Amount;
use rusqlite::{Transaction, named_params, params};
use serde_json::Value;

use super::{TakenIn, WholeConversation, WholeMessage, WholeReceipt};
use crate::{
    Attachment, MoneyKind, Store, StoreError, Summary,
    attachment::{self, Owner, hash_of, is_hash},
    clock, composition, message, new_id, receipt, search,
};

/// Longest id that is kept.
const LONGEST_ID: usize = 128;

impl Store {
    /// Takes a conversation in, with ids, times, branches and costs as they are. Its receipts join
    /// the ledger as imported: they count for the conversation, not for what was spent from here.
    /// `files` gives an attachment's bytes by their hash; one whose bytes are missing or are not what
    /// the hash says is left out.
    ///
    /// # Errors
    /// [`StoreError::NotImportable`] where it contradicts itself; those of any write.
    pub fn take_in(
        &self,
        whole: &WholeConversation,
        mut files: impl FnMut(&str) -> Option<Vec<u8>>,
    ) -> Result<TakenIn, StoreError> {
        check(whole)?;
        self.write_durably(|tx| {
            if message::conversation_seq(tx, &whole.id).is_ok() {
                return Ok(TakenIn::AlreadyHere);
            }
            let conversation = insert_conversation(tx, whole)?;
            let mut taking = Taking {
                tx,
                conversation,
                seqs: HashMap::new(),
                renamed: HashMap::new(),
            };
            for message in &whole.messages {
                taking.message(message)?;
                taking.attachments(message, |attachment| {
                    let bytes =
                        files(&attachment.hash).filter(|bytes| hash_of(bytes) == attachment.hash);
                    let Some(bytes) = bytes else { return Ok(false) };
                    self.keep_file(&attachment.hash, &bytes)?;
                    Ok(true)
                })?;
            }
            taking.show(whole)?;
            for receipt in &whole.receipts {
                taking.receipt(&whole.id, receipt)?;
            }
            Ok(TakenIn::Added)
        })
    }
}

/// What must hold, so that the tree is a tree and every word is one that the tables know.
fn check(whole: &WholeConversation) -> Result<(), StoreError> {
    let refuse = |why| Err(StoreError::NotImportable(why));
    let is_id = |id: &str| !id.is_empty() && id.len() <= LONGEST_ID;
    if !is_id(&whole.id) {
        return refuse("its id");
    }
    let endings = ["complete", "stopped", "cut_off", "failed"];
    let mut parents = HashMap::new();
    let mut deleted = HashSet::new();
    for message in &whole.messages {
        let answers_an_earlier_one = message
            .parent
            .as_ref()
            .is_none_or(|parent| parents.contains_key(parent.as_str()));
        if !is_id(&message.id) || !answers_an_earlier_one {
            return refuse("a message answers one that does not come before it");
        }
        if parents
            .insert(message.id.as_str(), message.parent.as_deref())
            .is_some()
        {
            return refuse("two messages have the same id");
        }
        let below_deleted = message
            .parent
            .as_deref()
            .is_some_and(|id| deleted.contains(id));
        if message.deleted_at.is_some() {
            deleted.insert(message.id.as_str());
        } else if below_deleted {
            return refuse("a message answers one that was deleted");
        }
        if !endings.contains(&message.status.as_str()) {
            return refuse("a message has an unknown status");
        }
        if message
            .attachments
            .iter()
            .any(|attachment| !is_hash(&attachment.hash))
        {
            return refuse("an attachment has no hash");
        }
    }
    let shown = whole
        .messages
        .iter()
        .map(|message| (Some(message.id.as_str()), &message.shown_child));
    for (parent, child) in shown.chain([(None, &whole.shown_root)]) {
        if let Some(child) = child
            && parents.get(child.as_str()) != Some(&parent)
        {
            return refuse("a message shows one that does not answer it");
        }
        let is_deleted = |id: &str| deleted.contains(id);
        if child.as_deref().is_some_and(is_deleted) && !parent.is_some_and(is_deleted) {
            return refuse("a message shows one that was deleted");
        }
    }
    let mut paid = HashSet::new();
    for receipt in &whole.receipts {
        let is_known = ["answer", "summary", "title"].contains(&receipt.purpose.as_str())
            && endings.contains(&receipt.outcome.as_str())
            && is_id(&receipt.id)
            && is_id(&receipt.message_id);
        if !is_known || receipt.is_negative() {
            return refuse("a receipt");
        }
        if !paid.insert(&receipt.message_id) {
            return refuse("two receipts for one message");
        }
    }
    Ok(())
}

impl WholeReceipt {
    fn is_negative(&self) -> bool {
        let amounts = [self.cost.map(|cost| cost.amount), self.bound];
        amounts
            .into_iter()
            .flatten()
            .any(|amount| amount.micro() < 0)
    }
}

fn insert_conversation(tx: &Transaction, whole: &WholeConversation) -> Result<i64, StoreError> {
    tx.prepare_cached(
        "INSERT INTO conversations (id, title, account_key, model_id, created_at, updated_at, pinned,
           archived, instructions, parameters, context_rule, folder, deleted_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, nullif(?12, ''), ?13)",
    )?
    .execute(params![
        whole.id,
        whole.title,
        whole.account_key,
        whole.model_id,
        clock::to_ms(whole.created_at),
        clock::to_ms(whole.updated_at),
        whole.pinned,
        whole.archived,
        whole.instructions,
        whole.parameters.to_string(),
        whole.context.name(),
        whole.folder,
        whole.deleted_at.map(clock::to_ms),
    ])?;
    Ok(tx.last_insert_rowid())
}

struct Taking<'a> {
    tx: &'a Transaction<'a>,
    conversation: i64,
    /// Where each message of the file is in the table.
    seqs: HashMap<&'a str, i64>,
    /// Ids that another conversation here has already.
    renamed: HashMap<&'a str, String>,
}

impl<'a> Taking<'a> {
    fn message(&mut self, message: &'a WholeMessage) -> Result<(), StoreError> {
        let mut id = message.id.clone();
        if message::message_seq(self.tx, &id).is_ok() {
            id = new_id();
            self.renamed.insert(&message.id, id.clone());
        }
        // A room of nothing is none.
        let lowered = message.lowered.as_ref().filter(|room| room.max_tokens > 0);
        self.tx
            .prepare_cached(
                "INSERT INTO messages (id, conversation, parent, role, text, spaced, reasoning, status,
                   finish_reason, error_json, model_id, account_key, price_snapshot, created_at, ended_at,
                   deleted_at, lowered_to, lowered_by)
                 VALUES (:id, :conversation, :parent, :role, :text, :spaced, :reasoning, :status,
                   :finish_reason, :error, :model, :account, :prices, :created, :ended, :deleted,
                   :lowered_to, :lowered_by)",
            )?
            .execute(named_params! {
                ":id": id,
                ":conversation": self.conversation,
                ":parent": message.parent.as_deref().and_then(|id| self.seqs.get(id)),
                ":role": message.role.to_string(),
                ":text": message.text,
                ":spaced": search::spaced(&message.text),
                ":reasoning": message.reasoning,
                ":status": message.status,
                ":finish_reason": message.finish_reason,
                ":error": message.error.as_ref().map(Value::to_string),
                ":model": message.model_id,
                ":account": message.account_key,
                ":prices": message.prices.as_ref().map(Value::to_string),
                ":created": clock::to_ms(message.created_at),
                ":ended": clock::to_ms(message.ended_at),
                ":deleted": message.deleted_at.map(clock::to_ms),
                ":lowered_to": lowered.map(|room| room.max_tokens),
                ":lowered_by": lowered.map(|room| room.by.as_str()),
            })?;
        let seq = self.tx.last_insert_rowid();
        self.seqs.insert(&message.id, seq);
        search::index_pairs(self.tx, seq, &message.text)?;
        for start in &message.abandoned_starts {
            self.tx
                .prepare_cached(
                    "INSERT INTO abandoned_starts (message, text, reasoning, at) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute(params![seq, start.text, start.reasoning, clock::to_ms(start.at)])?;
        }
        if let Some(summary) = &message.summary {
            let summary = Summary {
                message_id: id,
                text: summary.text.clone(),
                model_id: summary.model_id.clone(),
                at: summary.at,
            };
            composition::put(self.tx, seq, &summary)?;
        }
        Ok(())
    }

    fn attachments(
        &self,
        message: &WholeMessage,
        mut keep: impl FnMut(&Attachment) -> Result<bool, StoreError>,
    ) -> Result<(), StoreError> {
        let Some(seq) = self.seqs.get(message.id.as_str()) else {
            return Ok(());
        };
        let mut taken = self
            .tx
            .prepare_cached("SELECT 1 FROM attachments WHERE id = ?1")?;
        for attachment in &message.attachments {
            if !keep(attachment)? {
                continue;
            }
            let mut attachment = attachment.clone();
            if attachment.id.is_empty() || taken.exists([&attachment.id])? {
                attachment.id = new_id();
            }
            attachment::insert(self.tx, &attachment, Owner::Message(*seq))?;
        }
        Ok(())
    }

    fn show(&self, whole: &WholeConversation) -> Result<(), StoreError> {
        let seq = |id: &Option<String>| id.as_deref().and_then(|id| self.seqs.get(id)).copied();
        self.tx.execute(
            "UPDATE conversations SET active_root = ?2 WHERE seq = ?1",
            params![self.conversation, seq(&whole.shown_root)],
        )?;
        let mut statement = self
            .tx
            .prepare_cached("UPDATE messages SET active_child = ?2 WHERE seq = ?1")?;
        for message in &whole.messages {
            if let (Some(parent), Some(child)) = (
                self.seqs.get(message.id.as_str()),
                seq(&message.shown_child),
            ) {
                statement.execute([*parent, child])?;
            }
        }
        Ok(())
    }

    /// A receipt that the ledger has, of that id or for that answer, stays the only one.
    fn receipt(&self, conversation_id: &str, whole: &WholeReceipt) -> Result<(), StoreError> {
        let message_id = self
            .renamed
            .get(whole.message_id.as_str())
            .unwrap_or(&whole.message_id);
        let mut known = self
            .tx
            .prepare_cached("SELECT 1 FROM receipts WHERE id = ?1 OR message_id = ?2")?;
        if known.exists([&whole.id, message_id])? {
            return Ok(());
        }
        let columns = receipt::COLUMNS;
        self.tx
            .prepare_cached(&format!(
                "INSERT INTO receipts ({columns}, purpose, imported) VALUES (:id, :at, :conversation,
                   :message, :account, :model, :outcome, :input, :cached, :output, :reasoning, :kind,
                   :micro, :label, :bound_kind, :bound_micro, :prices, :request, :invocation, :purpose, 1)"
            ))?
            .execute(named_params! {
                ":id": whole.id,
                ":at": clock::to_ms(whole.at),
                ":conversation": conversation_id,
                ":message": message_id,
                ":account": whole.account_key,
                ":model": whole.model_id,
                ":outcome": whole.outcome,
                ":input": whole.usage.map(|usage| receipt::tokens(usage.input)),
                ":cached": whole.usage.map(|usage| receipt::tokens(usage.cached)),
                ":output": whole.usage.map(|usage| receipt::tokens(usage.output)),
                ":reasoning": whole.usage.map(|usage| receipt::tokens(usage.reasoning)),
                ":kind": whole.cost.map(|cost| MoneyKind::of(cost.amount).name()),
                ":micro": whole.cost.map(|cost| cost.amount.micro()),
                ":bound_kind": whole.bound.map(|bound| MoneyKind::of(bound).name()),
                ":bound_micro": whole.bound.map(Amount::micro),
                ":label": whole.cost.map(|cost| receipt::label_name(cost.label)),
                ":prices": whole.prices.as_ref().map(Value::to_string),
                ":request": whole.request_id,
                ":invocation": whole.invocation_id,
                ":purpose": whole.purpose,
            })?;
        Ok(())
    }
}
