//! Saying something else instead: the old words stay, on a branch of their own.

use super::{Begun, TurnRequest, TurnStarted};
use crate::Tuppence;
use crate::context::{Asked, too_long};
use crate::failure::{Failure, FailureKind};

impl Tuppence {
    /// Records other words beside those of a message, and sends them.
    ///
    /// # Errors
    /// As [`Tuppence::send`].
    pub async fn edit(
        &self,
        message_id: &str,
        text: &str,
        turn: TurnRequest,
    ) -> Result<TurnStarted, Failure> {
        if text.trim().is_empty() {
            return Err(Failure::lasting(
                FailureKind::RequestRejected,
                "there are no words to send",
            ));
        }
        let quote = self.quote(&turn).await?;
        let (message_id, text, requested) = (message_id.to_owned(), text.to_owned(), turn.clone());
        let begun = self.with_store(move |store| {
            let replaced = store.message(&message_id)?;
            let asked = Asked {
                conversation_id: Some(replaced.conversation_id),
                before: Some(message_id.clone()),
                text,
                preset: None,
            };
            if let Some(failure) = too_long(store, &asked, &replaced.attachments, quote.window)? {
                return Ok(Err(failure));
            }
            let snapshot = quote.snapshot_json();
            let terms = requested.terms(snapshot.as_deref());
            let begun = store.edit_turn(&message_id, &asked.text, &terms)?;
            let id = begun.user.conversation_id.clone();
            Begun::read(store, &id, begun.user, begun.assistant).map(Ok)
        });
        Ok(self.start_turn(begun.await??, turn, quote))
    }
}
