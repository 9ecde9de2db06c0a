//! Files that go with a person's words.

use serde::Serialize;
use ts_rs::TS;

/// A file as it is sent.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AttachmentView {
    /// Its id.
    pub id: String,
    /// The name of the file that it was made from.
    pub name: String,
    /// What it is.
    pub kind: AttachmentKind,
    /// Bytes that are sent.
    #[ts(type = "number")]
    pub size: u64,
    /// Pages, of a PDF.
    pub pages: Option<u32>,
}

/// What an attachment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum AttachmentKind {
    /// An image, for models that see.
    Image,
    /// Text or code.
    Text,
    /// The words of a PDF.
    Pdf,
}
