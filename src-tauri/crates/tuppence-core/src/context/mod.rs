//! How much of a conversation is sent, once it is longer than the model takes.
//!
//! Nothing is left out unasked: what does not fit is refused before it is recorded, with what can be
//! done about it ([`ContextPlan`]). What the person chooses holds for the conversation from then on.

mod branch;
mod plan;
mod sized;
mod summarise;
mod underway;
mod weight;
mod window;

use conversations::{Attachment, ContextRule, Store, StoreError};

use crate::Tuppence;
use crate::event::CoreEvent;
use crate::failure::{Failure, FailureKind};

pub(crate) use branch::Branch;
pub use plan::{ContextPlan, SentPart, SummaryPlan};
pub use sized::Asked;
pub(crate) use sized::{Sized, latest_summary, summary_weight};
pub use underway::Summarised;
pub(crate) use underway::Underway;
pub(crate) use weight::{BYTES_PER_TOKEN, Weight};

/// How a model is told what was said before.
pub(crate) fn summary_said(summary: &str) -> String {
    format!("What was said in this conversation before, in short:\n\n{summary}")
}

/// Why words cannot be sent to a model that takes `window` tokens, if they cannot.
pub(crate) fn too_long(
    store: &Store,
    asked: &Asked,
    files: &[Attachment],
    window: Option<u64>,
) -> Result<Option<Failure>, StoreError> {
    let Some(window) = window else {
        return Ok(None);
    };
    let sized = Sized::read(store, asked, files)?;
    let cut = sized.branch.cut(sized.rule, Some(window));
    if sized.branch.fits(cut, Some(window)) {
        return Ok(None);
    }
    let tokens = sized.branch.prompt(cut).estimate;
    Ok(Some(Failure::lasting(
        FailureKind::ConversationTooLong,
        format!("about {tokens} tokens, and the model takes {window} with its answer"),
    )))
}

impl Tuppence {
    /// Has so much of a conversation sent from now on.
    ///
    /// # Errors
    /// [`FailureKind::NotFound`] and those of a write.
    pub async fn choose_context(
        &self,
        conversation_id: &str,
        rule: ContextRule,
    ) -> Result<(), Failure> {
        let id = conversation_id.to_owned();
        self.with_store(move |store| store.set_context_rule(&id, rule))
            .await?;
        self.emit(CoreEvent::ConversationChanged(conversation_id.to_owned()));
        Ok(())
    }
}
