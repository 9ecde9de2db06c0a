use std::time::{Duration, Instant};

use crate::failure::Failure;

/// The steps of one command, run in order up to the first failure, with a table at the end.
#[derive(Debug, Default)]
pub(crate) struct Steps {
    done: Vec<(String, Outcome, Duration)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Ok,
    Failed,
    NotHere,
}

impl Steps {
    /// Runs one step and takes its time.
    pub(crate) fn step(
        &mut self,
        name: &str,
        step: impl FnOnce() -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let started = Instant::now();
        let result = step();
        let outcome = if result.is_ok() {
            Outcome::Ok
        } else {
            Outcome::Failed
        };
        self.done
            .push((name.to_owned(), outcome, started.elapsed()));
        result
    }

    /// Notes a step that this kind of system cannot run.
    pub(crate) fn not_here(&mut self, name: &str, reason: &str) {
        eprintln!("\n== {name}: not on this system: {reason}");
        self.done
            .push((name.to_owned(), Outcome::NotHere, Duration::ZERO));
    }

    /// Prints the table, whatever the outcome was, and passes the outcome on.
    pub(crate) fn close(&self, outcome: Result<(), Failure>) -> Result<(), Failure> {
        println!("\n{}", self.table());
        outcome
    }

    fn table(&self) -> String {
        let total: Duration = self.done.iter().map(|(_, _, time)| *time).sum();
        let rows = self.done.iter().map(|(name, outcome, time)| {
            let word = match outcome {
                Outcome::Ok => "ok",
                Outcome::Failed => "FAILED",
                Outcome::NotHere => "not here",
            };
            format!("{name:<28} {word:<9} {:>8.1} s", time.as_secs_f32())
        });
        let last = format!(
            "{:<28} {:<9} {:>8.1} s",
            "all steps",
            "",
            total.as_secs_f32()
        );
        rows.chain([last]).collect::<Vec<_>>().join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_names_every_step_that_ran_and_the_one_that_failed() {
        let mut steps = Steps::default();
        let outcome = steps
            .step("format", || Ok(()))
            .and_then(|()| steps.step("clippy", || Err(Failure::new("clippy", "no", "fix it"))))
            .and_then(|()| steps.step("tests", || Ok(())));
        steps.not_here("window", "no driver");
        let table = steps.table();
        assert!(
            table.contains("format") && table.contains(" ok "),
            "{table}"
        );
        assert!(
            table.contains("clippy") && table.contains("FAILED"),
            "{table}"
        );
        assert!(table.contains("not here"), "{table}");
        assert!(!table.contains("tests"), "{table}");
        assert!(steps.close(outcome).is_err());
    }
}
