//! What the model is sent: the conversation's instructions, the branch, and the files that go with it.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use conversations::{Attachment, AttachmentKind, Composition, Store, StoreError, Summary};
use wallet_api::{ChatMessage, ChatRequest, ImagePart, Role as ChatRole};

use crate::composition::Parameters;
use crate::context::{Branch, Weight, latest_summary, summary_said, summary_weight};
use crate::{Message, Role};

/// A branch with everything that a request carries of it.
pub(crate) struct History {
    /// The shown branch, the answer to come at its end.
    pub(crate) branch: Vec<Message>,
    composition: Composition,
    summaries: Vec<Summary>,
    /// Bytes by hash. A file that is gone from the disk is named to the model, no more.
    files: HashMap<String, Vec<u8>>,
}

impl History {
    pub(crate) fn read(store: &Store, conversation_id: &str) -> Result<Self, StoreError> {
        let branch = store.branch(conversation_id)?;
        let mut files = HashMap::new();
        for attachment in branch.iter().flat_map(|message| &message.attachments) {
            if let Ok(bytes) = store.attachment_bytes(&attachment.hash) {
                files.insert(attachment.hash.clone(), bytes);
            }
        }
        Ok(Self {
            composition: store.composition(conversation_id)?,
            summaries: store.summaries(conversation_id)?,
            branch,
            files,
        })
    }

    /// The messages before an answer, without answers that never came, as much of them as the
    /// conversation's rule sends to a model that takes `window` tokens. A model that does not see gets
    /// the names of images instead.
    pub(super) fn messages(
        &self,
        answer_id: &str,
        sees: bool,
        window: Option<u64>,
    ) -> Vec<ChatMessage> {
        let before = self.branch.iter().take_while(|one| one.id != answer_id);
        let said: Vec<&Message> = before
            .filter(|message| !message.text.is_empty() || !message.attachments.is_empty())
            .collect();
        let instructions = Some(self.composition.instructions.trim())
            .filter(|text| !text.is_empty())
            .map(with_date);
        let ids = said.iter().map(|message| message.id.as_str());
        let summary = latest_summary(&self.summaries, ids);
        let sizes = Branch {
            instructions: instructions.as_deref().map(Weight::of_text),
            summary: summary.map(|(from, one)| (from, summary_weight(one))),
            said: said
                .iter()
                .map(|message| (message.role, Weight::from(*message)))
                .collect(),
        };
        let cut = sizes.cut(self.composition.context_rule, window);
        let summary = summary
            .filter(|_| cut.summarised)
            .map(|(_, one)| summary_said(&one.text));
        // One message: not every model takes several of them.
        let system: Vec<String> = instructions.into_iter().chain(summary).collect();
        let system =
            (!system.is_empty()).then(|| ChatMessage::new(ChatRole::System, system.join("\n\n")));
        let sent = said.into_iter().skip(cut.from);
        system
            .into_iter()
            .chain(sent.map(|message| self.message(message, sees)))
            .collect()
    }

    /// The conversation's parameters on a request.
    pub(super) fn tuned(&self, request: ChatRequest) -> ChatRequest {
        Parameters::from_json(&self.composition.parameters_json).on(request)
    }

    /// A message with its files, as it is sent.
    pub(crate) fn message(&self, message: &Message, sees: bool) -> ChatMessage {
        let role = match message.role {
            Role::User => ChatRole::User,
            Role::Assistant => ChatRole::Assistant,
        };
        let mut parts: Vec<String> = Vec::new();
        let mut images = Vec::new();
        for attachment in &message.attachments {
            match (attachment.kind, self.files.get(&attachment.hash)) {
                (AttachmentKind::Image, Some(bytes)) if sees => images.push(ImagePart {
                    media_type: attachment.media_type.clone(),
                    base64: STANDARD.encode(bytes),
                }),
                (AttachmentKind::Text | AttachmentKind::Pdf, Some(bytes)) => {
                    parts.push(quoted(attachment, &String::from_utf8_lossy(bytes)));
                }
                _ => parts.push(format!("[{}: not available]", attachment.name)),
            }
        }
        if !message.text.is_empty() {
            parts.push(message.text.clone());
        }
        ChatMessage {
            images,
            ..ChatMessage::new(role, parts.join("\n\n"))
        }
    }
}

/// A file's words between fences that its own cannot close.
fn quoted(attachment: &Attachment, words: &str) -> String {
    let longest = words
        .split(|c| c != '`')
        .map(str::len)
        .max()
        .unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    format!(
        "File {}:\n{fence}\n{}\n{fence}",
        attachment.name,
        words.trim_end()
    )
}

/// `{{date}}` is the day on which it is sent.
fn with_date(instructions: &str) -> String {
    if !instructions.contains("{{date}}") {
        return instructions.to_owned();
    }
    // The zone of a process with threads cannot be read everywhere: UTC then.
    let now = time::OffsetDateTime::now_utc();
    instructions.replace("{{date}}", &now.date().to_string())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use conversations::{AddTo, NewAttachment, TurnTerms, Words};

    use super::*;

    fn file(store: &Store, kind: AttachmentKind, name: &str, bytes: &[u8]) -> String {
        let new = NewAttachment {
            name: name.to_owned(),
            kind,
            media_type: "image/png".to_owned(),
            bytes: bytes.to_vec(),
            pixels: None,
            pages: None,
        };
        store.add_attachment(AddTo::Request, &new).unwrap().id
    }

    #[test]
    fn files_go_before_the_words_and_images_as_images_to_models_that_see() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap().store;
        let terms = TurnTerms {
            model_id: "m",
            account_key: "a",
            price_snapshot_json: None,
        };
        let ids = [
            file(&store, AttachmentKind::Text, "a.md", b"```\ncode\n```"),
            file(&store, AttachmentKind::Image, "p.png", b"\x89PNG"),
        ];
        let words = Words {
            text: "Look.",
            attachments: &ids,
        };
        let (row, turn) = store.begin_conversation(words, &terms).unwrap();
        let composition = Composition {
            instructions: "Be brief.".to_owned(),
            parameters_json: r#"{"temperature":0.5,"max_tokens":9}"#.to_owned(),
            ..Composition::default()
        };
        store.set_composition(&row.id, &composition).unwrap();
        let history = History::read(&store, &row.id).unwrap();

        let sent = history.messages(&turn.assistant.id, true, None);
        assert_eq!(sent[0], ChatMessage::new(ChatRole::System, "Be brief."));
        assert_eq!(
            sent[1].content,
            "File a.md:\n````\n```\ncode\n```\n````\n\nLook."
        );
        assert_eq!(sent[1].images[0].base64, STANDARD.encode(b"\x89PNG"));
        let blind = history.messages(&turn.assistant.id, false, None);
        assert!(blind[1].images.is_empty() && blind[1].content.contains("[p.png: not available]"));
        let request = history.tuned(ChatRequest::new("m", sent));
        assert_eq!(
            (request.temperature, request.max_tokens),
            (Some(0.5), Some(9))
        );
    }
}
