use std::path::Path;

use rusqlite::{Transaction, params};

use crate::{
    Composition, ConversationSummary, Message, Role, Store, StoreError, attachment, clock,
    composition, conversation, draft, edit_draft,
    message::{self, message},
    recovery, title,
    tree::{self, Place},
};

/// A person's words and the answer to them.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// The words.
    pub user: Message,
    /// The answer, empty and streaming.
    pub assistant: Message,
}

/// What an answer is asked for under: it is on record before the request leaves.
#[derive(Clone, Copy, Debug)]
pub struct TurnTerms<'a> {
    /// The model that answers.
    pub model_id: &'a str,
    /// The account that pays.
    pub account_key: &'a str,
    /// The model's prices now, as JSON; they end up on the receipt.
    pub price_snapshot_json: Option<&'a str>,
}

/// A person's words with what goes along.
#[derive(Clone, Copy, Debug, Default)]
pub struct Words<'a> {
    /// What they say.
    pub text: &'a str,
    /// Ids of attachments: those of a draft or request go over to the message, those of an earlier
    /// message are sent once more.
    pub attachments: &'a [String],
}

impl<'a> From<&'a str> for Words<'a> {
    fn from(text: &'a str) -> Self {
        Self {
            text,
            attachments: &[],
        }
    }
}

impl<'a> From<&'a String> for Words<'a> {
    fn from(text: &'a String) -> Self {
        text.as_str().into()
    }
}

impl Store {
    /// Adds a person's words at the end of the shown branch, and an empty answer.
    ///
    /// When this returns, the words are on the disk and the conversation's draft is gone, in one
    /// transaction. Send the request only then.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::TurnInProgress`] while an answer streams at the end
    /// of the branch; [`StoreError::DiskFull`] and those of any write, with the draft kept.
    pub fn begin_turn<'a>(
        &self,
        conversation_id: &str,
        words: impl Into<Words<'a>>,
        terms: &TurnTerms,
    ) -> Result<Turn, StoreError> {
        let (words, writer) = (words.into(), self.writer_id()?);
        self.write_durably(|tx| {
            let conversation = message::conversation_seq(tx, conversation_id)?;
            begin(tx, conversation, words, terms, writer, self.dir())
        })
    }

    /// Makes a conversation and begins its first turn, in one transaction. The title comes from
    /// the words. The draft of the conversation that did not exist yet is gone.
    ///
    /// # Errors
    /// Those of any write, with the draft kept.
    pub fn begin_conversation<'a>(
        &self,
        words: impl Into<Words<'a>>,
        terms: &TurnTerms,
    ) -> Result<(ConversationSummary, Turn), StoreError> {
        self.begin_composed(words, terms, None)
    }

    /// As [`Store::begin_conversation`], with instructions and parameters of its own from the start.
    ///
    /// # Errors
    /// As there; [`StoreError::Database`] for parameters that are not JSON.
    pub fn begin_composed<'a>(
        &self,
        words: impl Into<Words<'a>>,
        terms: &TurnTerms,
        composed: Option<&Composition>,
    ) -> Result<(ConversationSummary, Turn), StoreError> {
        let (words, writer) = (words.into(), self.writer_id()?);
        self.write_durably(|tx| {
            let new = crate::NewConversation {
                title: None,
                account_key: Some(terms.account_key),
                model_id: Some(terms.model_id),
            };
            let conversation = conversation::insert(tx, &new)?;
            if let Some(composed) = composed {
                composition::set(tx, conversation, composed)?;
            }
            draft::put(tx, None, "")?;
            let turn = begin(tx, conversation, words, terms, writer, self.dir())?;
            Ok((conversation::summary(tx, conversation)?, turn))
        })
    }

    /// Says something else instead: new words beside the old ones, and an empty answer. The old
    /// words and all that followed stay, on a branch of their own. What went with them goes along.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::WrongRole`] and those of any write.
    pub fn edit_turn(
        &self,
        user_message_id: &str,
        text: &str,
        terms: &TurnTerms,
    ) -> Result<Turn, StoreError> {
        let writer = self.writer_id()?;
        self.write_durably(|tx| {
            let old = message::message_seq(tx, user_message_id)?;
            let place = tree::place_of(tx, old, Role::User)?;
            tree::show(tx, old)?;
            let turn = add_turn(tx, &place, text.into(), terms, writer)?;
            let new = message::message_seq(tx, &turn.user.id)?;
            attachment::copy_all(tx, old, new)?;
            edit_draft::forget(tx, old)?;
            Ok(Turn {
                user: message(tx, new)?,
                ..turn
            })
        })
    }

    /// Asks again: an empty answer beside the old one, which stays.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::WrongRole`]; [`StoreError::TurnInProgress`] while
    /// the old answer streams; those of any write.
    pub fn retry_turn(
        &self,
        assistant_message_id: &str,
        terms: &TurnTerms,
    ) -> Result<Message, StoreError> {
        let writer = self.writer_id()?;
        self.write_durably(|tx| {
            let old = message::message_seq(tx, assistant_message_id)?;
            let place = tree::place_of(tx, old, Role::Assistant)?;
            refuse_while_streaming(tx, old, self.dir())?;
            tree::show(tx, old)?;
            let seq = tree::add_assistant(tx, &place, terms, writer)?;
            touch(tx, place.conversation, terms)?;
            message(tx, seq)
        })
    }
}

