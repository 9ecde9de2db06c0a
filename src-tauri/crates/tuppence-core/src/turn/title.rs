//! A conversation's title by the model that answered first, where the person wants that: it costs.

use conversations::{Chore, Ending};
use native_oauth::CancellationToken;
use wallet_api::{ChatMessage, Role as ChatRole};

use super::TurnRequest;
use super::running::RunningTurn;
use crate::event::CoreEvent;
use crate::failure::Failure;
use crate::{Role, Status, Tuppence};

/// Most tokens of a title, with what a model may say around it.
const LONGEST: u64 = 32;

/// Longest title that is kept, in characters.
const MOST_CHARS: usize = 80;

/// As much of a question, and of its answer, says what both are about.
const READ: usize = 2_000;

const ASK: &str = "Name this conversation in two to six words, in its own language. \
Answer with the name alone, without quotes and without a full stop.";

impl Tuppence {
    /// Names a conversation whose first answer has just ended, unless the person has named it. For turns
    /// of somebody who wants such titles. That it fails is nobody's concern: the local title stays.
    pub(super) async fn title_by_model(&self, turn: &RunningTurn, request: &TurnRequest) {
        if let Err(failure) = self.title(turn.conversation_id(), request).await {
            tracing::info!(%failure, "no title came from the model");
        }
    }

    async fn title(&self, conversation_id: &str, request: &TurnRequest) -> Result<(), Failure> {
        let id = conversation_id.to_owned();
        let begun = self
            .with_store(move |store| {
                let title = store.title_of_first_words(&id)?;
                Ok(title.zip(Some(store.branch(&id)?)))
            })
            .await?;
        let Some((local, branch)) = begun else {
            return Ok(());
        };
        let [question, answer] = branch.as_slice() else {
            return Ok(());
        };
        let complete = matches!(answer.status, Status::Ended(Ending::Complete { .. }));
        if question.role != Role::User || !complete {
            return Ok(());
        }
        let words = format!(
            "Person: {}\n\nYou: {}",
            beginning(&question.text),
            beginning(&answer.text)
        );
        let messages = vec![
            ChatMessage::new(ChatRole::System, ASK),
            ChatMessage::new(ChatRole::User, words),
        ];
        let answer = self
            .chore(
                conversation_id,
                Chore::Title,
                request,
                messages,
                LONGEST,
                &CancellationToken::new(),
            )
            .await?;
        let title = tidy(&answer);
        if title.is_empty() {
            return Ok(());
        }
        let id = conversation_id.to_owned();
        self.with_store(move |store| store.retitle(&id, &local, &title))
            .await?;
        self.emit(CoreEvent::ConversationChanged(conversation_id.to_owned()));
        Ok(())
    }
}

fn beginning(text: &str) -> &str {
    let end = text
        .char_indices()
        .nth(READ)
        .map_or(text.len(), |(at, _)| at);
    &text[..end]
}

/// The first line, without what models like to put around a name.
fn tidy(answer: &str) -> String {
    let line = answer.lines().map(str::trim).find(|line| !line.is_empty());
    let around = |c: char| {
        matches!(
            c,
            '"' | '\'' | '“' | '”' | '„' | '«' | '»' | '*' | '#' | '`'
        )
    };
    let name = line
        .unwrap_or_default()
        .trim_matches(|c: char| around(c) || c.is_whitespace())
        .trim_end_matches('.');
    let short: String = name.chars().take(MOST_CHARS).collect();
    short.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_one_short_line_without_ornaments() {
        assert_eq!(
            tidy("\n**\"Why the sky is blue\"**\nBecause"),
            "Why the sky is blue"
        );
        assert_eq!(tidy("„Brot ohne Kneten.“"), "Brot ohne Kneten");
        assert_eq!(tidy(" \n "), "");
        assert_eq!(tidy(&"語".repeat(200)).chars().count(), MOST_CHARS);
    }
}
