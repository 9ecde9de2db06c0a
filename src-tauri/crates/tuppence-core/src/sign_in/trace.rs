//! The steps of the attempts to sign in, for a window, a terminal and whoever has to find a fault.
//!
//! They hold no secret: see [`FlowStep`].

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak};
use std::time::SystemTime;

use native_oauth::{FlowObserver, FlowStep, StepKind, StepValue};

use super::SignInAttempt;
use crate::event::CoreEvent;
use crate::failure::Failure;
use crate::{Inner, Tuppence};

/// So many attempts are remembered: the one under way, and the one before it.
const REMEMBERED: usize = 2;

/// The steps of one attempt so far.
#[derive(Clone, Debug)]
pub struct SignInTrace {
    /// The attempt's id.
    pub attempt_id: String,
    /// The provider.
    pub provider_id: String,
    /// The provider's name to show.
    pub provider_name: String,
    /// When the attempt started.
    pub started_at: SystemTime,
    /// What happened, in order.
    pub steps: Vec<FlowStep>,
    /// The attempt is over, well or not.
    pub is_over: bool,
}

/// The attempts that are remembered, latest last.
pub(crate) type Traces = Mutex<Vec<SignInTrace>>;

impl Tuppence {
    /// The steps of the attempt under way, or else of the last one. Each new step is told by
    /// [`CoreEvent::SignInStep`].
    pub fn last_sign_in_trace(&self) -> Option<SignInTrace> {
        self.traces().last().cloned()
    }

    /// The steps of the attempt with this id, if it is the current one or the one before.
    pub fn sign_in_trace(&self, attempt_id: &str) -> Option<SignInTrace> {
        let traces = self.traces();
        let found = traces.iter().find(|trace| trace.attempt_id == attempt_id);
        found.cloned()
    }

    pub(super) fn begin_trace(&self, attempt: &SignInAttempt) -> Arc<Recorder> {
        let mut traces = self.traces();
        traces.push(SignInTrace {
            attempt_id: attempt.id.clone(),
            provider_id: attempt.provider_id.clone(),
            provider_name: attempt.provider_name.clone(),
            started_at: attempt.started_at,
            steps: Vec::new(),
            is_over: false,
        });
        let surplus = traces.len().saturating_sub(REMEMBERED);
        traces.drain(..surplus);
        Arc::new(Recorder {
            attempt_id: attempt.id.clone(),
            core: Arc::downgrade(&self.inner),
            private: OnceLock::new(),
        })
    }

    pub(super) fn end_trace(&self, attempt_id: &str) {
        if self.change_trace(attempt_id, |trace| trace.is_over = true) {
            self.emit(CoreEvent::SignInStep(attempt_id.to_owned()));
        }
    }

    fn change_trace(&self, attempt_id: &str, change: impl FnOnce(&mut SignInTrace)) -> bool {
        let mut traces = self.traces();
        let found = traces.iter_mut().find(|it| it.attempt_id == attempt_id);
        found.map(change).is_some()
    }

    fn traces(&self) -> MutexGuard<'_, Vec<SignInTrace>> {
        self.inner
            .sign_in_traces
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes down the steps of one attempt. It keeps no core alive that has been dropped.
pub(super) struct Recorder {
    attempt_id: String,
    core: Weak<Inner>,
    private: OnceLock<String>,
}

impl Recorder {
    /// Keeps a part of the provider's addresses out of the trace: the one by which the play-money provider of
    /// this installation is told from what others on this machine may call.
    pub(super) fn keep_private(&self, part: &str) {
        if !part.is_empty() {
            // The first one holds: an attempt has one provider.
            let _ = self.private.set(part.to_owned());
        }
    }

    fn without_private(&self, value: StepValue) -> StepValue {
        match (value, self.private.get()) {
            (StepValue::Shown(text), Some(part)) => {
                let characters = part.chars().count();
                let redacted = StepValue::Redacted { characters };
                StepValue::Shown(text.replace(part, &redacted.to_string()))
            }
            (value, _) => value,
        }
    }

    pub(super) fn done(&self, kind: StepKind, describe: impl FnOnce(FlowStep) -> FlowStep) {
        self.observe(describe(FlowStep::done(kind, SystemTime::now())));
    }

    pub(super) fn failed(&self, kind: StepKind, failure: &Failure) {
        let step = FlowStep::done(kind, SystemTime::now());
        self.observe(step.failed(failure.detail.clone()));
    }
}

impl FlowObserver for Recorder {
    fn observe(&self, mut step: FlowStep) {
        let values = step.values.into_iter();
        step.values = values
            .map(|(name, value)| (name, self.without_private(value)))
            .collect();
        let Some(inner) = self.core.upgrade() else {
            return;
        };
        let core = Tuppence { inner };
        if core.change_trace(&self.attempt_id, |trace| trace.steps.push(step)) {
            core.emit(CoreEvent::SignInStep(self.attempt_id.clone()));
        }
    }
}

impl std::fmt::Debug for Recorder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Recorder")
            .field("attempt_id", &self.attempt_id)
            .finish_non_exhaustive()
    }
}
