//! The bodies of refusals, in every shape that servers of this kind send.

use std::time::{Duration, SystemTime};

use serde_json::Value;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::Detail;

/// What a refusal says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ErrorBody {
    /// The machine-readable word: `error.code`, `error.type`, or `error` itself.
    pub(crate) code: Option<String>,
    /// An HTTP status in the body, which stands for one that could no longer be sent.
    pub(crate) status: Option<u16>,
    /// The words for people.
    pub(crate) message: String,
    /// When an allowance begins anew.
    pub(crate) resets_at: Option<SystemTime>,
    /// How long to wait.
    pub(crate) retry_after: Option<Duration>,
    /// It is about what was said: the words of a moderation, or the rules that it broke.
    pub(crate) is_moderation: bool,
    /// The provider says that it passes by itself.
    pub(crate) is_passing: bool,
    /// What was sent is a web page.
    pub(crate) is_html: bool,
}

impl ErrorBody {
    /// Reads a body, whatever it is.
    pub(crate) fn read(bytes: &[u8]) -> Self {
        if let Ok(value) = serde_json::from_slice::<Value>(bytes) {
            return Self::of_answer(&value).unwrap_or_default();
        }
        let text = String::from_utf8_lossy(bytes);
        let is_html = is_html(bytes);
        Self {
            message: if is_html {
                page_title(&text)
            } else {
                text.into_owned()
            },
            is_html,
            ..Self::default()
        }
    }

    /// Reads a JSON answer. `None` if it says nothing of an error.
    pub(crate) fn of_answer(value: &Value) -> Option<Self> {
        let object = match value {
            Value::Array(items) => return items.first().and_then(Self::of_answer),
            Value::Object(object) => object,
            Value::String(text) => return Some(Self::of_message(text)),
            _ => return None,
        };
        let inner = [object.get("error"), object.get("detail")]
            .into_iter()
            .flatten()
            .find(|inner| !inner.is_null());
        let mut body = match inner {
            Some(Value::String(word)) if object.contains_key("error") => Self {
                code: is_code(word).then(|| word.clone()),
                message: word.clone(),
                ..Self::default()
            },
            Some(inner) => Self::of_inner(inner),
            None if object.contains_key("message") => Self::of_inner(value),
            None => return None,
        };
        if let Some(description) = text_of(object.get("error_description")) {
            body.message = description;
        }
        if let (true, Some(detail)) = (object.contains_key("error"), text_of(object.get("detail")))
        {
            body.message = detail;
        }
        Some(body)
    }

    /// Reads what stands under `error` or `detail`.
    pub(crate) fn of_inner(inner: &Value) -> Self {
        match inner {
            Value::String(text) => Self::of_message(text),
            Value::Array(items) => Self::of_message(&validation_messages(items)),
            Value::Object(object) => {
                if let Some(nested @ Value::Object(_)) = object.get("error") {
                    return Self::of_inner(nested);
                }
                let metadata = object.get("metadata");
                let availability = object.get("availability");
                let has = |name| metadata.is_some_and(|metadata| metadata.get(name).is_some());
                let words = [
                    metadata.and_then(|metadata| metadata.get("error_type")),
                    object.get("code"),
                    object.get("type"),
                    object.get("error"),
                ];
                Self {
                    code: words
                        .into_iter()
                        .find_map(text_of)
                        .filter(|word| is_code(word)),
                    status: object.get("code").and_then(status_of),
                    message: [object.get("message"), object.get("msg"), object.get("hint")]
                        .into_iter()
                        .find_map(text_of)
                        .unwrap_or_default(),
                    resets_at: object.get("quota_reset_timestamp").and_then(time_of),
                    retry_after: [
                        object.get("retry_after"),
                        metadata.and_then(|m| m.get("retry_after")),
                        availability.and_then(|a| a.get("retry_after")),
                    ]
                    .into_iter()
                    .flatten()
                    .find_map(seconds_of),
                    is_moderation: has("flagged_input") || has("reasons") || has("patterns"),
                    is_passing: availability
                        .and_then(|it| it.get("retryable"))
                        .and_then(Value::as_bool)
                        .unwrap_or_default(),
                    is_html: false,
                }
            }
            _ => Self::default(),
        }
    }

    /// The words, safe to keep; the code where there are no words.
    pub(crate) fn detail(&self) -> Detail {
        if self.message.is_empty() {
            return Detail::new(self.code.as_deref().unwrap_or_default());
        }
        Detail::new(&self.message)
    }

    /// Whether the words contain `part`, which is in lower case.
    pub(crate) fn says(&self, part: &str) -> bool {
        self.message.to_ascii_lowercase().contains(part)
    }

    /// Whether the code is one of `codes`.
    pub(crate) fn is_one_of(&self, codes: &[&str]) -> bool {
        self.code
            .as_deref()
            .is_some_and(|code| codes.contains(&code))
    }

    fn of_message(text: &str) -> Self {
        Self {
            message: text.to_owned(),
            ..Self::default()
        }
    }
}

/// Whether bytes begin like a web page.
pub(crate) fn is_html(bytes: &[u8]) -> bool {
    let text = bytes
        .strip_prefix(b"\xEF\xBB\xBF")
        .unwrap_or(bytes)
        .trim_ascii_start();
    let starts = |tag: &[u8]| {
        text.get(..tag.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(tag))
    };
    starts(b"<!doctype") || starts(b"<html") || starts(b"<head") || starts(b"<body")
}

fn page_title(page: &str) -> String {
    let lower = page.to_ascii_lowercase();
    let title = lower.find("<title>").and_then(|start| {
        let start = start + "<title>".len();
        lower[start..]
            .find("</title>")
            .map(|length| &page[start..start + length])
    });
    title.unwrap_or_default().to_owned()
}

fn text_of(value: Option<&Value>) -> Option<String> {
    value
        .and_then(Value::as_str)
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}

fn is_code(word: &str) -> bool {
    word.len() <= 64
        && word
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'))
}

fn status_of(code: &Value) -> Option<u16> {
    let number = code.as_u64().or_else(|| code.as_str()?.parse().ok())?;
    u16::try_from(number)
        .ok()
        .filter(|status| (400..600).contains(status))
}

fn seconds_of(value: &Value) -> Option<Duration> {
    let seconds = value.as_f64().or_else(|| value.as_str()?.parse().ok())?;
    Duration::try_from_secs_f64(seconds).ok()
}

/// A time in ISO 8601, which means UTC where it has no zone, or in seconds since 1970.
fn time_of(value: &Value) -> Option<SystemTime> {
    let Value::String(text) = value else {
        return SystemTime::UNIX_EPOCH.checked_add(seconds_of(value)?);
    };
    let time = OffsetDateTime::parse(text, &Rfc3339)
        .or_else(|_| OffsetDateTime::parse(&format!("{text}Z"), &Rfc3339));
    time.ok().map(SystemTime::from)
}

fn validation_messages(items: &[Value]) -> String {
    let messages = items.iter().filter_map(|item| text_of(item.get("msg")));
    messages.collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests;
