//! Turns: a person's words out, an answer streaming in.
//!
//! The words are on the disk before the request leaves. What arrives is journalled within
//! [`JOURNAL_EVERY`] and shown at most once a frame. However a turn ends, what came is kept.

mod chore;
mod dropped;
mod edit;
mod history;
mod live;
mod quote;
mod rendering;
mod resume;
mod run;
mod running;
mod shorter;
mod title;

use std::time::Duration;

use conversations::{Attachment, AttachmentKind, Store, StoreError, Words};
use wallet_api::ChatRequest;

use crate::Tuppence;
use crate::account::AccountId;
use crate::context::{Asked, too_long};
use crate::conversation::{ConversationRow, MessageState};
use crate::event::CoreEvent;
use crate::failure::{Failure, FailureKind};
use crate::presets::{PresetUse, incomplete};
use crate::spending::{Known, Prompt};

pub(crate) use history::History;
pub use live::{TurnUpdate, TurnUpdates};
use quote::Quote;
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
    /// What a new conversation begins with; one that has begun is not changed by it.
    pub preset: Option<PresetUse>,
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

impl Tuppence {
    /// Records a person's words and sends them.
    ///
    /// # Errors
    /// Only what keeps the words from being recorded: [`FailureKind::StorageUnavailable`],
    /// [`FailureKind::NotFound`], [`FailureKind::RequestRejected`] for empty words or a preset that was
    /// not told everything, [`FailureKind::AnswerInProgress`] while an answer streams in the same
    /// conversation, [`FailureKind::ConversationTooLong`] where it does not fit and nothing was chosen
    /// for that. Everything after that ends the turn instead.
    pub async fn send(&self, request: SendRequest) -> Result<TurnStarted, Failure> {
        if request.text.trim().is_empty() && request.attachments.is_empty() {
            return Err(Failure::lasting(
                FailureKind::RequestRejected,
                "there are no words to send",
            ));
        }
        let quote = self.quote(&request.turn).await?;
        let SendRequest {
            conversation_id,
            text,
            attachments,
            preset,
            turn,
        } = request;
        let files = self.files(&attachments, &turn).await?;
        let asked = Asked {
            preset: preset.filter(|_| conversation_id.is_none()),
            conversation_id,
            before: None,
            text,
        };
        let requested = turn.clone();
        let begun = self.with_store(move |store| {
            if let Some(failure) = too_long(store, &asked, &files, quote.window)? {
                return Ok(Err(failure));
            }
            let snapshot = quote.snapshot_json();
            let terms = requested.terms(snapshot.as_deref());
            let words = Words {
                text: &asked.text,
                attachments: &attachments,
            };
            let composed = match &asked.preset {
                Some(preset) => match preset.composed(store)? {
                    Ok(composed) => Some(composed),
                    Err(missing) => return Ok(Err(incomplete(&missing))),
                },
                None => None,
            };
            let (id, begun) = match asked.conversation_id {
                Some(id) => {
                    let begun = store.begin_turn(&id, words, &terms)?;
                    (id, begun)
                }
                None => {
                    let (row, begun) = store.begin_composed(words, &terms, composed.as_ref())?;
                    (row.id, begun)
                }
            };
            Begun::read(store, &id, begun.user, begun.assistant).map(Ok)
        });
        Ok(self.start_turn(begun.await??, turn, quote))
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
        let quote = self.quote(&turn).await?;
        let (message_id, requested) = (message_id.to_owned(), turn.clone());
        let begun = self.with_store(move |store| {
            let asked = Asked {
                conversation_id: Some(store.message(&message_id)?.conversation_id),
                before: Some(message_id.clone()),
                ..Asked::default()
            };
            if let Some(failure) = too_long(store, &asked, &[], quote.window)? {
                return Ok(Err(failure));
            }
            let snapshot = quote.snapshot_json();
            let assistant = store.retry_turn(&message_id, &requested.terms(snapshot.as_deref()))?;
            let parent = assistant.parent_id.clone().unwrap_or_default();
            let user = store.message(&parent)?;
            let id = assistant.conversation_id.clone();
            let begun = Begun::read(store, &id, user, assistant)?;
            Ok(Ok(Begun { shorter, ..begun }))
        });
        Ok(self.start_turn(begun.await??, turn, quote))
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

    /// The files that go along. Before anything is recorded, a model that is known not to see gets no
    /// images.
    async fn files(&self, ids: &[String], turn: &TurnRequest) -> Result<Vec<Attachment>, Failure> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let ids = ids.to_vec();
        let files: Vec<Attachment> = self
            .with_store(move |store| ids.iter().map(|id| store.attachment(id)).collect())
            .await?;
        let is_image = |file: &Attachment| file.kind == AttachmentKind::Image;
        if files.iter().any(is_image) && !self.may_see(turn) {
            return Err(Failure::lasting(
                FailureKind::ModelTakesNoImages,
                "image is not among the model's input modalities",
            ));
        }
        Ok(files)
    }

    fn start_turn(&self, begun: Begun, request: TurnRequest, quote: Quote) -> TurnStarted {
        let Begun {
            row,
            user,
            assistant,
            history,
            shorter,
        } = begun;
        let user_index = history.branch.iter().position(|one| one.id == user.id);
        let messages = history.messages(&assistant.id, self.may_see(&request), quote.window);
        let known = Known {
            prices: quote.prices,
            prompt: Prompt::of(&messages),
            play_money: self
                .account(&request.account)
                .is_ok_and(|account| account.record.play_money),
            ..Known::default()
        };
        let turn = RunningTurn::new(&row.id, &assistant.id);
        let updates = turn.subscribe();
        self.inner.turns.insert(turn.clone());
        let chat = history.tuned(ChatRequest::new(request.model_id.clone(), messages));
        let account = request.account.clone();
        let asked = run::Asked { chat, shorter };
        let running = run::run(self.clone(), turn.clone(), account, asked, known);
        let (core, ran) = (self.clone(), turn.clone());
        let wants_title = self.preferences().titles_by_model;
        let task = tokio::spawn(async move {
            running.await;
            if wants_title && !ran.closing.is_cancelled() {
                // Not part of the turn: closing does not wait for it.
                tokio::spawn(async move { core.title_by_model(&ran, &request).await });
            }
        });
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

/// A turn that is on record, with what it sends.
struct Begun {
    row: ConversationRow,
    user: crate::Message,
    assistant: crate::Message,
    history: History,
    shorter: Option<Shorter>,
}

impl Begun {
    fn read(
        store: &Store,
        conversation_id: &str,
        user: crate::Message,
        assistant: crate::Message,
    ) -> Result<Self, StoreError> {
        Ok(Self {
            row: store.conversation(conversation_id)?,
            user,
            assistant,
            history: History::read(store, conversation_id)?,
            shorter: None,
        })
    }
}
