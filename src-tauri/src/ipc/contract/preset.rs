//! Presets: what conversations begin with.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Instructions, parameters and a model to begin conversations with.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PresetView {
    /// Its id.
    pub id: String,
    /// What the person calls it.
    pub name: String,
    /// The system prompt, its variables in double braces.
    pub instructions: String,
    /// Sampling temperature, 0 to 2.
    pub temperature: Option<f32>,
    /// Nucleus sampling, 0 to 1.
    pub top_p: Option<f32>,
    /// Most tokens of an answer.
    pub max_tokens: Option<u32>,
    /// The model that answers, where one was chosen.
    pub model_id: Option<String>,
    /// The variables that are asked for when a conversation begins.
    pub variables: Vec<String>,
}

/// A preset to keep.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PresetParams {
    /// Which one to change; absent makes a new one.
    pub id: Option<String>,
    /// What the person calls it.
    pub name: String,
    /// The system prompt.
    pub instructions: String,
    /// Sampling temperature, 0 to 2.
    pub temperature: Option<f32>,
    /// Nucleus sampling, 0 to 1.
    pub top_p: Option<f32>,
    /// Most tokens of an answer.
    pub max_tokens: Option<u32>,
    /// The model that answers, where one is wanted.
    pub model_id: Option<String>,
}

/// A preset that a conversation begins with, and what its variables are.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PresetUseParams {
    /// Which.
    pub preset_id: String,
    /// Values by variable.
    pub values: BTreeMap<String, String>,
}
