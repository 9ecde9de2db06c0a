//! Ending an answer: words, status and receipt in one transaction.

use money::{Amount, Cost, Usage};
use rusqlite::{Transaction, named_params};

use crate::{
    Ending, Loss, Message, Store, StoreError, clock, journal, loss, message, new_id, receipt,
    reservation, search,
};

/// How an answer ended, and what is known of its cost.
#[derive(Clone, Debug, PartialEq)]
pub struct Finished {
    /// How it ended.
    pub ending: Ending,
    /// Tokens, where the provider said or the caller counted.
    pub usage: Option<Usage>,
    /// Cost; `None` is unknown, not nothing.
    pub cost: Option<Cost>,
    /// The most that it can have cost, where that is less than was held; limits count it when the cost
    /// is an estimate or not known.
    pub bound: Option<Amount>,
    /// What of the cost was for words that did not come.
    pub loss: Option<Loss>,
    /// The provider's id of the request or response.
    pub request_id: Option<String>,
    /// The provider's id of the invocation, where it has one.
    pub invocation_id: Option<String>,
}

impl Finished {
    /// An ending of which nothing else is known.
    #[must_use]
    pub fn without_usage(ending: Ending) -> Self {
        Self {
            ending,
            usage: None,
            cost: None,
            bound: None,
            loss: None,
            request_id: None,
            invocation_id: None,
        }
    }
}

impl Store {
    /// Ends an answer that this store streams: the journal becomes its text, the ledger gets its
    /// receipt, both on the disk when this returns. Returns the message as stored.
    ///
    /// # Errors
    /// [`StoreError::NotStreaming`]; [`StoreError::DiskFull`] and those of any write: the answer
    /// then goes on streaming, and the call can be made again.
    pub fn finish(&self, message_id: &str, finished: &Finished) -> Result<Message, StoreError> {
        let writer = self.writer_id()?;
        self.write_durably(|tx| {
            let seq = journal::streaming_seq(tx, message_id, writer)?;
            end(tx, seq, finished)?;
            message::message(tx, seq)
        })
    }
}

/// Ends a streaming answer, whoever streams it.
pub(crate) fn end(tx: &Transaction, seq: i64, finished: &Finished) -> Result<(), StoreError> {
    let streamed = message::message(tx, seq)?;
    let now = clock::now_ms();
    let (finish_reason, error_json) = match &finished.ending {
        Ending::Complete { finish_reason } => (finish_reason.as_deref(), None),
        Ending::Failed { error_json } => (None, Some(error_json.as_str())),
        Ending::Stopped | Ending::CutOff => (None, None),
    };
    tx.prepare_cached(
        "UPDATE messages SET text = :text, spaced = :spaced, reasoning = :reasoning,
           status = :status, finish_reason = :finish_reason, error_json = :error_json,
           writer = NULL, ended_at = :now
         WHERE seq = :seq",
    )?
    .execute(named_params! {
        ":seq": seq,
        ":text": streamed.text,
        ":spaced": search::spaced(&streamed.text),
        ":reasoning": streamed.reasoning,
        ":status": finished.ending.name(),
        ":finish_reason": finish_reason,
        ":error_json": error_json,
        ":now": now,
    })?;
    search::index_pairs(tx, seq, &streamed.text)?;
    tx.prepare_cached("DELETE FROM journal WHERE message = ?1")?
        .execute([seq])?;
    tx.prepare_cached(
        "UPDATE conversations SET updated_at = max(updated_at, ?2)
         WHERE seq = (SELECT conversation FROM messages WHERE seq = ?1)",
    )?
    .execute([seq, now])?;
    let settled = reservation::settle(tx, &streamed, finished)?;
    if let (Some(loss), Some(account)) = (&finished.loss, &streamed.account_key) {
        loss::add(tx, &streamed.id, account, loss)?;
    }
    receipt::write(tx, &new_id(), now, &streamed, finished, &settled)
}
