use std::error::Error;
use std::sync::Arc;

use super::{FlowObserver, FlowStep, StepKind, StepOutcome};
use crate::client::Client;
use crate::clock::Clock;

/// Tells the observer of a flow, if there is one.
#[derive(Clone, Debug)]
pub(crate) struct Reporter {
    observer: Option<Arc<dyn FlowObserver>>,
    clock: Arc<dyn Clock>,
}

impl Reporter {
    pub(crate) fn new(client: &Client, observer: Option<Arc<dyn FlowObserver>>) -> Self {
        Self {
            observer,
            clock: Arc::clone(client.clock()),
        }
    }

    /// A step was done; `describe` adds its values and is not called without an observer.
    pub(crate) fn done(&self, kind: StepKind, describe: impl FnOnce(FlowStep) -> FlowStep) {
        self.tell(kind, StepOutcome::Done, describe);
    }

    /// Something arrived that is none of ours.
    pub(crate) fn ignored(&self, kind: StepKind, reason: &dyn Error) {
        self.tell(kind, StepOutcome::Ignored(reason.to_string()), |step| step);
    }

    /// A step failed.
    pub(crate) fn failed(
        &self,
        kind: StepKind,
        reason: &dyn Error,
        describe: impl FnOnce(FlowStep) -> FlowStep,
    ) {
        self.tell(kind, StepOutcome::Failed(with_sources(reason)), describe);
    }

    fn tell(
        &self,
        kind: StepKind,
        outcome: StepOutcome,
        describe: impl FnOnce(FlowStep) -> FlowStep,
    ) {
        let Some(observer) = &self.observer else {
            return;
        };
        let mut step = describe(FlowStep::done(kind, self.clock.now()));
        step.outcome = outcome;
        observer.observe(step);
    }
}

/// The errors of this crate have neither secrets nor queries in them, and each names what is below it.
fn with_sources(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.ends_with(&cause_text) {
            text.push_str(": ");
            text.push_str(&cause_text);
        }
        source = cause.source();
    }
    text
}
