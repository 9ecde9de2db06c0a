//! What the person chose, and where their data lies.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the person chose.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SettingsView {
    /// Colours.
    pub theme: Theme,
    /// What the window speaks.
    pub language: LanguageChoice,
    /// Size of messages.
    pub text_size: TextSize,
    /// Size of everything, in percent; the core keeps it within bounds.
    pub zoom: u16,
    /// What Enter does.
    pub send_key: SendKey,
    /// Whether misspelt words are marked, where the system has a dictionary.
    pub check_spelling: bool,
    /// The model a new conversation starts with, by provider id.
    pub default_models: BTreeMap<String, String>,
    /// Models that stand first in the picker, by provider id.
    pub favourite_models: BTreeMap<String, BTreeSet<String>>,
    /// The preset that a new conversation starts with; one that is gone is none.
    pub default_preset: Option<String>,
    /// Whether the model that answered first names the conversation, which costs a little.
    pub titles_by_model: bool,
    /// Whether the conversation list is shown.
    pub sidebar_open: bool,
}

/// Colours of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Theme {
    /// As the desktop says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// The language of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub enum LanguageChoice {
    /// The first of the system's languages that there is.
    #[serde(rename = "system")]
    System,
    /// English.
    #[serde(rename = "en")]
    English,
    /// German.
    #[serde(rename = "de")]
    German,
}

/// How large one's own words and the answers are, beside the rest of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum TextSize {
    /// A step smaller.
    Small,
    /// As drawn.
    Normal,
    /// A step larger.
    Large,
    /// Two steps larger.
    Larger,
}

/// Which key sends a message; the other one begins a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SendKey {
    /// Enter sends, Shift Enter begins a line.
    Enter,
    /// Enter begins a line, Ctrl or Command Enter sends.
    CommandEnter,
}

/// Where everything that is kept on this device lies.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DataFolderView {
    /// As a person would write it.
    pub path: String,
}
