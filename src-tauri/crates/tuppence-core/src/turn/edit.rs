//! Saying something else instead: the old words stay, on a branch of their own.

use conversations::TurnTerms;

use super::history::History;
use super::{Accepted, TurnRequest, TurnStarted};
use crate::Tuppence;
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
        let prices = self.price_snapshot(&turn).await?;
        let (message_id, text, asked) = (message_id.to_owned(), text.to_owned(), turn.clone());
        let (row, user, assistant, history) = self
            .with_store(move |store| {
                let snapshot = prices.and_then(|prices| serde_json::to_string(&prices).ok());
                let terms = TurnTerms {
                    model_id: &asked.model_id,
                    account_key: asked.account.as_str(),
                    price_snapshot_json: snapshot.as_deref(),
                };
                let begun = store.edit_turn(&message_id, &text, &terms)?;
                let id = begun.user.conversation_id.clone();
                Ok((
                    store.conversation(&id)?,
                    begun.user,
                    begun.assistant,
                    History::read(store, &id)?,
                ))
            })
            .await?;
        let accepted = Accepted {
            row,
            user,
            assistant,
            shorter: None,
        };
        Ok(self.start_turn(accepted, &history, turn, prices))
    }
}
