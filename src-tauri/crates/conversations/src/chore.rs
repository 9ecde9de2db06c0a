//! Answers that are wanted for their text only: a summary, a title. They are paid for like any other,
//! so they stream, are journalled and leave a receipt as any other does; in the tree they have no place.

use rusqlite::params;

use crate::{Message, Store, StoreError, Subject, TurnTerms, clock, message, new_id};

/// What such an answer is wanted for; its receipt says so too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Chore {
    /// A text that stands for the beginning of a conversation.
    Summary,
    /// A conversation's title.
    Title,
}

impl Chore {
    fn name(self) -> &'static str {
        match self {
            Self::Summary => "summary",
            Self::Title => "title",
        }
    }
}

impl Store {
    /// An empty answer that this store streams, outside the tree of its conversation. End it by
    /// [`Store::finish`], then call [`Store::end_chore`].
    ///
    /// # Errors
    /// [`StoreError::NotFound`] and those of any write.
    pub fn begin_chore(
        &self,
        conversation_id: &str,
        chore: Chore,
        terms: &TurnTerms,
    ) -> Result<Message, StoreError> {
        let writer = self.writer_id()?;
        self.write_durably(|tx| {
            let conversation = message::conversation_seq(tx, conversation_id)?;
            // Of processes that ended before they came to forget theirs.
            tx.execute(
                "DELETE FROM messages
                 WHERE conversation = ?1 AND chore IS NOT NULL AND status = 'cut_off'",
                [conversation],
            )?;
            tx.prepare_cached(
                "INSERT INTO messages (id, conversation, role, status, model_id, account_key,
                   price_snapshot, writer, created_at, chore)
                 VALUES (?1, ?2, 'assistant', 'streaming', ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![
                new_id(),
                conversation,
                terms.model_id,
                terms.account_key,
                terms.price_snapshot_json,
                writer,
                clock::now_ms(),
                chore.name(),
            ])?;
            message::message(tx, tx.last_insert_rowid())
        })
    }

    /// Forgets such an answer, which has ended; its receipt stays.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for anything else.
    pub fn end_chore(&self, message_id: &str) -> Result<(), StoreError> {
        self.write(|tx| {
            let gone = tx
                .prepare_cached(
                    "DELETE FROM messages
                     WHERE id = ?1 AND chore IS NOT NULL AND status <> 'streaming'",
                )?
                .execute([message_id])?;
            if gone == 1 {
                Ok(())
            } else {
                Err(StoreError::NotFound(Subject::Message))
            }
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use money::{Amount, Cost, Label, MicroUsd};

    use super::*;
    use crate::{Ending, Finished, ReceiptFilter, SearchFilter};

    #[test]
    fn a_summary_is_paid_for_and_has_no_place_in_the_conversation() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap().store;
        let terms = TurnTerms {
            model_id: "m",
            account_key: "a",
            price_snapshot_json: None,
        };
        let (conversation, turn) = store.begin_conversation("words", &terms).unwrap();
        let ending = || Ending::Complete {
            finish_reason: None,
        };
        store
            .finish(&turn.assistant.id, &Finished::without_usage(ending()))
            .unwrap();
        let before = store.branch(&conversation.id).unwrap();

        let chore = store
            .begin_chore(&conversation.id, Chore::Summary, &terms)
            .unwrap();
        store.append(&chore.id, "In short", "").unwrap();
        assert!(store.end_chore(&chore.id).is_err(), "it still streams");
        let finished = Finished {
            cost: Some(Cost {
                amount: Amount::Usd(MicroUsd(3)),
                label: Label::Reported,
            }),
            ..Finished::without_usage(ending())
        };
        assert_eq!(store.finish(&chore.id, &finished).unwrap().text, "In short");
        assert_eq!(store.branch(&conversation.id).unwrap(), before);
        store.end_chore(&chore.id).unwrap();
        assert!(
            store
                .search("short", &SearchFilter::default(), 9)
                .unwrap()
                .is_empty()
        );
        let totals = store.totals(&ReceiptFilter::default()).unwrap();
        assert_eq!(totals.usd.unwrap().amount, Amount::Usd(MicroUsd(3)));
        let whole = store.whole(&conversation.id).unwrap();
        assert_eq!(
            (whole.messages.len(), whole.receipts[1].purpose.as_str()),
            (2, "summary")
        );
    }
}
