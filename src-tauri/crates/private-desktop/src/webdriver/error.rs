use std::time::Duration;

/// Why a WebDriver command gave no result.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WebDriverError {
    /// The driver could not be reached, or did not answer in time.
    #[error("{command}: the driver does not answer")]
    Transport {
        /// What was asked.
        command: String,
        /// Why not.
        #[source]
        source: Box<ureq::Error>,
    },
    /// The program ended before it had a window.
    #[error("the program ended before it had a window")]
    Gone,
    /// The driver answered something that is no WebDriver answer.
    #[error("{command}: the driver's answer has no `{missing}`")]
    Unexpected {
        /// What was asked.
        command: String,
        /// What the answer lacks.
        missing: &'static str,
    },
    /// The driver refused.
    #[error("{command}: {code}: {message}")]
    Refused {
        /// What was asked.
        command: String,
        /// The error code of the standard, such as `no such element`.
        code: String,
        /// The driver's explanation.
        message: String,
    },
    /// Something did not appear, vanish or change in time.
    #[error("waited {} s for {what}; {last}\non the screen:\n{on_screen}", limit.as_secs_f32())]
    Timeout {
        /// What was waited for.
        what: String,
        /// How long.
        limit: Duration,
        /// Why the last try failed.
        last: String,
        /// Title, origin and text of the page.
        on_screen: String,
    },
}

impl WebDriverError {
    /// Whether the page was in the middle of a change, so that the same may succeed in a moment.
    pub(crate) fn is_transient(&self) -> bool {
        const CODES: [&str; 6] = [
            "no such element",
            "stale element reference",
            "element click intercepted",
            "element not interactable",
            "detached shadow root",
            "javascript error",
        ];
        matches!(self, Self::Refused { code, .. } if CODES.contains(&code.as_str()))
    }
}
