//! Asking a model for something that is no answer in the conversation: a summary, a title. It goes the
//! way of any turn (guard, journal, ledger) and is forgotten once its words were used.

use conversations::{Chore, Ending, TurnTerms};
use native_oauth::CancellationToken;
use wallet_api::{ChatMessage, ChatRequest};

use super::running::RunningTurn;
use super::{TurnRequest, TurnUpdate, run};
use crate::failure::{Failure, FailureKind};
use crate::spending::{Known, Prompt};
use crate::{Status, Tuppence};

impl Tuppence {
    /// The words that a model answers with, at most `max_tokens` tokens of them, unless `stop` is cancelled.
    ///
    /// # Errors
    /// Whatever an answer fails with; [`FailureKind::StreamInterrupted`] if it was stopped or cut off.
    pub(crate) async fn chore(
        &self,
        conversation_id: &str,
        chore: Chore,
        request: &TurnRequest,
        messages: Vec<ChatMessage>,
        max_tokens: u64,
        stop: &CancellationToken,
    ) -> Result<String, Failure> {
        let quote = self.quote(request).await?;
        let (id, asked) = (conversation_id.to_owned(), request.clone());
        let message = self
            .with_store(move |store| {
                let snapshot = quote.snapshot_json();
                store.begin_chore(&id, chore, &asked.terms(snapshot.as_deref()))
            })
            .await?;
        let known = Known {
            prices: quote.prices,
            prompt: Prompt::of(&messages),
            play_money: self.account(&request.account)?.record.play_money,
            ..Known::default()
        };
        let turn = RunningTurn::stopped_by(conversation_id, &message.id, stop);
        let mut updates = turn.subscribe();
        self.inner.turns.insert(turn.clone());
        let chat = ChatRequest {
            max_tokens: u32::try_from(max_tokens).ok(),
            ..ChatRequest::new(request.model_id.clone(), messages)
        };
        let account = request.account.clone();
        let asked = run::Asked {
            chat,
            shorter: None,
        };
        let running = run::run(self.clone(), turn.clone(), account, asked, known);
        let task = tokio::spawn(running);
        self.inner.turns.owns(&turn, task);
        let mut ended = None;
        while let Some(update) = updates.next().await {
            if let TurnUpdate::Ended { message, .. } = update {
                ended = Some(message);
                break;
            }
        }
        let ended = ended.ok_or_else(|| Failure::internal("it ended without an end"))?;
        // An end that was not recorded keeps its row until it is.
        let forgotten = self.with_store(move |store| store.end_chore(&message.id));
        if let Err(failure) = forgotten.await {
            tracing::warn!(%failure, "what was asked on the side could not be forgotten");
        }
        match (ended.message.status, ended.failure) {
            (Status::Ended(Ending::Complete { .. }), _) => Ok(ended.message.text),
            (_, Some(failure)) => Err(failure),
            _ => Err(Failure::retryable(
                FailureKind::StreamInterrupted,
                "it was stopped before it was whole",
            )),
        }
    }
}

impl TurnRequest {
    /// As the store has them, with the prices of now.
    pub(super) fn terms<'a>(&'a self, price_snapshot_json: Option<&'a str>) -> TurnTerms<'a> {
        TurnTerms {
            model_id: &self.model_id,
            account_key: self.account.as_str(),
            price_snapshot_json,
        }
    }
}
