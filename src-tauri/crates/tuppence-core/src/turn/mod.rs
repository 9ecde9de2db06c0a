//! Turns: a person's words out, an answer streaming in.
//!
//! The words are on the disk before the request leaves. What arrives is journalled within
//! [`JOURNAL_EVERY`] and shown at most once a frame. However a turn ends, what came is kept.

mod dropped;
mod edit;
mod history;
mod live;
mod resume;
mod run;
mod running;
mod shorter;

use std::time::Duration;

use conversations::{AttachmentKind, TurnTerms, Words};
use money::PriceSnapshot;
use wallet_api::ChatRequest;

use crate::Tuppence;
use crate::account::AccountId;
use crate::conversation::{ConversationRow, MessageState};
use crate::event::CoreEvent;
use crate::failure::{Failure, FailureKind};
use crate::spending::{Known, Prompt};

use history::History;
pub use live::{TurnUpdate, TurnUpdates};
pub(crate) use resume::Resumptions;
use running::RunningTurn;
pub(crate) use running::{Turns, TurnsByMessage};
pub(crate) use shorter::Shorter;

/// Shown at most this often: a frame at 30 per second, which text does not outrun.
const SHOW_EVERY: Duration = Duration::from_millis(33);

/// Text that came is on record this soon; `kill -9` costs no more than that.
const JOURNAL_EVERY: Duration = Duration::from_millis(100);

/// An end that the disk did not take is tried again this often.
const RECORD_AGAIN: Duration = Duration::from_secs(2);

/// Prices that are not known yet are waited for this long.
const PRICES: Duration = Duration::from_secs(3);

/// A running cost is told this often.
const PRICE_EVERY: Duration = Duration::from_millis(250);

/// Which model answers, and who pays.
#[derive(Clone, Debug)]
pub struct TurnRequest {
    /// The model's id.
    pub model_id: String,
    /// The account whose wallet pays.
    pub account: AccountId,
}

/// What to send.
#[derive(Clone, Debug)]
pub struct SendRequest {
    /// Where; `None` starts a new conversation.
    pub conversation_id: Option<String>,
    /// The person's words.
    pub text: String,
    /// Ids of attachments that go with them.
    pub attachments: Vec<String>,
    /// Model and payer.
    pub turn: TurnRequest,
}

/// A turn that was accepted and recorded; the rest comes through its updates.
#[derive(Debug)]
pub struct TurnStarted {
    /// The turn, for Stop.
    pub turn_id: String,
    /// The conversation, new or not.
    pub conversation: ConversationRow,
    /// The person's words as stored.
    pub user: MessageState,
    /// The answer, still empty.
    pub assistant: MessageState,
    /// How many messages of the shown branch come before the person's words.
    pub user_index: usize,
    /// What happens next.
    pub updates: TurnUpdates,
}

/// A turn that is on record.
struct Accepted {
    row: ConversationRow,
    user: crate::Message,
    assistant: crate::Message,
    shorter: Option<Shorter>,
}

