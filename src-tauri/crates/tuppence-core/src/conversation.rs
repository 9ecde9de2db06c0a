//! Conversations as hosts show them: the store's rows with what is running on top.

use conversations::{ConversationSummary, Ending, Message, Role, Status};

use crate::Tuppence;
use crate::failure::Failure;
use crate::spending::LoweredBy;

/// A row of the conversation list.
pub type ConversationRow = ConversationSummary;

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
    /// The room that the answer was given, where that is less than its model has.
    pub fn lowered(&self) -> Option<(u32, LoweredBy)> {
        let lowered = self.message.lowered.as_ref()?;
        Some((lowered.max_tokens, LoweredBy::of_word(&lowered.by)?))
    }

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
    /// One row of the list.
    ///
    /// # Errors
    /// [`NotFound`](crate::FailureKind::NotFound).
    pub async fn conversation_row(&self, id: &str) -> Result<ConversationRow, Failure> {
        let id = id.to_owned();
        self.with_store(move |store| store.conversation(&id)).await
    }

    /// One message as it is shown.
    ///
    /// # Errors
    /// [`NotFound`](crate::FailureKind::NotFound).
    pub async fn message(&self, message_id: &str) -> Result<MessageState, Failure> {
        let id = message_id.to_owned();
        let message = self.with_store(move |store| store.message(&id)).await?;
        let turn_id = self.inner.turns.by_message().remove(message_id);
        Ok(MessageState::new(message, turn_id))
    }

    /// An answer's Markdown, or a person's words.
    ///
    /// # Errors
    /// [`NotFound`](crate::FailureKind::NotFound).
    pub async fn message_text(&self, message_id: &str) -> Result<String, Failure> {
        let id = message_id.to_owned();
        Ok(self.with_store(move |store| store.message(&id)).await?.text)
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

    /// Keeps words typed in the place of a message and not sent; `None` forgets them.
    ///
    /// # Errors
    /// [`NotFound`](crate::FailureKind::NotFound) and those of a write.
    pub async fn save_edit_draft(
        &self,
        message_id: &str,
        text: Option<&str>,
    ) -> Result<(), Failure> {
        let (id, text) = (message_id.to_owned(), text.map(str::to_owned));
        self.with_store(move |store| store.set_edit_draft(&id, text.as_deref()))
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
}
