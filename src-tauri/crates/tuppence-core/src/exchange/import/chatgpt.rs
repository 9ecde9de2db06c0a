//! ChatGPT's `conversations.json`: a tree of nodes by id, of which tools and hidden messages are part.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::SystemTime;

use conversations::Role;
use serde_json::{Map, Value};

use super::Incoming;
use super::foreign::{Said, conversation, seconds, text};

pub(super) fn read(value: Value) -> Option<Incoming> {
    let id = ["conversation_id", "id"]
        .iter()
        .find_map(|name| value[*name].as_str())?
        .to_owned();
    let created_at = seconds(&value["create_time"]).unwrap_or(SystemTime::UNIX_EPOCH);
    let updated_at = seconds(&value["update_time"]).unwrap_or(created_at);
    let mapping = value["mapping"].as_object()?;
    let mut tree = Tree {
        mapping,
        said: Vec::new(),
        kept: HashMap::new(),
        at: created_at,
    };
    tree.walk();
    if tree.said.is_empty() {
        return None;
    }
    // The node that is shown may be a tool's: then what was said last before it.
    let shown = value["current_node"]
        .as_str()
        .and_then(|node| tree.kept.get(node).cloned().flatten());
    let whole = conversation(
        id,
        text(&value["title"]),
        created_at,
        updated_at,
        tree.said,
        shown.as_deref(),
    );
    Some(Incoming {
        conversation: whole,
        files: BTreeMap::new(),
    })
}

struct Tree<'a> {
    mapping: &'a Map<String, Value>,
    said: Vec<Said>,
    /// For each node: the message that stands for it, its own or the last one before it.
    kept: HashMap<&'a str, Option<String>>,
    at: SystemTime,
}

impl<'a> Tree<'a> {
    /// From the roots down, parents before children, siblings in their order.
    fn walk(&mut self) {
        let is_root = |node: &Value| {
            node["parent"]
                .as_str()
                .is_none_or(|parent| !self.mapping.contains_key(parent))
        };
        let mut waiting: Vec<&'a str> = self
            .mapping
            .iter()
            .filter(|(_, node)| is_root(node))
            .map(|(id, _)| id.as_str())
            .collect();
        // Whatever order a map has; the last is taken first.
        waiting.sort_unstable_by(|one, other| other.cmp(one));
        let mut seen = HashSet::new();
        while let Some(id) = waiting.pop() {
            let Some((id, node)) = self.mapping.get_key_value(id) else {
                continue;
            };
            if !seen.insert(id) {
                continue;
            }
            let parent = node["parent"]
                .as_str()
                .and_then(|parent| self.kept.get(parent).cloned().flatten());
            let children = node["children"]
                .as_array()
                .map(Vec::as_slice)
                .unwrap_or_default();
            let kept = self.keep(&node["message"], parent);
            self.kept.insert(id, kept);
            waiting.extend(children.iter().rev().filter_map(Value::as_str));
        }
    }

    /// Keeps what a person would have seen; says which message stands for this node.
    fn keep(&mut self, message: &Value, parent: Option<String>) -> Option<String> {
        if let Some(at) = seconds(&message["create_time"]) {
            self.at = at;
        }
        let role = match message["author"]["role"].as_str() {
            Some("user") => Role::User,
            Some("assistant") => Role::Assistant,
            _ => return parent,
        };
        let is_hidden = message["metadata"]["is_visually_hidden_from_conversation"] == true;
        let to_a_tool = message["recipient"].as_str().is_some_and(|to| to != "all");
        let (text, reasoning) = words(&message["content"]);
        if is_hidden || to_a_tool || (text.trim().is_empty() && reasoning.is_empty()) {
            return parent;
        }
        // What an answer says in several steps, with tools between, is one answer here.
        let before = parent
            .as_ref()
            .and_then(|id| self.said.iter_mut().rfind(|said| said.id == *id));
        if let Some(before) = before
            && role == Role::Assistant
            && before.role == Role::Assistant
        {
            join(&mut before.text, &text);
            join(&mut before.reasoning, &reasoning);
            return parent;
        }
        let id = message["id"].as_str()?.to_owned();
        self.said.push(Said {
            id: id.clone(),
            parent,
            role,
            text,
            reasoning,
            model_id: message["metadata"]["model_slug"]
                .as_str()
                .map(str::to_owned),
            at: self.at,
        });
        Some(id)
    }
}

fn join(before: &mut String, more: &str) {
    if !before.is_empty() && !more.is_empty() {
        before.push_str("\n\n");
    }
    before.push_str(more);
}

/// What a message says, and what it thinks.
fn words(content: &Value) -> (String, String) {
    let parts = || {
        content["parts"]
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default()
    };
    match content["content_type"].as_str() {
        Some("text" | "multimodal_text") => {
            let said: Vec<String> = parts().iter().filter_map(part).collect();
            (said.join("\n\n"), String::new())
        }
        Some("code") => {
            let language = content["language"]
                .as_str()
                .filter(|name| *name != "unknown");
            let code = content["text"].as_str().unwrap_or_default();
            (
                format!("```{}\n{code}\n```", language.unwrap_or_default()),
                String::new(),
            )
        }
        Some("thoughts") => {
            let thoughts = content["thoughts"]
                .as_array()
                .map(Vec::as_slice)
                .unwrap_or_default();
            let thoughts: Vec<&str> = thoughts
                .iter()
                .filter_map(|thought| thought["content"].as_str())
                .collect();
            (String::new(), thoughts.join("\n\n"))
        }
        _ => (String::new(), String::new()),
    }
}

fn part(part: &Value) -> Option<String> {
    if let Some(text) = part.as_str() {
        return Some(text.to_owned()).filter(|text| !text.is_empty());
    }
    match part["content_type"].as_str()? {
        "audio_transcription" => part["text"].as_str().map(str::to_owned),
        // The picture itself lies beside the file, not in it.
        "image_asset_pointer" => Some("[image]".to_owned()),
        _ => None,
    }
}
