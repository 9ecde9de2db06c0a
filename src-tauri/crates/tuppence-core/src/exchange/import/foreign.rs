//! What other apps' exports have in common, made into ours.

use std::time::{Duration, SystemTime};

use conversations::{ContextRule, Role, WholeConversation, WholeMessage};
use serde_json::{Value, json};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// A message of another app: only what it has.
pub(super) struct Said {
    pub(super) id: String,
    pub(super) parent: Option<String>,
    pub(super) role: Role,
    pub(super) text: String,
    pub(super) reasoning: String,
    pub(super) model_id: Option<String>,
    pub(super) at: SystemTime,
}

/// A conversation of another app. It has no costs: they were paid there, and are not in the file.
pub(super) fn conversation(
    id: String,
    title: String,
    created_at: SystemTime,
    updated_at: SystemTime,
    said: Vec<Said>,
    shown_leaf: Option<&str>,
) -> WholeConversation {
    let mut messages: Vec<WholeMessage> = said.into_iter().map(message).collect();
    let mut shown_root = None;
    let mut at = shown_leaf
        .map(str::to_owned)
        .filter(|leaf| messages.iter().any(|message| message.id == *leaf))
        .or_else(|| messages.last().map(|message| message.id.clone()));
    // From the shown leaf up; every message comes after its parent, so this ends.
    while let Some(id) = at {
        let parent = messages
            .iter()
            .find(|message| message.id == id)
            .and_then(|m| m.parent.clone());
        match &parent {
            Some(parent) => {
                if let Some(parent) = messages.iter_mut().find(|message| message.id == *parent) {
                    parent.shown_child = Some(id);
                }
            }
            None => shown_root = Some(id),
        }
        at = parent;
    }
    let model_id = messages
        .iter()
        .rev()
        .find_map(|message| message.model_id.clone());
    WholeConversation {
        id,
        title,
        created_at,
        updated_at,
        account_key: None,
        model_id,
        pinned: false,
        archived: false,
        folder: None,
        instructions: String::new(),
        parameters: json!({}),
        context: ContextRule::Whole,
        shown_root,
        deleted_at: None,
        messages,
        receipts: Vec::new(),
    }
}

fn message(said: Said) -> WholeMessage {
    WholeMessage {
        id: said.id,
        parent: said.parent,
        shown_child: None,
        role: said.role,
        text: said.text,
        reasoning: said.reasoning,
        status: "complete".to_owned(),
        finish_reason: None,
        error: None,
        model_id: said.model_id,
        account_key: None,
        prices: None,
        created_at: said.at,
        ended_at: said.at,
        lowered: None,
        abandoned_starts: Vec::new(),
        attachments: Vec::new(),
        summary: None,
        deleted_at: None,
    }
}

/// Seconds since 1970 with a fraction.
pub(super) fn seconds(value: &Value) -> Option<SystemTime> {
    let seconds = value
        .as_f64()
        .filter(|seconds| (0.0..1e11).contains(seconds))?;
    Some(SystemTime::UNIX_EPOCH + Duration::from_secs_f64(seconds))
}

/// RFC 3339.
pub(super) fn date(value: &Value) -> Option<SystemTime> {
    OffsetDateTime::parse(value.as_str()?, &Rfc3339)
        .ok()
        .map(SystemTime::from)
}

pub(super) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
