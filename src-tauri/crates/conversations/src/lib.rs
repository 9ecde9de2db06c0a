//! Conversations, drafts, settings and the ledger, in one SQLite file that is never lost.
//!
//! - Messages form a tree: a retry or an edit is a sibling, nothing is overwritten. One branch of
//!   it is shown ([`Store::branch`]).
//! - A person's words are on the disk before a request leaves ([`Store::begin_turn`]), with the
//!   empty answer beside them: what may have been paid for is on record.
//! - An answer is journalled as it streams in ([`Store::append`]): what [`Store::append`] returned
//!   for survives `kill -9`. Ending it ([`Store::finish`]) folds the journal into the message and
//!   writes its [`Receipt`] in one transaction.
//! - Two processes may share a data directory. Each holds a lock that the system drops with it, so
//!   that [`Store::open`] cuts off only the answers of processes that are gone.
//! - Receipts are append-only and outlive the words. Dollars and play money never meet in a sum.
//!
//! Calls block. Times are [`std::time::SystemTime`] to the millisecond; ids are UUIDs of version 7.
//!
//! ```
//! use conversations::{Ending, Finished, Store, TurnTerms};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let dir = tempfile::tempdir()?;
//! let store = Store::open(dir.path())?.store;
//! let terms = TurnTerms { model_id: "small", account_key: "me", price_snapshot_json: None };
//! let (conversation, turn) = store.begin_conversation("What is a ha'penny?", &terms)?;
//! store.append(&turn.assistant.id, "Half a ", "")?;
//! store.append(&turn.assistant.id, "penny.", "")?;
//! let ending = Ending::Complete { finish_reason: Some("stop".to_owned()) };
//! store.finish(&turn.assistant.id, &Finished::without_usage(ending))?;
//! assert_eq!(store.branch(&conversation.id)?[1].text, "Half a penny.");
//! # Ok(()) }
//! ```
#![deny(missing_docs)]

mod attachment;
mod backup;
mod balance_reading;
mod bin;
mod branch_size;
mod chore;
mod clock;
mod composition;
mod conversation;
mod deleted;
mod draft;
mod edit_draft;
mod error;
mod files;
mod find;
mod finish;
mod journal;
mod ledger;
mod listing;
mod loss;
mod lowering;
mod message;
mod open;
mod presence;
mod preset;

mod receipt;
mod recovery;
mod removal;
mod reservation;
mod resumption;
mod schema;
mod search;
mod setting;
mod siblings;
mod store;
mod title;
mod transfer;
mod tree;
mod turn;
mod window;

pub use attachment::{AddTo, Attachment, AttachmentKind, NewAttachment};
pub use backup::Backup;
pub use balance_reading::{BalanceChange, QuietMoment};
pub use bin::Emptied;
pub use branch_size::MessageSize;
pub use chore::Chore;
pub use composition::{Composition, ContextRule, Summary};
pub use conversation::{ConversationFilter, ConversationSummary, NewConversation, Shelf};
pub use deleted::DeletedMessage;
pub use edit_draft::EditDraft;
pub use error::{OpenNotice, StoreError, Subject};
pub use find::Found;
pub use finish::Finished;
pub use journal::AbandonedStart;
pub use ledger::{GroupBy, ReceiptFilter, Totals};
pub use listing::{ListNames, ListPage, ListPlace};
pub use loss::{Loss, LossCause, Losses};
pub use lowering::Lowered;
pub use message::{Ending, Message, Role, Status};
pub use open::Opened;
pub use preset::{NewPreset, Preset};
pub use receipt::Receipt;
pub use reservation::{MoneyKind, Reservation, Standing};
pub use resumption::Resumption;
pub use search::{Hit, MARK_END, MARK_START, Ranking, SearchFilter};
pub use store::Store;
pub use transfer::{
    TakenIn, WholeConversation, WholeMessage, WholeReceipt, WholeStart, WholeSummary,
};
pub use turn::{Turn, TurnTerms, Words};
pub use window::{Part, Window};

/// A new id: UUID version 7, so that ids sort by the time they were made.
fn new_id() -> String {
    uuid::Uuid::now_v7().to_string()
}
