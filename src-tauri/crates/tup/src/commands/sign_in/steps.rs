//! `--trace`: the steps of a sign-in as they happen.

use serde_json::{Map, Value, json};
use tuppence_core::{FlowStep, StepOutcome, Tuppence};

use crate::output::{Output, rfc3339};

/// What of an attempt's trace was shown.
pub(super) struct Steps {
    attempt_id: String,
    is_wanted: bool,
    shown: usize,
}

impl Steps {
    pub(super) fn new(attempt_id: &str, is_wanted: bool) -> Self {
        Self {
            attempt_id: attempt_id.to_owned(),
            is_wanted,
            shown: 0,
        }
    }

    /// Shows what is new.
    pub(super) fn show(&mut self, core: &Tuppence, output: &Output) {
        if !self.is_wanted {
            return;
        }
        let Some(trace) = core.sign_in_trace(&self.attempt_id) else {
            return;
        };
        for step in trace.steps.iter().skip(self.shown) {
            if output.is_json() {
                output.line(&object(step).to_string());
            } else {
                output.remark(&sentence(step));
            }
        }
        self.shown = trace.steps.len();
    }
}

fn object(step: &FlowStep) -> Value {
    let (outcome, reason) = told(step);
    let values: Map<String, Value> = step
        .values
        .iter()
        .map(|(name, value)| (name.to_string(), json!(value.to_string())))
        .collect();
    json!({
        "type": "step",
        "step": step.kind.name(),
        "reference": step.kind.reference(),
        "at": rfc3339(step.at),
        "outcome": outcome,
        "reason": reason,
        "values": values,
    })
}

fn sentence(step: &FlowStep) -> String {
    let (outcome, reason) = told(step);
    let mut text = format!(
        "{outcome:7} {} ({})",
        step.kind.name().replace('_', " "),
        step.kind.reference()
    );
    if let Some(reason) = reason {
        text.push_str(": ");
        text.push_str(reason);
    }
    for (name, value) in &step.values {
        text.push_str(&format!("\n        {name} = {value}"));
    }
    text
}

fn told(step: &FlowStep) -> (&'static str, Option<&str>) {
    match &step.outcome {
        StepOutcome::Done => ("done", None),
        StepOutcome::Ignored(reason) => ("ignored", Some(reason)),
        StepOutcome::Failed(reason) => ("failed", Some(reason)),
    }
}
