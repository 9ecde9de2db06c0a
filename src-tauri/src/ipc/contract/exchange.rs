//! Conversations out of the app, and into it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How to write conversations to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ExportFormat {
    /// Everything, to be imported again.
    Json,
    /// What was said, as text.
    Markdown,
    /// The same as one page for a browser.
    Html,
}

/// What to write, and how.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExportParams {
    /// Which conversation; `null` is all that are not in the bin.
    pub conversation_id: Option<String>,
    /// As what.
    pub format: ExportFormat,
    /// Also what was deleted and is not gone yet: in JSON, and in what an archive has for the import.
    pub deleted: bool,
    /// As one ZIP file, with the attached files, and everything to be imported again.
    pub archive: bool,
}

/// What was written.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExportedView {
    /// How many conversations.
    pub conversations: u32,
    /// Where.
    pub path: String,
}

/// What became of a file's conversations.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportedView {
    /// How many are in the list now.
    pub added: u32,
    /// One of them, to be shown.
    pub first_id: Option<String>,
    /// How many were here already.
    pub already_here: u32,
    /// How many had nothing to read.
    pub left_out: u32,
}

/// A conversation's own instructions and parameters; what is absent is left to the provider.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CompositionView {
    /// The system prompt; empty is none.
    pub instructions: String,
    /// Sampling temperature, 0 to 2.
    pub temperature: Option<f32>,
    /// Nucleus sampling, 0 to 1.
    pub top_p: Option<f32>,
    /// Most tokens of an answer.
    pub max_tokens: Option<u32>,
}