fn begin(
    tx: &Transaction,
    conversation: i64,
    words: Words,
    terms: &TurnTerms,
    writer: &str,
    dir: &Path,
) -> Result<Turn, StoreError> {
    let parent = tree::leaf(tx, conversation)?;
    if let Some(leaf) = parent {
        refuse_while_streaming(tx, leaf, dir)?;
    }
    draft::put(tx, Some(conversation), "")?;
    let place = Place {
        conversation,
        parent,
    };
    add_turn(tx, &place, words, terms, writer)
}

fn add_turn(
    tx: &Transaction,
    place: &Place,
    words: Words,
    terms: &TurnTerms,
    writer: &str,
) -> Result<Turn, StoreError> {
    let user = tree::add_user(tx, place, words.text, terms)?;
    attachment::send_with(tx, user, words.attachments)?;
    let below = Place {
        conversation: place.conversation,
        parent: Some(user),
    };
    let assistant = tree::add_assistant(tx, &below, terms, writer)?;
    tx.prepare_cached("UPDATE conversations SET title = ?2 WHERE seq = ?1 AND title = ''")?
        .execute(params![
            place.conversation,
            first_title(tx, user, words.text)?
        ])?;
    touch(tx, place.conversation, terms)?;
    Ok(Turn {
        user: message(tx, user)?,
        assistant: message(tx, assistant)?,
    })
}

/// From the words; where there are none, the name of what goes along.
fn first_title(tx: &Transaction, user: i64, text: &str) -> Result<String, StoreError> {
    let title = title::from_words(text);
    if !title.is_empty() {
        return Ok(title);
    }
    let attached = attachment::of_message(tx, user)?;
    Ok(attached
        .into_iter()
        .next()
        .map(|file| file.name)
        .unwrap_or_default())
}

/// An answer whose process died while this one lived on is cut off first.
fn refuse_while_streaming(tx: &Transaction, seq: i64, dir: &Path) -> Result<(), StoreError> {
    recovery::cut_off_orphans_in(tx, dir)?;
    let streaming: bool = tx
        .prepare_cached("SELECT status = 'streaming' FROM messages WHERE seq = ?1")?
        .query_row([seq], |row| row.get(0))?;
    if streaming {
        Err(StoreError::TurnInProgress)
    } else {
        Ok(())
    }
}

/// The conversation goes on with this model and account, from now.
fn touch(tx: &Transaction, conversation: i64, terms: &TurnTerms) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE conversations SET updated_at = ?2, model_id = ?3, account_key = ?4, deleted_at = NULL
         WHERE seq = ?1",
    )?
    .execute(params![
        conversation,
        clock::now_ms(),
        terms.model_id,
        terms.account_key,
    ])?;
    Ok(())
}
