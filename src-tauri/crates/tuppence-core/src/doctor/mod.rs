//! The sign-in doctor: what a sign-in needs of this machine and of the providers, tried one by one.
//!
//! A diagnosis is data, for a window, a terminal and a report to send to somebody. It names no person
//! and holds no secret: accounts appear by their opaque key, proxies by the variable's name.

mod clock;
mod data;
mod machine;
mod network;
mod providers;
mod sessions;

use std::fmt;
use std::time::{Duration, SystemTime};

use futures_util::future::join_all;

use crate::Tuppence;

/// What a doctor found.
#[derive(Clone, Debug)]
pub struct Diagnosis {
    /// When.
    pub at: SystemTime,
    /// In the order in which a sign-in meets them.
    pub findings: Vec<Finding>,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Finding {
    /// What it is about.
    pub area: Area,
    /// Which one: a port, a variable, a provider's id.
    pub subject: String,
    /// How it is.
    pub verdict: Verdict,
    /// In a sentence.
    pub what: String,
    /// How long the look took, where that says something.
    #[serde(rename = "took_ms", serialize_with = "milliseconds")]
    pub took: Option<Duration>,
}

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Area {
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// As it should be.
    Ok,
    /// Worth knowing, and in nobody's way.
    Note,
    /// A sign-in or a session fails because of this.
    Problem,
}

impl Diagnosis {
    /// Whether nothing is in the way of a sign-in.
    pub fn is_healthy(&self) -> bool {
        let mut findings = self.findings.iter();
        findings.all(|finding| finding.verdict != Verdict::Problem)
    }
}

impl Finding {
    fn new(
        area: Area,
        subject: impl Into<String>,
        verdict: Verdict,
        what: impl Into<String>,
    ) -> Self {
        Self {
            area,
            subject: subject.into(),
            verdict,
            what: what.into(),
            took: None,
        }
    }

    fn ok(area: Area, subject: impl Into<String>, what: impl Into<String>) -> Self {
        Self::new(area, subject, Verdict::Ok, what)
    }

    fn note(area: Area, subject: impl Into<String>, what: impl Into<String>) -> Self {
        Self::new(area, subject, Verdict::Note, what)
    }

    fn problem(area: Area, subject: impl Into<String>, what: impl Into<String>) -> Self {
        Self::new(area, subject, Verdict::Problem, what)
    }

    fn after(mut self, took: Duration) -> Self {
        self.took = Some(took);
        self
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verdict = match self.verdict {
            Verdict::Ok => "ok     ",
            Verdict::Note => "note   ",
            Verdict::Problem => "PROBLEM",
        };
        let area = match self.area {
            Area::RedirectPort => "redirect port",
            Area::Loopback => "loopback",
            Area::Proxy => "proxy",
            Area::Browser => "browser",
            Area::Keychain => "keychain",
            Area::DataDirectory => "data directory",
            Area::Provider => "provider",
            Area::Clock => "clock",
            Area::Session => "session",
        };
        write!(f, "{verdict} {area} {}: {}", self.subject, self.what)?;
        match self.took {
            Some(took) => write!(f, " ({} ms)", took.as_millis()),
            None => Ok(()),
        }
    }
}

impl Tuppence {
    /// Tries everything that a sign-in needs. Opens no browser, signs nobody in or out, and is over
    /// within half a minute.
    pub async fn doctor(&self) -> Diagnosis {
        let mut findings = machine::redirect_ports().await;
        findings.extend(machine::loopback().await);
        findings.extend(network::proxies(&self.inner.http).await);
        findings.push(machine::browser());
        findings.push(machine::keychain(&self.inner.keychain).await);
        findings.push(data::directory(self.inner.data.path().to_owned()).await);
        let ready = self.providers().into_iter().filter(|known| known.ready);
        let ids: Vec<String> = ready.map(|known| known.id).collect();
        let looks = ids.iter().map(|id| self.look_at_provider(id));
        findings.extend(join_all(looks).await.into_iter().flatten());
        findings.extend(self.look_at_sessions().await);
        Diagnosis {
            at: SystemTime::now(),
            findings,
        }
    }
}

fn milliseconds<S: serde::Serializer>(
    took: &Option<Duration>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let took = took.map(|took| u64::try_from(took.as_millis()).unwrap_or(u64::MAX));
    serde::Serialize::serialize(&took, serializer)
}
