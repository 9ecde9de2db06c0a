use std::time::Duration;

use serde_json::Value;

use crate::authorization::response::{error_code, error_description};
use crate::http::{Reply, TransportError};

/// Why a request to the token endpoint failed.
#[derive(Debug, thiserror::Error)]
pub enum TokenEndpointError {
    /// The provider answered with an error of its own (RFC 6749 section 5.2, or one of the shapes that
    /// providers use instead).
    #[error("the provider refused: {code}")]
    OAuth {
        /// `error`, limited to 64 harmless characters.
        code: String,
        /// `error_description` or the like: the provider's words, not ours.
        description: Option<String>,
        /// The HTTP status.
        status: u16,
        /// How long the provider asks to wait (`Retry-After`).
        retry_after: Option<Duration>,
    },
    /// An HTTP error without a readable OAuth error in it.
    #[error("the provider answered {status}")]
    Status {
        /// The HTTP status.
        status: u16,
        /// How long the provider asks to wait (`Retry-After`).
        retry_after: Option<Duration>,
    },
    /// A success whose body is not a token response.
    #[error("the provider's token response cannot be used: {0}")]
    Unreadable(&'static str),
    /// The provider could not be reached, or not in time.
    #[error("the provider could not be reached")]
    Transport(#[source] TransportError),
}

impl TokenEndpointError {
    /// How long the provider asks to wait.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::OAuth { retry_after, .. } | Self::Status { retry_after, .. } => *retry_after,
            Self::Unreadable(_) | Self::Transport(_) => None,
        }
    }

    /// Whether the same request may work later, with nothing changed on our side.
    pub fn is_transient(&self) -> bool {
        let busy = |status: u16| status >= 500 || status == 429 || status == 408;
        match self {
            Self::OAuth { code, status, .. } => {
                busy(*status)
                    || matches!(
                        code.as_str(),
                        "temporarily_unavailable" | "server_error" | "slow_down"
                    )
            }
            // An answer that is no OAuth error at all is not the provider's verdict: it may well be a
            // captive portal's or a proxy's.
            Self::Status { .. } | Self::Unreadable(_) | Self::Transport(_) => true,
        }
    }

    /// Reads an error answer in any of the shapes that are met:
    /// `{"error": "…"}` (RFC 6749), `{"error": {"code": "…", "message": "…"}}`, `{"detail": "…" or […]}`
    /// (FastAPI), or something else, such as a page.
    pub(super) fn of_reply(reply: &Reply) -> Self {
        let (status, retry_after) = (reply.status, reply.retry_after);
        let body: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let (code, description) = match (&body["error"], &body["detail"]) {
            (Value::String(code), _) => (Some(code.clone()), text(&body["error_description"])),
            (Value::Object(error), _) => {
                let field = |name| error.get(name).and_then(text);
                (field("code").or_else(|| field("type")), field("message"))
            }
            // A string is a sentence, a list says which fields a request lacked: a mistake of the client.
            (_, Value::String(detail)) => (None, Some(detail.clone())),
            (_, Value::Array(_)) if status == 422 => (Some("invalid_request".to_owned()), None),
            _ => (None, None),
        };
        match code {
            Some(code) => Self::OAuth {
                code: error_code(&code),
                description: description.as_deref().map(error_description),
                status,
                retry_after,
            },
            None => Self::Status {
                status,
                retry_after,
            },
        }
    }

    /// A 200 that is no token response. Some providers answer so with an error in it.
    pub(super) fn of_unread_success(reply: &Reply) -> Self {
        match Self::of_reply(reply) {
            error @ Self::OAuth { .. } => error,
            _ => Self::Unreadable("it is not JSON with an access token"),
        }
    }
}
