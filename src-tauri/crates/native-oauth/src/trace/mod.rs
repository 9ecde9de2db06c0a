//! A sign-in as it happens, step by step, for a person who wants to see it or has to explain it.
//!
//! A [`FlowObserver`] is given with [`crate::SignInOptions::observer`] or
//! [`crate::DeviceFlow::observed_by`]. It hears of each step with the values that were sent or received;
//! a value that is a secret, or could be one, is told by its length alone.
//!
//! ```
//! use std::sync::Arc;
//! use native_oauth::{FlowObserver, FlowStep, SignInOptions};
//!
//! #[derive(Debug)]
//! struct Printed;
//!
//! impl FlowObserver for Printed {
//!     fn observe(&self, step: FlowStep) {
//!         println!("{}  ({})", step.kind.name(), step.kind.reference());
//!         for (name, value) in &step.values {
//!             println!("    {name}: {value}");
//!         }
//!     }
//! }
//!
//! let options = SignInOptions { observer: Some(Arc::new(Printed)), ..SignInOptions::default() };
//! # let _ = options;
//! ```

mod kind;
mod reporter;
mod steps;

use std::borrow::Cow;
use std::fmt;
use std::time::SystemTime;

use url::Url;

pub use self::kind::StepKind;
pub(crate) use self::reporter::Reporter;
pub(crate) use self::steps::{
    described_client, described_id_token, described_request, described_response, described_tokens,
};

/// Hears of the steps of one sign-in, in order. It must not block.
pub trait FlowObserver: fmt::Debug + Send + Sync {
    /// A step is over.
    fn observe(&self, step: FlowStep);
}

/// One step of a sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowStep {
    /// Which step.
    pub kind: StepKind,
    /// When it was over, by the client's clock.
    pub at: SystemTime,
    /// What came of it.
    pub outcome: StepOutcome,
    /// What was sent or received, by the names of the standards.
    pub values: Vec<(Cow<'static, str>, StepValue)>,
}

/// What came of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepOutcome {
    /// It was done.
    Done,
    /// It does not belong to this sign-in, which goes on waiting.
    Ignored(String),
    /// The sign-in ends here, or the step is tried again. The reason is ours; it has no secret in it.
    Failed(String),
}

/// A value of a step. Its `Display` can be shown to anybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepValue {
    /// The value itself.
    Shown(String),
    /// A secret, or what may be one.
    Redacted {
        /// Its length.
        characters: usize,
    },
}

impl FlowStep {
    /// A step that was done, for callers that have steps of their own around the flow's.
    #[must_use]
    pub fn done(kind: StepKind, at: SystemTime) -> Self {
        Self {
            kind,
            at,
            outcome: StepOutcome::Done,
            values: Vec::new(),
        }
    }

    /// The same step, failed. `reason` is shown: it must have no secret in it.
    #[must_use]
    pub fn failed(mut self, reason: impl Into<String>) -> Self {
        self.outcome = StepOutcome::Failed(reason.into());
        self
    }

    /// With a value that anybody may see.
    #[must_use]
    pub fn with(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<String>) -> Self {
        self.values
            .push((name.into(), StepValue::Shown(value.into())));
        self
    }

    /// With a value that nobody sees.
    #[must_use]
    pub fn with_secret(mut self, name: impl Into<Cow<'static, str>>, secret: &str) -> Self {
        let characters = secret.chars().count();
        self.values
            .push((name.into(), StepValue::Redacted { characters }));
        self
    }

    /// With an address, without its query and fragment.
    #[must_use]
    pub fn with_address(self, name: impl Into<Cow<'static, str>>, address: &Url) -> Self {
        let mut shown = address.clone();
        shown.set_query(None);
        shown.set_fragment(None);
        self.with(name, shown.as_str())
    }
}

impl fmt::Display for StepValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shown(value) => f.write_str(value),
            Self::Redacted { characters: 1 } => f.write_str("<redacted, 1 character>"),
            Self::Redacted { characters } => write!(f, "<redacted, {characters} characters>"),
        }
    }
}
