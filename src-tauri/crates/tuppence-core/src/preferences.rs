//! What a person chose in Settings.

use std::collections::BTreeMap;

/// Colours of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the desktop says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// All preferences; stored whole, with defaults for what an older version did not know.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// Colours.
    pub theme: Theme,
    /// The model a new conversation starts with, by provider id.
    pub default_models: BTreeMap<String, String>,
    /// Whether the conversation list is shown.
    pub sidebar_open: bool,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            default_models: BTreeMap::new(),
            sidebar_open: true,
        }
    }
}
