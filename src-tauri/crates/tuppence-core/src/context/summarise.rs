//! A summary by the model, for as much as it says, where the person agreed to pay for it.

use std::time::SystemTime;

use conversations::{Chore, ContextRule, Role, Summary};
use wallet_api::{ChatMessage, Role as ChatRole};

use super::plan::{Steps, steps};
use super::sized::{Asked, Sized};
use super::underway::{Summarised, Writing};
use crate::Tuppence;
use crate::failure::{Failure, FailureKind};
use crate::turn::{History, TurnRequest};

const ASK: &str = "Summarise the conversation below for yourself: you will go on with it and will see \
only your summary of this part. Keep facts, names, figures, decisions, open questions and what the person \
wants. Use the conversation's language. Answer with the summary alone.";

impl Tuppence {
    /// Has a model summarise the beginning of a conversation, and sends the summary in its place from
    /// now on. Paid for like any answer: within the person's limits, with a receipt for each step.
    ///
    /// # Errors
    /// [`FailureKind::ConversationTooLong`] where a summary would not help; whatever an answer fails
    /// with. What was summarised until then is kept.
    pub async fn summarise(&self, asked: Asked, turn: TurnRequest) -> Result<Summarised, Failure> {
        let id = asked
            .conversation_id
            .clone()
            .ok_or_else(|| Failure::not_found("there is no conversation to summarise"))?;
        let writing = Writing::begin(self, &id);
        let window = self.windows(&turn.account).await.of(&turn.model_id);
        let conversation_id = id.clone();
        let (sized, history) = self
            .with_store(move |store| {
                let history = History::read(store, &conversation_id)?;
                Ok((Sized::read(store, &asked, &[])?, history))
            })
            .await?;
        let Steps { parts, longest } =
            window
                .and_then(|window| steps(&sized, window))
                .ok_or_else(|| {
                    let why = "there is nothing to summarise that would make room";
                    Failure::lasting(FailureKind::ConversationTooLong, why)
                })?;
        let mut so_far = sized.summary.map(|summary| summary.text);
        for part in parts {
            let ids = &sized.ids[part];
            let words = transcript(&history, ids, so_far.as_deref());
            let messages = vec![
                ChatMessage::new(ChatRole::System, ASK),
                ChatMessage::new(ChatRole::User, words),
            ];
            let stop = &writing.stopped;
            let written = self
                .chore(&id, Chore::Summary, &turn, messages, longest, stop)
                .await;
            let text = match written {
                Err(_) if stop.is_cancelled() => return Ok(Summarised::Stopped),
                written => written?,
            };
            let (Some(last), text) = (ids.last(), text.trim().to_owned()) else {
                break;
            };
            let summary = Summary {
                message_id: last.clone(),
                text: text.clone(),
                model_id: turn.model_id.clone(),
                at: SystemTime::now(),
            };
            self.with_store(move |store| store.put_summary(&summary))
                .await?;
            so_far = Some(text);
            if writing.stopped.is_cancelled() {
                return Ok(Summarised::Stopped);
            }
        }
        self.choose_context(&id, ContextRule::Summary).await?;
        Ok(Summarised::Written)
    }
}

/// What was said, by whom, after the summary of what came before it.
fn transcript(history: &History, ids: &[String], so_far: Option<&str>) -> String {
    let said = history.branch.iter().filter(|one| ids.contains(&one.id));
    let lines = said.map(|message| {
        let who = match message.role {
            Role::User => "Person",
            Role::Assistant => "You",
        };
        format!("{who}: {}", history.message(message, false).content)
    });
    let before = so_far.map(super::summary_said);
    before
        .into_iter()
        .chain(lines)
        .collect::<Vec<_>>()
        .join("\n\n")
}
