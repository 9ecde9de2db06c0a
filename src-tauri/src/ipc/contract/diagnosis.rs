//! What the sign-in doctor found, and the steps of a sign-in.

use serde::Serialize;
use ts_rs::TS;

/// What a doctor found. It names no person and holds no secret.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DiagnosisView {
    /// When, RFC 3339.
    pub at: String,
    /// Nothing is in the way of a sign-in.
    pub healthy: bool,
    /// In the order in which a sign-in meets them.
    pub findings: Vec<FindingView>,
}

/// One thing that was looked at.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FindingView {
    /// What it is about.
    pub area: DoctorArea,
    /// Which one: a port, a variable, a provider's id.
    pub subject: String,
    /// How it is.
    pub verdict: DoctorVerdict,
    /// In a sentence, in English: it is for a report too.
    pub what: String,
}

/// What a finding is about.
#[derive(Clone, Copy, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum DoctorArea {
    /// The registered redirect ports.
    RedirectPort,
    /// Listening on, and reaching, this machine's own addresses.
    Loopback,
    /// Proxies of the environment.
    Proxy,
    /// The program that opens the browser.
    Browser,
    /// The keychain.
    Keychain,
    /// The data directory.
    DataDirectory,
    /// A provider's metadata against its profile.
    Provider,
    /// This machine's clock against a provider's.
    Clock,
    /// An account's session.
    Session,
}

/// How something is.
#[derive(Clone, Copy, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum DoctorVerdict {
    /// As it should be.
    Ok,
    /// Worth knowing, and in nobody's way.
    Note,
    /// A sign-in or a session fails because of this.
    Problem,
}

/// The steps of one attempt to sign in, so far.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SignInTraceView {
    /// The provider's name to show.
    pub provider_name: String,
    /// When the attempt started, RFC 3339.
    pub started_at: String,
    /// In order.
    pub steps: Vec<FlowStepView>,
    /// The attempt is over, well or not.
    pub is_over: bool,
}

/// One step of a sign-in.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FlowStepView {
    /// Its lasting name, as `tup sign-in --trace --json` has it.
    pub name: String,
    /// Where the standards have it.
    pub reference: String,
    /// When it was over, RFC 3339.
    pub at: String,
    /// What came of it.
    pub outcome: FlowOutcome,
    /// Why, where it failed or was ignored.
    pub reason: Option<String>,
    /// What was sent or received; a secret is told by its length alone.
    pub values: Vec<FlowValueView>,
}

/// What came of a step.
#[derive(Clone, Copy, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum FlowOutcome {
    /// It was done.
    Done,
    /// It does not belong to this sign-in, which goes on waiting.
    Ignored,
    /// The sign-in ends here, or the step is tried again.
    Failed,
}

/// A value of a step, by its name in the standards.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FlowValueView {
    /// The name.
    pub name: String,
    /// Fit for anybody's eyes.
    pub value: String,
}
