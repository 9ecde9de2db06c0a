//! What the core tells its hosts. Events carry ids, not copies: the receiver reads the new state.

use crate::account::AccountId;
use crate::failure::Failure;

/// Something changed that a host shows.
#[derive(Clone, Debug)]
pub enum CoreEvent {
    /// Accounts, balances, settings or the pending sign-in.
    Changed,
    /// A step of the attempt with this id is in its trace.
    SignInStep(String),
    /// An attempt to sign in is over.
    SignInEnded(SignInOutcome),
    /// A conversation's row: title, totals, streaming or not.
    ConversationChanged(String),
    /// An answer that had ended is otherwise than it was told: what it cost became known.
    MessageChanged {
        /// Where it is.
        conversation_id: String,
        /// The answer.
        message_id: String,
    },
    /// An answer in this conversation goes on by itself: money has come.
    WentOn(String),
}

/// How an attempt to sign in ended.
#[derive(Clone, Debug)]
pub enum SignInOutcome {
    /// Signed in, tokens stored.
    SignedIn(AccountId),
    /// Cancelled, or superseded by a later attempt.
    Cancelled,
    /// It failed.
    Failed(Failure),
}