impl Tuppence {
    /// Records a person's words and sends them.
    ///
    /// # Errors
    /// Only what keeps the words from being recorded: [`FailureKind::StorageUnavailable`],
    /// [`FailureKind::NotFound`], [`FailureKind::RequestRejected`] for empty words or while an answer
    /// streams in the same conversation. Everything after that ends the turn instead.
    pub async fn send(&self, request: SendRequest) -> Result<TurnStarted, Failure> {
        if request.text.trim().is_empty() && request.attachments.is_empty() {
            return Err(Failure::lasting(
                FailureKind::RequestRejected,
                "there are no words to send",
            ));
        }
        let prices = self.price_snapshot(&request.turn).await?;
        self.refuse_unseen(&request).await?;
        let (text, turn) = (request.text, request.turn.clone());
        let attachments = request.attachments;
        let (row, user, assistant, history) = self
            .with_store(move |store| {
                let snapshot = prices.and_then(|prices| serde_json::to_string(&prices).ok());
                let terms = TurnTerms {
                    model_id: &turn.model_id,
                    account_key: turn.account.as_str(),
                    price_snapshot_json: snapshot.as_deref(),
                };
                let words = Words {
                    text: &text,
                    attachments: &attachments,
                };
                let (id, begun) = match request.conversation_id {
                    Some(id) => {
                        let begun = store.begin_turn(&id, words, &terms)?;
                        (id, begun)
                    }
                    None => {
                        let (row, begun) = store.begin_conversation(words, &terms)?;
                        (row.id, begun)
                    }
                };
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
        Ok(self.start_turn(accepted, &history, request.turn, prices))
    }

    /// Asks for an answer again: a new one beside the old, which stays.
    ///
    /// # Errors
    /// As [`Tuppence::send`].
    pub async fn retry(&self, message_id: &str, turn: TurnRequest) -> Result<TurnStarted, Failure> {
        self.ask_again(message_id, turn, None).await
    }

    async fn ask_again(
        &self,
        message_id: &str,
        turn: TurnRequest,
        shorter: Option<Shorter>,
    ) -> Result<TurnStarted, Failure> {
        let prices = self.price_snapshot(&turn).await?;
        let (message_id, asked) = (message_id.to_owned(), turn.clone());
        let (row, user, assistant, history) = self
            .with_store(move |store| {
                let snapshot = prices.and_then(|prices| serde_json::to_string(&prices).ok());
                let terms = TurnTerms {
                    model_id: &asked.model_id,
                    account_key: asked.account.as_str(),
                    price_snapshot_json: snapshot.as_deref(),
                };
                let assistant = store.retry_turn(&message_id, &terms)?;
                let parent = assistant.parent_id.clone().unwrap_or_default();
                let user = store.message(&parent)?;
                let history = History::read(store, &assistant.conversation_id)?;
                Ok((
                    store.conversation(&assistant.conversation_id)?,
                    user,
                    assistant,
                    history,
                ))
            })
            .await?;
        let accepted = Accepted {
            row,
            user,
            assistant,
            shorter,
        };
        Ok(self.start_turn(accepted, &history, turn, prices))
    }

    /// Follows a running turn from where it is: the first update rebuilds what came so far.
    ///
    /// # Errors
    /// [`FailureKind::NotFound`] once it is over.
    pub fn attach(&self, turn_id: &str) -> Result<TurnUpdates, Failure> {
        let turn = self
            .inner
            .turns
            .get(turn_id)
            .ok_or_else(|| Failure::not_found("this answer is over"))?;
        Ok(turn.subscribe())
    }

    /// Stops a turn at once; what came is kept. One that is over is left alone.
    pub fn stop(&self, turn_id: &str) {
        if let Some(turn) = self.inner.turns.get(turn_id) {
            turn.stop();
        }
    }

    /// The model's prices as they are now. That they cannot be read keeps nobody from sending: the
    /// cost is then reported by the provider or not known.
    async fn price_snapshot(&self, turn: &TurnRequest) -> Result<Option<PriceSnapshot>, Failure> {
        self.account(&turn.account)?;
        if self.inner.accounts.known_models(&turn.account).is_none() {
            // A window that has just opened. The words wait in the draft meanwhile.
            let _ = tokio::time::timeout(PRICES, self.models(&turn.account)).await;
        }
        let known = self.inner.accounts.known_models(&turn.account);
        let find = |models: &[wallet_api::Model]| {
            models
                .iter()
                .find(|model| model.id == turn.model_id)
                .and_then(|model| model.prices)
        };
        Ok(known.as_deref().and_then(|models| find(models)))
    }

    /// Whether images can be sent: where the provider does not say what a model takes, it may be tried.
    fn may_see(&self, turn: &TurnRequest) -> bool {
        let known = self.inner.accounts.known_models(&turn.account);
        let model = known
            .as_deref()
            .and_then(|models| models.iter().find(|model| model.id == turn.model_id));
        model.is_none_or(|model| {
            let modalities = &model.input_modalities;
            modalities.is_empty() || modalities.iter().any(|modality| modality == "image")
        })
    }

    /// Before anything is recorded: a model that is known not to see gets no images.
    async fn refuse_unseen(&self, request: &SendRequest) -> Result<(), Failure> {
        if request.attachments.is_empty() || self.may_see(&request.turn) {
            return Ok(());
        }
        let ids = request.attachments.clone();
        let has_images = self.with_store(move |store| {
            ids.iter().try_fold(false, |found, id| {
                Ok(found || store.attachment(id)?.kind == AttachmentKind::Image)
            })
        });
        if has_images.await? {
            return Err(Failure::lasting(
                FailureKind::ModelTakesNoImages,
                "image is not among the model's input modalities",
            ));
        }
        Ok(())
    }

    fn start_turn(
        &self,
        accepted: Accepted,
        history: &History,
        request: TurnRequest,
        prices: Option<PriceSnapshot>,
    ) -> TurnStarted {
        let Accepted {
            row,
            user,
            assistant,
            shorter,
        } = accepted;
        let user_index = history.branch.iter().position(|one| one.id == user.id);
        let messages = history.messages(&assistant.id, self.may_see(&request));
        let known = Known {
            prices,
            prompt: Prompt::of(&messages),
            play_money: self
                .account(&request.account)
                .is_ok_and(|account| account.record.play_money),
            ..Known::default()
        };
        let turn = RunningTurn::new(&row.id, &assistant.id);
        let updates = turn.subscribe();
        self.inner.turns.insert(turn.clone());
        let chat = history.tuned(ChatRequest::new(request.model_id, messages));
        let task = tokio::spawn(run::run(
            self.clone(),
            turn.clone(),
            request.account,
            run::Asked { chat, shorter },
            known,
        ));
        self.inner.turns.owns(&turn, task);
        self.emit(CoreEvent::ConversationChanged(row.id.clone()));
        TurnStarted {
            turn_id: turn.id().to_owned(),
            conversation: row,
            user_index: user_index.unwrap_or_default(),
            user: MessageState::new(user, None),
            assistant: MessageState::new(assistant, Some(turn.id().to_owned())),
            updates,
        }
    }
}
