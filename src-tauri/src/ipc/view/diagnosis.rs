//! A diagnosis, and the steps of a sign-in.

use tuppence_core as core;

use super::rfc3339;
use crate::ipc::contract::*;

pub(in crate::ipc) fn diagnosis(diagnosis: core::Diagnosis) -> DiagnosisView {
    DiagnosisView {
        at: rfc3339(diagnosis.at),
        healthy: diagnosis.is_healthy(),
        findings: diagnosis.findings.into_iter().map(finding).collect(),
    }
}

fn finding(finding: core::Finding) -> FindingView {
    FindingView {
        area: match finding.area {
            core::Area::RedirectPort => DoctorArea::RedirectPort,
            core::Area::Loopback => DoctorArea::Loopback,
            core::Area::Proxy => DoctorArea::Proxy,
            core::Area::Browser => DoctorArea::Browser,
            core::Area::Keychain => DoctorArea::Keychain,
            core::Area::DataDirectory => DoctorArea::DataDirectory,
            core::Area::Provider => DoctorArea::Provider,
            core::Area::Clock => DoctorArea::Clock,
            core::Area::Session => DoctorArea::Session,
        },
        subject: finding.subject,
        verdict: match finding.verdict {
            core::Verdict::Ok => DoctorVerdict::Ok,
            core::Verdict::Note => DoctorVerdict::Note,
            core::Verdict::Problem => DoctorVerdict::Problem,
        },
        what: finding.what,
    }
}

pub(in crate::ipc) fn sign_in_trace(trace: core::SignInTrace) -> SignInTraceView {
    SignInTraceView {
        provider_name: trace.provider_name,
        started_at: rfc3339(trace.started_at),
        steps: trace.steps.into_iter().map(step).collect(),
        is_over: trace.is_over,
    }
}

fn step(step: core::FlowStep) -> FlowStepView {
    let (outcome, reason) = match step.outcome {
        core::StepOutcome::Done => (FlowOutcome::Done, None),
        core::StepOutcome::Ignored(reason) => (FlowOutcome::Ignored, Some(reason)),
        core::StepOutcome::Failed(reason) => (FlowOutcome::Failed, Some(reason)),
    };
    FlowStepView {
        name: step.kind.name().to_owned(),
        reference: step.kind.reference().to_owned(),
        at: rfc3339(step.at),
        outcome,
        reason,
        values: step
            .values
            .into_iter()
            .map(|(name, value)| FlowValueView {
                name: name.into_owned(),
                value: value.to_string(),
            })
            .collect(),
    }
}
