//! Claude's `conversations.json`: messages in order; newer files say which message each answers.

use std::collections::{BTreeMap, HashSet};
use std::time::SystemTime;

use conversations::{Attachment, AttachmentKind, Role};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::Incoming;
use super::foreign::{Said, conversation, date, text};

pub(super) fn read(value: Value) -> Option<Incoming> {
    let id = value["uuid"].as_str()?.to_owned();
    let created_at = date(&value["created_at"]).unwrap_or(SystemTime::UNIX_EPOCH);
    let updated_at = date(&value["updated_at"]).unwrap_or(created_at);
    let mut said: Vec<Said> = Vec::new();
    let mut known = HashSet::new();
    let (mut files, mut attached) = (BTreeMap::new(), Vec::new());
    for message in value["chat_messages"].as_array()? {
        let role = match message["sender"].as_str() {
            Some("human") => Role::User,
            Some("assistant") => Role::Assistant,
            _ => continue,
        };
        let id = message["uuid"].as_str()?.to_owned();
        let with_it = attachments(message, &mut files);
        let (words, reasoning) = words(message);
        if words.trim().is_empty() && reasoning.is_empty() && with_it.is_empty() {
            continue;
        }
        // The first message answers one that is in no file.
        let parent = match message["parent_message_uuid"].as_str() {
            Some(parent) => known.contains(parent).then(|| parent.to_owned()),
            None => said.last().map(|before| before.id.clone()),
        };
        known.insert(id.clone());
        attached.push(with_it);
        said.push(Said {
            id,
            parent,
            role,
            text: words,
            reasoning,
            model_id: value["model"]
                .as_str()
                .filter(|_| role == Role::Assistant)
                .map(str::to_owned),
            at: date(&message["created_at"]).unwrap_or(created_at),
        });
    }
    if said.is_empty() {
        return None;
    }
    let leaf = value["current_leaf_message_uuid"].as_str();
    let mut whole = conversation(id, text(&value["name"]), created_at, updated_at, said, leaf);
    for (message, attachments) in whole.messages.iter_mut().zip(attached) {
        message.attachments = attachments;
    }
    Some(Incoming {
        conversation: whole,
        files,
    })
}

/// What a message says, and what it thinks. Older files have the words beside an empty content.
fn words(message: &Value) -> (String, String) {
    let blocks = message["content"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let of = |kind: &str| -> String {
        let parts = blocks.iter().filter(|block| block["type"] == kind);
        parts
            .filter_map(|block| block[kind].as_str())
            .collect::<Vec<_>>()
            .join("\n\n")
    };
    let said = of("text");
    let said = if said.is_empty() {
        text(&message["text"])
    } else {
        said
    };
    (said, of("thinking"))
}

/// The words of attached documents, which the file has; of images it has the names only.
fn attachments(message: &Value, files: &mut BTreeMap<String, String>) -> Vec<Attachment> {
    let listed = message["attachments"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    listed
        .iter()
        .filter_map(|file| {
            let words = file["extracted_content"]
                .as_str()
                .filter(|words| !words.is_empty())?;
            let hash = hex(&Sha256::digest(words));
            files.insert(hash.clone(), STANDARD.encode(words));
            Some(Attachment {
                id: uuid::Uuid::now_v7().to_string(),
                name: file["file_name"]
                    .as_str()
                    .filter(|name| !name.is_empty())?
                    .to_owned(),
                kind: AttachmentKind::Text,
                media_type: "text/plain".to_owned(),
                hash,
                size: words.len() as u64,
                width: None,
                height: None,
                pages: None,
            })
        })
        .collect()
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
