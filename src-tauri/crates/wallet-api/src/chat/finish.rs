//! Why an answer ended.

/// The `finish_reason` of a choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FinishReason {
    /// The model came to an end.
    Stop,
    /// The limit on tokens was reached: the answer is cut short.
    Length,
    /// The model wants to call tools.
    ToolCalls,
    /// The provider withheld the rest.
    ContentFilter,
    /// The provider closed the stream in order without giving a reason.
    Unreported,
    /// A reason not known here: at most 64 characters, letters, digits, `_` and `-` only.
    Other(String),
}

impl FinishReason {
    /// Longest unknown reason that is kept.
    const MAX_OTHER: usize = 64;

    /// Reads the word on the wire.
    #[must_use]
    pub fn from_wire(word: &str) -> Self {
        match word {
            "stop" | "end_turn" | "eos" => Self::Stop,
            "length" | "max_tokens" => Self::Length,
            "tool_calls" | "function_call" => Self::ToolCalls,
            "content_filter" => Self::ContentFilter,
            other => Self::Other(
                other
                    .chars()
                    .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
                    .take(Self::MAX_OTHER)
                    .collect(),
            ),
        }
    }

    /// The word to store and to print: the wire's own.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Stop => "stop",
            Self::Length => "length",
            Self::ToolCalls => "tool_calls",
            Self::ContentFilter => "content_filter",
            Self::Unreported => "unreported",
            Self::Other(word) => word,
        }
    }
}
