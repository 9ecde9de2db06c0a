//! What of a running answer is shown: rendered once, followed by any number of hosts.

use markdown_stream::PatchOp;
use money::{Cost, Usage};
use tokio::sync::mpsc;

use super::rendering::Rendering;
use crate::conversation::{ConversationRow, MessageState};
use crate::spending::LoweredBy;

/// News of a running turn.
#[derive(Clone, Debug)]
pub enum TurnUpdate {
    /// Changes to the answer's blocks, and more reasoning. The first one after attaching rebuilds all.
    Patch {
        /// In order.
        ops: Vec<PatchOp>,
        /// The Markdown that came with them, for hosts that do not render HTML.
        text: String,
        /// Reasoning to append.
        reasoning: String,
    },
    /// Tokens and cost so far.
    Running {
        /// Tokens.
        usage: Usage,
        /// Cost, where there is a price.
        cost: Option<Cost>,
    },
    /// The answer may have no more than so many tokens, because more is not affordable.
    Lowered {
        /// The most tokens.
        max_tokens: u32,
        /// What does not afford more.
        by: LoweredBy,
    },
    /// The provider began anew: what was shown is void. It stays in the record.
    Restarted,
    /// Over.
    Ended {
        /// The answer as stored.
        message: Box<MessageState>,
        /// Its conversation with new totals.
        conversation: Box<ConversationRow>,
    },
}

/// The updates of one turn, until it is over.
#[derive(Debug)]
pub struct TurnUpdates {
    turn_id: String,
    receiver: mpsc::UnboundedReceiver<TurnUpdate>,
}

impl TurnUpdates {
    /// The turn.
    pub fn turn_id(&self) -> &str {
        &self.turn_id
    }

    /// The next update; `None` after [`TurnUpdate::Ended`].
    pub async fn next(&mut self) -> Option<TurnUpdate> {
        self.receiver.recv().await
    }
}

/// The rendered answer and who follows it.
///
/// A follower's queue has no limit of its own: updates are coalesced to one a frame, and the answer's
/// size is limited below.
#[derive(Default)]
pub(super) struct Live {
    markdown: Rendering,
    text: String,
    reasoning: String,
    shown_text: usize,
    shown_reasoning: usize,
    lowered: Option<(u32, LoweredBy)>,
    followers: Vec<mpsc::UnboundedSender<TurnUpdate>>,
}

impl Live {
    pub(super) fn follow(&mut self, turn_id: &str) -> TurnUpdates {
        // Brings everybody to the same point, so that the next difference is the same for all.
        self.show();
        let (sender, receiver) = mpsc::unbounded_channel();
        let blocks = self.markdown.blocks();
        if !blocks.is_empty() || !self.reasoning.is_empty() {
            let ops = blocks
                .into_iter()
                .map(|html| PatchOp::Append { html })
                .collect();
            let rebuilt = TurnUpdate::Patch {
                ops,
                text: self.text.clone(),
                reasoning: self.reasoning.clone(),
            };
            // The receiver is at hand: this cannot fail.
            let _ = sender.send(rebuilt);
        }
        if let Some((max_tokens, by)) = self.lowered {
            let _ = sender.send(TurnUpdate::Lowered { max_tokens, by });
        }
        self.followers.push(sender);
        TurnUpdates {
            turn_id: turn_id.to_owned(),
            receiver,
        }
    }

    pub(super) fn push_text(&mut self, text: &str) {
        self.markdown.push(text);
        self.text.push_str(text);
    }

    pub(super) fn push_reasoning(&mut self, text: &str) {
        self.reasoning.push_str(text);
    }

    /// Tells the followers what is new since the last time.
    pub(super) fn show(&mut self) {
        let ops = self.markdown.take_patch();
        let text = self.text[self.shown_text..].to_owned();
        let reasoning = self.reasoning[self.shown_reasoning..].to_owned();
        self.shown_text = self.text.len();
        self.shown_reasoning = self.reasoning.len();
        if !ops.is_empty() || !text.is_empty() || !reasoning.is_empty() {
            self.tell(&TurnUpdate::Patch {
                ops,
                text,
                reasoning,
            });
        }
    }

    /// Renders what only the end can settle (late definitions, an unclosed block), and shows it.
    pub(super) fn settle(&mut self) {
        self.show();
        let ops = self.markdown.finish();
        if !ops.is_empty() {
            self.tell(&TurnUpdate::Patch {
                ops,
                text: String::new(),
                reasoning: String::new(),
            });
        }
    }

    pub(super) fn restart(&mut self) {
        self.markdown = Rendering::default();
        self.text.clear();
        self.reasoning.clear();
        self.shown_text = 0;
        self.shown_reasoning = 0;
        self.tell(&TurnUpdate::Restarted);
    }

    /// Tells, now and whoever follows later, that the answer may not be as long as it could.
    pub(super) fn lower(&mut self, max_tokens: u32, by: LoweredBy) {
        self.lowered = Some((max_tokens, by));
        self.tell(&TurnUpdate::Lowered { max_tokens, by });
    }

    /// All of the answer's text so far.
    pub(super) fn received(&self) -> String {
        self.text.clone()
    }

    pub(super) fn tell(&mut self, update: &TurnUpdate) {
        self.followers
            .retain(|follower| follower.send(update.clone()).is_ok());
    }
}
