//! Two ways to answer: sentences for a person, JSON for a program. Shapes are documented and kept.

use std::io::{IsTerminal as _, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;

use serde_json::{Value, json};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::exit::Stop;
use crate::terminal::shown;

pub(crate) struct Output {
    json: bool,
    to_terminal: bool,
    reader_has_gone: AtomicBool,
}

impl Output {
    pub(crate) fn new(json: bool) -> Self {
        Self {
            json,
            to_terminal: std::io::stdout().is_terminal(),
            reader_has_gone: AtomicBool::new(false),
        }
    }

    pub(crate) fn is_json(&self) -> bool {
        self.json
    }

    /// One result: `value` for a program, `sentence` for a person.
    pub(crate) fn result(&self, value: &Value, sentence: impl FnOnce() -> String) {
        if self.json {
            self.line(&value.to_string());
        } else {
            self.line(&self.safe(&sentence()));
        }
    }

    /// A piece of an answer, without a line end of its own.
    pub(crate) fn piece(&self, text: &str) {
        let mut out = std::io::stdout().lock();
        let written = out
            .write_all(self.safe(text).as_bytes())
            .and_then(|()| out.flush());
        self.note(written);
    }

    /// Whether whoever read our output has gone, as `head` does when it has enough.
    pub(crate) fn reader_has_gone(&self) -> bool {
        self.reader_has_gone.load(Ordering::Relaxed)
    }

    fn note(&self, written: std::io::Result<()>) {
        if written.is_err() {
            self.reader_has_gone.store(true, Ordering::Relaxed);
        }
    }

    /// A remark for the person, beside the result.
    pub(crate) fn remark(&self, text: &str) {
        if !self.json {
            let _ = writeln!(std::io::stderr(), "{}", shown(text));
        }
    }

    pub(crate) fn stop(&self, stop: &Stop) {
        if self.json {
            let kind = match stop {
                // One object per command: the findings were it.
                Stop::Unhealthy => return,
                Stop::Usage(_) => json!("usage"),
                Stop::SignedOut => json!("signed_out"),
                Stop::Cancelled => json!("cancelled"),
                Stop::Failed(failure) => json!(failure.kind),
            };
            self.line(
                &json!({"error": kind, "message": stop.sentence(), "exit_code": stop.code()})
                    .to_string(),
            );
        } else {
            let _ = writeln!(std::io::stderr(), "tup: {}", shown(&stop.sentence()));
        }
    }

    pub(crate) fn line(&self, text: &str) {
        let mut out = std::io::stdout().lock();
        let written = writeln!(out, "{text}").and_then(|()| out.flush());
        self.note(written);
    }

    /// Into a pipe the bytes go as they are; a terminal would obey them.
    fn safe(&self, text: &str) -> String {
        if self.to_terminal {
            shown(text)
        } else {
            text.to_owned()
        }
    }
}

/// RFC 3339, UTC.
pub(crate) fn rfc3339(at: SystemTime) -> String {
    OffsetDateTime::from(at)
        .format(&Rfc3339)
        .unwrap_or_default()
}
