//! The same message once more, with room for a shorter answer: for a wallet that does not cover the worst
//! case of a long one.

use super::{TurnRequest, TurnStarted};
use crate::Tuppence;
use crate::failure::Failure;

/// An answer that the person asked to be shorter.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Shorter {
    /// The room that the refused one had, where it was lowered already.
    pub(crate) previous: Option<u32>,
}

impl Tuppence {
    /// Asks for an answer again, and for no more of it than wallet and limits afford now.
    ///
    /// # Errors
    /// As [`Tuppence::send`]. Where not even a short answer is affordable the turn ends with
    /// [`FailureKind::ReservationTooLarge`](crate::FailureKind::ReservationTooLarge) and nothing leaves.
    pub async fn retry_shorter(
        &self,
        message_id: &str,
        turn: TurnRequest,
    ) -> Result<TurnStarted, Failure> {
        // What cannot be read leaves the last known balance, or a guess.
        let _ = self.refresh_balance(&turn.account).await;
        let id = message_id.to_owned();
        let refused = self.with_store(move |store| store.message(&id)).await?;
        let previous = refused.lowered.map(|lowered| lowered.max_tokens);
        self.ask_again(message_id, turn, Some(Shorter { previous }))
            .await
    }
}
