//! What the machine must have, and installing what it lacks.

mod distribution;
mod packages;
mod toolchain;

use std::{
    io::{BufRead, IsTerminal, Write},
    process::Command,
};

pub(crate) use distribution::Distribution;
pub(crate) use packages::Purpose;
pub(crate) use toolchain::check_toolchain;

use crate::{
    failure::Failure,
    run::{by_hand, run_with_input},
};

/// Whether system packages may be installed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Consent {
    /// Ask on the terminal.
    Ask,
    /// Given: by `--yes`, as root, or in CI.
    Given,
}

impl Consent {
    pub(crate) fn from_flag(yes: bool) -> Self {
        let in_ci = std::env::var("CI").is_ok_and(|value| value == "true" || value == "1");
        if yes || in_ci || is_root() {
            Self::Given
        } else {
            Self::Ask
        }
    }
}

/// Makes sure of the system packages for a purpose: finds what lacks, asks, installs.
pub(crate) fn ensure_packages(purpose: Purpose, consent: Consent) -> Result<(), Failure> {
    let step = "System packages";
    let Some(distribution) = Distribution::detect() else {
        packages::explain_elsewhere(purpose);
        return Ok(());
    };
    let missing = distribution.missing(distribution.packages(purpose));
    if missing.is_empty() {
        eprintln!("== {step}: all there");
        return Ok(());
    }
    let mut commands: Vec<Command> = distribution
        .install_commands(&missing)
        .iter()
        .map(|words| as_root(words))
        .collect();
    let line = commands
        .iter()
        .map(by_hand)
        .collect::<Vec<_>>()
        .join(" && ");
    eprintln!(
        "== {step}: {} to install: {}",
        missing.len(),
        missing.join(" ")
    );
    if consent == Consent::Ask && !ask(&line) {
        return Err(Failure {
            step: step.to_owned(),
            reason: format!("these are not installed: {}", missing.join(" ")),
            by_hand: Some(line),
            advice: "run that line, or this command again with --yes".to_owned(),
        });
    }
    let advice = "check the network and the package sources, then run this command again";
    for command in &mut commands {
        run_with_input(
            step,
            command.env("DEBIAN_FRONTEND", "noninteractive"),
            advice,
        )?;
    }
    Ok(())
}

/// Whether the person agrees, where there is one to ask.
fn ask(line: &str) -> bool {
    if !std::io::stdin().is_terminal() {
        return false;
    }
    eprint!("This will run:\n  {line}\nGo on? [y/N] ");
    let _ = std::io::stderr().flush();
    let mut answer = String::new();
    let read = std::io::stdin().lock().read_line(&mut answer);
    read.is_ok() && matches!(answer.trim(), "y" | "Y" | "yes")
}

/// The words of a command as root's.
fn as_root(words: &[String]) -> Command {
    let prefix = (!is_root()).then(|| "sudo".to_owned());
    let mut words = prefix.into_iter().chain(words.iter().cloned());
    let mut command = Command::new(words.next().unwrap_or_default());
    command.args(words);
    command
}

fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output();
    output.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}
