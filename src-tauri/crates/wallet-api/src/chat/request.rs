//! What is asked, and its JSON.

use serde::ser::SerializeStruct as _;
use serde::{Deserialize, Serialize};

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Instructions to the model.
    System,
    /// The person.
    User,
    /// The model.
    Assistant,
}

/// One message of the conversation so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatMessage {
    /// Who speaks.
    pub role: Role,
    /// What was said.
    pub content: String,
    /// Images that go with it, for models that see.
    pub images: Vec<ImagePart>,
}

/// An image inside a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImagePart {
    /// Its media type, such as `image/png`.
    pub media_type: String,
    /// Its bytes in base64.
    pub base64: String,
}

impl ChatMessage {
    /// A message of `role`.
    pub fn new(role: Role, content: impl Into<String>) -> Self {
        Self {
            role,
            content: content.into(),
            images: Vec::new(),
        }
    }
}

/// A text alone is sent as a string, which every server reads; with images as a list of parts.
impl Serialize for ChatMessage {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut message = to.serialize_struct("ChatMessage", 2)?;
        message.serialize_field("role", &self.role)?;
        if self.images.is_empty() {
            message.serialize_field("content", &self.content)?;
        } else {
            let text = Part::Text {
                text: &self.content,
            };
            let text = Some(text).filter(|_| !self.content.is_empty());
            let images = self.images.iter().map(|image| Part::ImageUrl {
                image_url: DataUrl {
                    url: format!("data:{};base64,{}", image.media_type, image.base64),
                },
            });
            let parts: Vec<Part> = text.into_iter().chain(images).collect();
            message.serialize_field("content", &parts)?;
        }
        message.end()
    }
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Part<'a> {
    Text { text: &'a str },
    ImageUrl { image_url: DataUrl },
}

#[derive(Serialize)]
struct DataUrl {
    url: String,
}

/// A request for an answer.
///
/// ```
/// use wallet_api::{ChatMessage, ChatRequest, Role};
/// let request = ChatRequest::new("a-model", vec![ChatMessage::new(Role::User, "Hello")])
///     .with_max_tokens(500);
/// assert_eq!(request.max_tokens, Some(500));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ChatRequest {
    /// The model's id, as [`crate::Model::id`] has it.
    pub model: String,
    /// The conversation so far, oldest first.
    pub messages: Vec<ChatMessage>,
    /// Most tokens to answer with; `None` leaves it to the provider. A wallet may have to cover all
    /// of them in advance.
    pub max_tokens: Option<u32>,
    /// Sampling temperature; `None` leaves it to the provider.
    pub temperature: Option<f32>,
    /// Nucleus sampling; `None` leaves it to the provider.
    pub top_p: Option<f32>,
}

impl ChatRequest {
    /// A request with the provider's defaults.
    pub fn new(model: impl Into<String>, messages: Vec<ChatMessage>) -> Self {
        Self {
            model: model.into(),
            messages,
            max_tokens: None,
            temperature: None,
            top_p: None,
        }
    }

    /// The same with a limit on the answer's tokens.
    #[must_use]
    pub fn with_max_tokens(mut self, max_tokens: u32) -> Self {
        self.max_tokens = Some(max_tokens);
        self
    }

    /// The body of the POST, always a streaming one.
    pub(crate) fn body(&self) -> impl Serialize + '_ {
        Body {
            model: &self.model,
            messages: &self.messages,
            max_tokens: self.max_tokens,
            temperature: self.temperature,
            top_p: self.top_p,
            stream: true,
            stream_options: StreamOptions {
                include_usage: true,
            },
        }
    }
}

#[derive(Serialize)]
struct Body<'a> {
    model: &'a str,
    messages: &'a [ChatMessage],
    #[serde(skip_serializing_if = "Option::is_none")]
    max_tokens: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    temperature: Option<f32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    top_p: Option<f32>,
    stream: bool,
    stream_options: StreamOptions,
}

#[derive(Serialize)]
struct StreamOptions {
    include_usage: bool,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn words_are_a_string_and_images_are_parts() {
        let mut message = ChatMessage::new(Role::User, "What is this?");
        let json = |message: &ChatMessage| serde_json::to_value(message).unwrap();
        assert_eq!(
            json(&message),
            serde_json::json!({"role": "user", "content": "What is this?"})
        );
        message.images.push(ImagePart {
            media_type: "image/png".to_owned(),
            base64: "AAAA".to_owned(),
        });
        let parts = serde_json::json!([
            {"type": "text", "text": "What is this?"},
            {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}},
        ]);
        assert_eq!(json(&message)["content"], parts);
        message.content.clear();
        assert_eq!(json(&message)["content"].as_array().unwrap().len(), 1);
    }
}
