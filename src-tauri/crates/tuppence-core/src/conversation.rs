//! Conversations as hosts show them: the store's rows with what is running on top.

use conversations::{ConversationFilter, ConversationSummary, Ending, Message, Role, Status};

use crate::Tuppence;
use crate::event::CoreEvent;
use crate::failure::Failure;

/// A row of the conversation list.
pub type ConversationRow = ConversationSummary;

/// A conversation with its messages.
#[derive(Clone, Debug)]
pub struct OpenConversation {
    /// Its row.
    pub row: ConversationRow,
    /// The shown branch, oldest first.
    pub messages: Vec<MessageState>,
    /// Words typed and not sent yet.
    pub draft: String,
}

/// A message, rendered, with the turn that streams it.
#[derive(Clone, Debug)]
pub struct MessageState {
    /// As stored.
    pub message: Message,
    /// An answer's finished, sanitised HTML blocks; empty for a person's words.
    pub blocks: Vec<String>,
    /// The running turn, for Stop and to attach.
    pub turn_id: Option<String>,
    /// Why it failed, for an answer that did.
    pub failure: Option<Failure>,
}

impl MessageState {
    pub(crate) fn new(message: Message, turn_id: Option<String>) -> Self {
        let blocks = match message.role {
            Role::Assistant => markdown_stream::render_blocks(&message.text),
            Role::User => Vec::new(),
        };
        let failure = match &message.status {
            Status::Ended(Ending::Failed { error_json }) => {
                Some(serde_json::from_str(error_json).unwrap_or_else(|_| {
                    Failure::internal("what went wrong was not recorded readably")
                }))
            }
            Status::Streaming | Status::Ended(_) => None,
        };
        Self {
            message,
            blocks,
            turn_id,
            failure,
        }
    }
}

impl Tuppence {
    /// The conversation list, latest first.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn conversations(&self) -> Result<Vec<ConversationRow>, Failure> {
        self.with_store(|store| store.conversations(&ConversationFilter::default()))
            .await
    }

    /// One row of the list.
    ///
    /// # Errors
    /// [`NotFound`](crate::FailureKind::NotFound).
    pub async fn conversation_row(&self, id: &str) -> Result<ConversationRow, Failure> {
        let id = id.to_owned();
        self.with_store(move |store| store.conversation(&id)).await
    }

    /// A conversation with its messages, rendered.
    ///
    /// # Errors
    /// [`NotFound`](crate::FailureKind::NotFound).
    pub async fn conversation(&self, id: &str) -> Result<OpenConversation, Failure> {
        let (id, turns) = (id.to_owned(), self.inner.turns.by_message());
        self.with_store(move |store| {
            let messages = store.branch(&id)?.into_iter().map(|message| {
                let turn_id = turns.get(&message.id).cloned();
                MessageState::new(message, turn_id)
            });
            Ok(OpenConversation {
                messages: messages.collect(),
                row: store.conversation(&id)?,
                draft: store.draft(Some(&id))?,
            })
        })
        .await
    }

    /// An answer's Markdown, or a person's words.
    ///
    /// # Errors
    /// [`NotFound`](crate::FailureKind::NotFound).
    pub async fn message_text(&self, message_id: &str) -> Result<String, Failure> {
        let id = message_id.to_owned();
        Ok(self.with_store(move |store| store.message(&id)).await?.text)
    }

    /// Gives a conversation another title.
    ///
    /// # Errors
    /// [`NotFound`](crate::FailureKind::NotFound) and those of a write.
    pub async fn rename_conversation(&self, id: &str, title: &str) -> Result<(), Failure> {
        let title = title.trim().to_owned();
        self.change(id, move |store, id| store.rename(id, &title))
            .await
    }

    /// Puts a conversation into the bin; a running answer in it is stopped.
    ///
    /// # Errors
    /// [`NotFound`](crate::FailureKind::NotFound) and those of a write.
    pub async fn delete_conversation(&self, id: &str) -> Result<(), Failure> {
        self.inner.turns.stop_in(id);
        self.change(id, |store, id| store.delete(id)).await
    }

    /// Takes a conversation out of the bin.
    ///
    /// # Errors
    /// [`NotFound`](crate::FailureKind::NotFound) and those of a write.
    pub async fn restore_conversation(&self, id: &str) -> Result<(), Failure> {
        self.change(id, |store, id| store.restore(id)).await
    }

    /// Words typed and not sent: of a conversation, or of the one that does not exist yet.
    ///
    /// # Errors
    /// [`NotFound`](crate::FailureKind::NotFound).
    pub async fn draft(&self, conversation_id: Option<&str>) -> Result<String, Failure> {
        let id = conversation_id.map(str::to_owned);
        self.with_store(move |store| store.draft(id.as_deref()))
            .await
    }

    /// Keeps words typed and not sent.
    ///
    /// # Errors
    /// [`NotFound`](crate::FailureKind::NotFound) and those of a write.
    pub async fn save_draft(
        &self,
        conversation_id: Option<&str>,
        text: &str,
    ) -> Result<(), Failure> {
        let (id, text) = (conversation_id.map(str::to_owned), text.to_owned());
        self.with_store(move |store| store.set_draft(id.as_deref(), &text))
            .await
    }

    async fn change(
        &self,
        id: &str,
        change: impl FnOnce(&conversations::Store, &str) -> Result<(), conversations::StoreError>
        + Send
        + 'static,
    ) -> Result<(), Failure> {
        let owned = id.to_owned();
        self.with_store(move |store| change(store, &owned)).await?;
        self.emit(CoreEvent::ConversationChanged(id.to_owned()));
        Ok(())
    }
}
