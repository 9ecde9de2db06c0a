//! The lists of conversations, by page.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ConversationView;

/// Where conversations are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ShelfName {
    /// In the list.
    Current,
    /// Put away.
    Archive,
    /// Deleted, and not gone yet.
    Bin,
}

/// Which part of a list is wanted.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ListParams {
    /// Which list.
    pub shelf: ShelfName,
    /// What lies behind this place; `null` is its beginning.
    pub after: Option<ListPlaceView>,
    /// At most so many.
    pub count: u32,
}

/// A place in a list. Lists ascend by these members, in their order.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ListPlaceView {
    /// 0 for pinned ones and the whole of the archive and the bin, 1 for those in folders, 2 for the others.
    #[ts(type = "number")]
    pub section: i64,
    /// The folder; capital letters of ASCII count as small ones.
    pub section_name: String,
    /// The last change in milliseconds of Unix time, negative: the latest first.
    #[ts(type = "number")]
    pub recency: i64,
    /// The conversation there.
    pub id: String,
}

/// Some conversations of a list, one after the other.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ListPageView {
    /// The conversations.
    pub conversations: Vec<ConversationView>,
    /// Where they end; `null` at the list's end.
    pub next: Option<ListPlaceView>,
    /// How many the whole list has.
    pub total: u32,
}

/// What conversations of the list and the archive can be told apart by, in ascending order.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ListNamesView {
    /// The folders.
    pub folders: Vec<String>,
    /// The models that answer.
    pub model_ids: Vec<String>,
}
