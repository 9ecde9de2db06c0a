//! Running a command so that a person sees that it goes on, and what to do when it fails.

use std::{
    path::Path,
    process::{Command, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use crate::failure::Failure;

/// A sign of life comes this often, beside the command's own output.
const SIGN_OF_LIFE: Duration = Duration::from_secs(20);

/// Runs a command with its output streamed.
///
/// `advice` says what a person can do when it fails.
pub(crate) fn run(step: &str, command: &mut Command, advice: &str) -> Result<(), Failure> {
    run_with_input(step, command.stdin(Stdio::null()), advice)
}

/// The same for a command that may ask the person something, such as a password.
pub(crate) fn run_with_input(
    step: &str,
    command: &mut Command,
    advice: &str,
) -> Result<(), Failure> {
    let by_hand = by_hand(command);
    eprintln!("\n== {step}\n   {by_hand}");
    let started = Instant::now();
    let (done, ended) = mpsc::channel::<()>();
    let name = step.to_owned();
    let signs = thread::spawn(move || {
        while let Err(mpsc::RecvTimeoutError::Timeout) = ended.recv_timeout(SIGN_OF_LIFE) {
            eprintln!("   … {name}: {} s so far", started.elapsed().as_secs());
        }
    });
    let status = command.status();
    drop(done);
    let _ = signs.join();
    let fail = |reason: String, advice: &str| Failure {
        step: step.to_owned(),
        reason,
        by_hand: Some(by_hand.clone()),
        advice: advice.to_owned(),
    };
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(fail(
            format!("it ended with {status}; its last lines are above"),
            advice,
        )),
        Err(error) => {
            let program = command.get_program().to_string_lossy();
            Err(fail(
                format!("{program}: {error}"),
                &format!("install {program}"),
            ))
        }
    }
}

/// The command as a line for a shell.
pub(crate) fn by_hand(command: &Command) -> String {
    let mut line = String::new();
    if let Some(folder) = command
        .get_current_dir()
        .filter(|folder| *folder != Path::new("."))
    {
        line += &format!("cd {} && ", folder.display());
    }
    for (name, value) in command.get_envs() {
        if let Some(value) = value {
            line += &format!("{}={} ", name.display(), quoted(&value.to_string_lossy()));
        }
    }
    line += &command.get_program().to_string_lossy();
    for argument in command.get_args() {
        line += &format!(" {}", quoted(&argument.to_string_lossy()));
    }
    line
}

fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:,+@%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_can_be_repeated_by_hand_as_shown() {
        let mut command = Command::new("echo");
        command
            .args(["it's", "plain", ""])
            .env("FLAGS", "-D warnings")
            .current_dir("/tmp");
        assert_eq!(
            by_hand(&command),
            r"cd /tmp && FLAGS='-D warnings' echo 'it'\''s' plain ''"
        );
    }

    #[test]
    fn a_failed_command_is_named_with_its_step_and_advice() {
        let failure = run("Saying no", &mut Command::new("false"), "say yes").err();
        let text = failure
            .map(|failure| failure.to_string())
            .unwrap_or_default();
        assert!(text.contains("Saying no"), "{text}");
        assert!(text.contains("By hand:    false"), "{text}");
        assert!(text.contains("say yes"), "{text}");
    }

    #[test]
    fn a_missing_program_is_named() {
        let failure = run("Trying", &mut Command::new("no-such-program"), "-").err();
        assert!(failure.is_some_and(|failure| failure.advice == "install no-such-program"));
    }
}
