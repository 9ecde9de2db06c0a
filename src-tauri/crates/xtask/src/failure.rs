use std::fmt;

/// Why a step did not succeed, and what a person can do about it.
#[derive(Debug)]
pub(crate) struct Failure {
    /// The step, as it was announced.
    pub(crate) step: String,
    /// What happened.
    pub(crate) reason: String,
    /// The same step by hand, as a line for a shell.
    pub(crate) by_hand: Option<String>,
    /// What to do next.
    pub(crate) advice: String,
}

impl Failure {
    /// A failure of a step that is no command.
    pub(crate) fn new(
        step: impl Into<String>,
        reason: impl fmt::Display,
        advice: impl Into<String>,
    ) -> Self {
        Self {
            step: step.into(),
            reason: reason.to_string(),
            by_hand: None,
            advice: advice.into(),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "FAILED: {}\n  {}",
            self.step,
            self.reason.replace('\n', "\n  ")
        )?;
        if let Some(line) = &self.by_hand {
            writeln!(f, "By hand:    {line}")?;
        }
        write!(f, "What to do: {}", self.advice)
    }
}
