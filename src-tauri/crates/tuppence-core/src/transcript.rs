//! A conversation's messages as hosts show them: piece by piece, on the branch that was chosen.

use conversations::{DeletedMessage, EditDraft, Found, Part, Store, StoreError, Window};

use crate::conversation::MessageState;
use crate::event::CoreEvent;
use crate::failure::Failure;
use crate::turn::TurnsByMessage;
use crate::{ConversationRow, Tuppence};

/// Messages read when a conversation is opened: what fills the largest window, and one page more.
const OPENED: usize = 40;

/// Messages read at once at most.
const PAGE: usize = 100;

/// A conversation with a part of its messages.
#[derive(Clone, Debug)]
pub struct OpenConversation {
    /// Its row.
    pub row: ConversationRow,
    /// Some of its messages: the last, or those around the one that was asked for.
    pub page: MessagePage,
    /// Words typed and not sent yet.
    pub draft: String,
    /// Words typed in the place of one of its messages, and not sent yet.
    pub edit_draft: Option<EditDraft>,
}

/// Some messages of the shown branch, one after the other, rendered.
#[derive(Clone, Debug)]
pub struct MessagePage {
    /// How many messages come before them.
    pub first: usize,
    /// How many there are on the whole branch.
    pub total: usize,
    /// The messages, oldest first.
    pub messages: Vec<MessageState>,
}

impl MessagePage {
    fn new(window: Window, turns: &TurnsByMessage) -> Self {
        let render = |message: crate::Message| {
            let turn_id = turns.get(&message.id).cloned();
            MessageState::new(message, turn_id)
        };
        Self {
            first: window.first,
            total: window.total,
            messages: window.messages.into_iter().map(render).collect(),
        }
    }
}

/// Deletions that are listed at once, at most.
const DELETED: u32 = 200;

impl Tuppence {
    /// A conversation with its last messages.
    ///
    /// # Errors
    /// [`NotFound`](crate::FailureKind::NotFound).
    pub async fn conversation(&self, id: &str) -> Result<OpenConversation, Failure> {
        self.opened(id, None).await
    }

    /// A conversation with the messages around one of them. A message of a branch that is not shown
    /// is shown from now on.
    ///
    /// # Errors
    /// [`NotFound`](crate::FailureKind::NotFound) and those of a write.
    pub async fn conversation_at(
        &self,
        id: &str,
        message_id: &str,
    ) -> Result<OpenConversation, Failure> {
        self.opened(id, Some(message_id.to_owned())).await
    }

    async fn opened(&self, id: &str, around: Option<String>) -> Result<OpenConversation, Failure> {
        let (id, turns) = (id.to_owned(), self.inner.turns.by_message());
        self.with_store(move |store| open(store, &id, around.as_deref(), &turns))
            .await
    }

    /// At most 100 messages of the shown branch, from the one with this number on (from 0).
    ///
    /// # Errors
    /// [`NotFound`](crate::FailureKind::NotFound).
    pub async fn messages(
        &self,
        conversation_id: &str,
        first: usize,
        count: usize,
    ) -> Result<MessagePage, Failure> {
        let (id, turns) = (conversation_id.to_owned(), self.inner.turns.by_message());
        self.with_store(move |store| {
            let window = store.window(&id, Part::From(first), count.min(PAGE))?;
            Ok(MessagePage::new(window, &turns))
        })
        .await
    }

    /// Shows the branch through a message; a retry or an edit is a branch of its own. Returns the
    /// conversation around that message.
    ///
    /// # Errors
    /// [`NotFound`](crate::FailureKind::NotFound) and those of a write.
    pub async fn choose_branch(&self, message_id: &str) -> Result<OpenConversation, Failure> {
        let (message_id, turns) = (message_id.to_owned(), self.inner.turns.by_message());
        self.with_store(move |store| {
            store.choose_branch(&message_id)?;
            let id = store.message(&message_id)?.conversation_id;
            open(store, &id, Some(&message_id), &turns)
        })
        .await
    }

    /// The messages of the shown branch that hold these characters, whatever their case.
    ///
    /// # Errors
    /// [`NotFound`](crate::FailureKind::NotFound).
    pub async fn find_in_conversation(
        &self,
        conversation_id: &str,
        sought: &str,
    ) -> Result<Vec<Found>, Failure> {
        let (id, sought) = (conversation_id.to_owned(), sought.to_owned());
        self.with_store(move |store| store.find(&id, &sought)).await
    }

    /// Deletes a message and what followed it; [`Tuppence::restore_message`] takes that back until
    /// the bin is emptied.
    ///
    /// # Errors
    /// [`NotFound`](crate::FailureKind::NotFound),
    /// [`AnswerInProgress`](crate::FailureKind::AnswerInProgress) and those of a write.
    pub async fn delete_message(&self, message_id: &str) -> Result<(), Failure> {
        let id = message_id.to_owned();
        let conversation = self
            .with_store(move |store| {
                let conversation = store.message(&id)?.conversation_id;
                store.delete_message(&id)?;
                Ok(conversation)
            })
            .await?;
        self.emit(CoreEvent::ConversationChanged(conversation));
        Ok(())
    }

    /// Deletions of messages that can be taken back, the latest first: of one conversation, or of all that are
    /// not in the bin themselves. Those that lie below another come once that one was taken back.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn deleted_messages(
        &self,
        conversation_id: Option<&str>,
    ) -> Result<Vec<DeletedMessage>, Failure> {
        let id = conversation_id.map(str::to_owned);
        self.with_store(move |store| store.deleted_messages(id.as_deref(), DELETED))
            .await
    }

    /// Takes the deletion of a message back. Returns the conversation around it.
    ///
    /// # Errors
    /// [`NotFound`](crate::FailureKind::NotFound) and those of a write.
    pub async fn restore_message(&self, message_id: &str) -> Result<OpenConversation, Failure> {
        let (id, turns) = (message_id.to_owned(), self.inner.turns.by_message());
        self.with_store(move |store| {
            store.restore_message(&id)?;
            let conversation = store.message(&id)?.conversation_id;
            open(store, &conversation, Some(&id), &turns)
        })
        .await
    }
}

fn open(
    store: &Store,
    id: &str,
    around: Option<&str>,
    turns: &TurnsByMessage,
) -> Result<OpenConversation, StoreError> {
    let window = match around {
        None => store.window(id, Part::End, OPENED)?,
        Some(message) => match store.window(id, Part::Around(message), OPENED) {
            Ok(window) if !window.messages.iter().any(|one| one.id == message) => {
                store.choose_branch(message)?;
                store.window(id, Part::Around(message), OPENED)?
            }
            // A hit may have been deleted since it was found: its conversation is still there.
            Err(StoreError::NotFound(conversations::Subject::Message)) => {
                store.window(id, Part::End, OPENED)?
            }
            outcome => outcome?,
        },
    };
    Ok(OpenConversation {
        page: MessagePage::new(window, turns),
        row: store.conversation(id)?,
        draft: store.draft(Some(id))?,
        edit_draft: store.edit_draft(id)?,
    })
}
