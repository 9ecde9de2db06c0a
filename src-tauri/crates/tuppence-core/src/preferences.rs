//! What a person chose in Settings.

use std::collections::{BTreeMap, BTreeSet};

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

/// The language of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// The first of the system's languages that there is.
    #[default]
    System,
    /// English.
    English,
    /// German.
    German,
}

/// How large one's own words and the answers are, beside the rest of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextSize {
    /// Smaller than the rest was made for.
    Small,
    /// As the window was drawn.
    #[default]
    Normal,
    /// A step larger.
    Large,
    /// Two steps larger.
    Larger,
}

/// Which key sends a message; the other one begins a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SendKey {
    /// Enter sends, Shift Enter begins a line.
    #[default]
    Enter,
    /// Enter begins a line, Ctrl or Command Enter sends.
    CommandEnter,
}

/// How large everything in the window is, in percent of how it was drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(from = "u16", into = "u16")]
pub struct Zoom(u16);

impl Zoom {
    /// The smallest that can be read, and the largest that leaves room for a word.
    const BOUNDS: (u16, u16) = (50, 300);

    /// In percent.
    pub fn percent(self) -> u16 {
        self.0
    }
}

impl From<u16> for Zoom {
    /// Takes what is out of bounds to the nearest bound.
    fn from(percent: u16) -> Self {
        Self(percent.clamp(Self::BOUNDS.0, Self::BOUNDS.1))
    }
}

impl From<Zoom> for u16 {
    fn from(zoom: Zoom) -> Self {
        zoom.0
    }
}

impl Default for Zoom {
    fn default() -> Self {
        Self(100)
    }
}

/// All preferences; stored whole, with defaults for what an older version did not know.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// Colours.
    pub theme: Theme,
    /// What the window speaks.
    pub language: Language,
    /// Size of messages.
    pub text_size: TextSize,
    /// Size of everything.
    pub zoom: Zoom,
    /// What Enter does.
    pub send_key: SendKey,
    /// Whether misspelt words are marked while one types, where the system has a dictionary.
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

impl Default for Preferences {
    fn default() -> Self {
        Self {
            theme: Theme::default(),
            language: Language::default(),
            text_size: TextSize::default(),
            zoom: Zoom::default(),
            send_key: SendKey::default(),
            check_spelling: true,
            default_models: BTreeMap::new(),
            favourite_models: BTreeMap::new(),
            default_preset: None,
            titles_by_model: false,
            sidebar_open: true,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_an_older_version_stored_is_kept_and_the_rest_is_as_drawn() {
        let stored = r#"{"theme": "dark", "sidebar_open": false}"#;
        let preferences: Preferences = serde_json::from_str(stored).unwrap();
        assert_eq!(preferences.theme, Theme::Dark);
        assert!(!preferences.sidebar_open);
        assert_eq!(preferences.zoom.percent(), 100);
        assert!(preferences.check_spelling);
    }

    #[test]
    fn no_zoom_makes_the_window_unreadable() {
        assert_eq!(Zoom::from(0).percent(), 50);
        assert_eq!(Zoom::from(9_000).percent(), 300);
        let stored: Zoom = serde_json::from_str("1").unwrap();
        assert_eq!(stored.percent(), 50);
    }
}
