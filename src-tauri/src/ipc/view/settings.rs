//! What the person chose, in both directions.

use tuppence_core as core;

use crate::ipc::contract::*;

impl From<core::Preferences> for SettingsView {
    fn from(preferences: core::Preferences) -> Self {
        Self {
            theme: match preferences.theme {
                core::Theme::System => Theme::System,
                core::Theme::Light => Theme::Light,
                core::Theme::Dark => Theme::Dark,
            },
            language: match preferences.language {
                core::Language::System => LanguageChoice::System,
                core::Language::English => LanguageChoice::English,
                core::Language::German => LanguageChoice::German,
            },
            text_size: match preferences.text_size {
                core::TextSize::Small => TextSize::Small,
                core::TextSize::Normal => TextSize::Normal,
                core::TextSize::Large => TextSize::Large,
                core::TextSize::Larger => TextSize::Larger,
            },
            zoom: preferences.zoom.percent(),
            send_key: match preferences.send_key {
                core::SendKey::Enter => SendKey::Enter,
                core::SendKey::CommandEnter => SendKey::CommandEnter,
            },
            check_spelling: preferences.check_spelling,
            default_models: preferences.default_models,
            favourite_models: preferences.favourite_models,
            default_preset: preferences.default_preset,
            titles_by_model: preferences.titles_by_model,
            sidebar_open: preferences.sidebar_open,
        }
    }
}

impl From<SettingsView> for core::Preferences {
    fn from(settings: SettingsView) -> Self {
        Self {
            theme: match settings.theme {
                Theme::System => core::Theme::System,
                Theme::Light => core::Theme::Light,
                Theme::Dark => core::Theme::Dark,
            },
            language: match settings.language {
                LanguageChoice::System => core::Language::System,
                LanguageChoice::English => core::Language::English,
                LanguageChoice::German => core::Language::German,
            },
            text_size: match settings.text_size {
                TextSize::Small => core::TextSize::Small,
                TextSize::Normal => core::TextSize::Normal,
                TextSize::Large => core::TextSize::Large,
                TextSize::Larger => core::TextSize::Larger,
            },
            zoom: settings.zoom.into(),
            send_key: match settings.send_key {
                SendKey::Enter => core::SendKey::Enter,
                SendKey::CommandEnter => core::SendKey::CommandEnter,
            },
            check_spelling: settings.check_spelling,
            default_models: settings.default_models,
            favourite_models: settings.favourite_models,
            default_preset: settings.default_preset,
            titles_by_model: settings.titles_by_model,
            sidebar_open: settings.sidebar_open,
        }
    }
}
