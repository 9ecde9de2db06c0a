//! What a chat stream yields.

use money::{Amount, Usage};

use super::FinishReason;

/// One thing that happened in an answer.
///
/// A stream begins with `Started` and ends with `Finished` or an error; nothing follows either.
#[derive(Clone, Debug, PartialEq)]
pub enum ChatEvent {
    /// The provider accepted the request and answers.
    Started {
        /// The provider's own id of this invocation, for its support and for receipts.
        invocation_id: Option<String>,
    },
    /// A piece of the answer.
    Text(String),
    /// A piece of the model's reasoning, which is not part of the answer.
    Reasoning(String),
    /// Tokens so far. Each report replaces the one before; they are never summed.
    Usage(Usage),
    /// The provider began the answer anew in the same response. What came before belongs to an
    /// abandoned attempt, which may have been charged.
    Restarted,
    /// The answer is complete.
    Finished {
        /// Why it ended.
        finish_reason: FinishReason,
        /// The last report of tokens, if there was one.
        usage: Option<Usage>,
        /// What the provider says that it charged.
        reported_cost: Option<Amount>,
        /// What the provider says is left in the wallet.
        balance_after: Option<Amount>,
    },
}
