//! What a client asks, checked.

use serde::Deserialize;
use serde_json::Value;

use crate::{answers::tokens, config::Dialect, reply::ApiError};

/// Tokens that every message costs besides its text.
const MESSAGE_TOKENS: u64 = 3;
/// Tokens that an image costs, whatever its size.
const IMAGE_TOKENS: u64 = 256;

/// A checked chat request.
#[derive(Debug)]
pub(crate) struct ChatRequest {
    pub(crate) model: String,
    pub(crate) messages: Vec<ChatMessage>,
    pub(crate) stream: bool,
    pub(crate) include_usage: bool,
    pub(crate) max_tokens: Option<u64>,
    /// As it came, for the upstream.
    pub(crate) raw: Value,
}

/// One message of it.
#[derive(Debug)]
pub(crate) struct ChatMessage {
    pub(crate) role: String,
    pub(crate) text: String,
    /// Media type and size in bytes of each image.
    pub(crate) images: Vec<(String, usize)>,
}

#[derive(Deserialize)]
struct Wire {
    model: String,
    messages: Vec<WireMessage>,
    #[serde(default)]
    stream: Option<bool>,
    #[serde(default)]
    stream_options: Option<StreamOptions>,
    #[serde(default)]
    max_tokens: Option<u64>,
    #[serde(default)]
    max_completion_tokens: Option<u64>,
}

#[derive(Deserialize)]
struct StreamOptions {
    #[serde(default)]
    include_usage: bool,
}

#[derive(Deserialize)]
struct WireMessage {
    role: String,
    #[serde(default)]
    content: Value,
}

impl ChatRequest {
    pub(crate) fn parse(dialect: Dialect, body: &[u8]) -> Result<Self, ApiError> {
        let raw: Value = serde_json::from_slice(body)
            .map_err(|_| ApiError::bad_request("The body is not JSON."))?;
        let wire = Wire::deserialize(&raw).map_err(|error| {
            ApiError::bad_request(format!("The request cannot be read: {error}"))
        })?;
        if wire.messages.is_empty() {
            return Err(ApiError::bad_request("There are no messages."));
        }
        let max_tokens = wire.max_completion_tokens.or(wire.max_tokens);
        if max_tokens == Some(0) {
            return Err(ApiError::bad_request("max_tokens must be at least 1."));
        }
        let messages = wire
            .messages
            .into_iter()
            .map(|message| ChatMessage::parse(dialect, message))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            model: wire.model,
            messages,
            stream: wire.stream.unwrap_or(false),
            include_usage: wire
                .stream_options
                .is_some_and(|options| options.include_usage),
            max_tokens,
            raw,
        })
    }

    /// What the prompt counts: its text, three tokens a message, 256 an image.
    pub(crate) fn prompt_tokens(&self) -> u64 {
        self.messages
            .iter()
            .map(|message| {
                tokens(message.text.len())
                    + MESSAGE_TOKENS
                    + IMAGE_TOKENS * message.images.len() as u64
            })
            .sum()
    }

    pub(crate) fn has_images(&self) -> bool {
        self.messages
            .iter()
            .any(|message| !message.images.is_empty())
    }

    /// The last thing that the person said.
    pub(crate) fn question(&self) -> Option<&ChatMessage> {
        self.messages
            .iter()
            .rev()
            .find(|message| message.role == "user")
    }
}

impl ChatMessage {
    fn parse(dialect: Dialect, message: WireMessage) -> Result<Self, ApiError> {
        if !["system", "developer", "user", "assistant", "tool"].contains(&message.role.as_str()) {
            return Err(ApiError::bad_request("A message has an unknown role."));
        }
        let mut parsed = Self {
            role: message.role,
            text: String::new(),
            images: Vec::new(),
        };
        match message.content {
            Value::String(text) => parsed.text = text,
            Value::Array(parts) => {
                for part in parts {
                    parsed.add_part(dialect, &part)?;
                }
            }
            Value::Null if parsed.role == "assistant" => {}
            _ => return Err(ApiError::bad_request("A message has no content.")),
        }
        Ok(parsed)
    }

    fn add_part(&mut self, dialect: Dialect, part: &Value) -> Result<(), ApiError> {
        match part["type"].as_str() {
            Some("text") => self
                .text
                .push_str(part["text"].as_str().unwrap_or_default()),
            Some("image_url") => {
                let url = part["image_url"]["url"].as_str().unwrap_or_default();
                let image = data_url(url)
                    .ok_or_else(|| ApiError::bad_request("An image must be a base64 data: URL."))?;
                self.images.push(image);
            }
            Some("file" | "file_url") if dialect == Dialect::Chutes => {
                return Err(ApiError::bad_request(
                    "File content parts are not supported.",
                ));
            }
            _ => return Err(ApiError::bad_request("A content part has an unknown type.")),
        }
        Ok(())
    }
}

/// Media type and decoded size of a base64 data URL of an image.
fn data_url(url: &str) -> Option<(String, usize)> {
    let (media_type, data) = url.strip_prefix("data:")?.split_once(";base64,")?;
    media_type.starts_with("image/").then(|| {
        (
            media_type.to_owned(),
            data.trim_end_matches('=').len() * 3 / 4,
        )
    })
}
