use std::{fs, io, path::Path, time::Duration};

use serde_json::{Value, json};

/// The steps in the order they are shown. The number in a picture's name is its place here, so
/// that names stay when a step is added to the app.
pub(crate) const STEPS: [&str; 12] = [
    "welcome",
    "waiting",
    "signed-in",
    "profile",
    "balance",
    "answer",
    "stop",
    "usage",
    "wallet-empty",
    "top-up",
    "resumed",
    "sign-out",
];

/// `NN-slug-<suffix>.png`.
pub(crate) fn picture_name(step: &str, suffix: &str) -> String {
    let place = STEPS
        .iter()
        .position(|name| *name == step)
        .map_or(0, |index| index + 1);
    format!("{place:02}-{step}-{suffix}.png")
}

/// What became of each step so far.
#[derive(Debug, Default)]
pub(crate) struct Report {
    steps: Vec<Value>,
    failed: Option<String>,
}

impl Report {
    pub(crate) fn note(&mut self, step: &str, took: Duration, outcome: Result<&str, &str>) {
        let (Ok(note) | Err(note)) = outcome;
        if outcome.is_err() {
            self.failed = Some(step.to_owned());
        }
        let word = if outcome.is_ok() { "ok" } else { "FAILED" };
        println!(
            "{step:<14} {word:<7} {:>6} ms  {}",
            took.as_millis(),
            first_line(note)
        );
        self.steps.push(json!({
            "step": step,
            "ok": outcome.is_ok(),
            "ms": u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
            "note": note,
        }));
    }

    /// The step that failed, if one did.
    pub(crate) fn failed(&self) -> Option<&str> {
        self.failed.as_deref()
    }

    /// Writes `tour.json`.
    pub(crate) fn write(&self, out: &Path) -> io::Result<()> {
        let text = format!("{:#}\n", json!({"steps": self.steps}));
        fs::write(out.join("tour.json"), text)
    }
}

fn first_line(note: &str) -> &str {
    note.lines().next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_numbered_by_the_place_of_their_step() {
        assert_eq!(picture_name("welcome", "light"), "01-welcome-light.png");
        assert_eq!(picture_name("sign-out", "dark"), "12-sign-out-dark.png");
    }

    #[test]
    fn a_failed_step_is_written_down_like_the_others() {
        let mut report = Report::default();
        report.note("welcome", Duration::from_millis(7), Ok("first screen"));
        assert_eq!(report.failed(), None);
        report.note(
            "waiting",
            Duration::from_millis(9),
            Err("nothing came\nmore"),
        );
        assert_eq!(report.failed(), Some("waiting"));
        assert_eq!(
            json!({"steps": report.steps}),
            json!({"steps": [
                {"step": "welcome", "ok": true, "ms": 7, "note": "first screen"},
                {"step": "waiting", "ok": false, "ms": 9, "note": "nothing came\nmore"},
            ]})
        );
    }
}
