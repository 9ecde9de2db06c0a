//! Work on what strangers wrote, done by another process of this program: no keychain, no data directory,
//! little time, and on Unix little memory. One that runs wild ends itself and nothing else.

use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use serde::Serialize;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::Command;

/// Most address space of such a process, in bytes; what the program itself needs is part of it.
#[cfg(unix)]
const MOST_MEMORY: u64 = 3 << 30;

/// Most seconds of a processor.
#[cfg(unix)]
const MOST_SECONDS: u64 = 20;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ConfinedError {
    /// It took longer than it may.
    #[error("it took too long")]
    TooLong,
    /// The process could not be started or spoken to.
    #[error("the process could not be used: {0}")]
    Process(#[from] std::io::Error),
}

/// What such a process is asked, and how much it may answer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Work<'a> {
    /// What makes a program of ours that process.
    pub(crate) arguments: &'a [&'a str],
    /// What it gets on its standard input.
    pub(crate) input: &'a [u8],
    /// Most bytes of its answer; what is beyond is not read.
    pub(crate) most: u64,
    /// How long it may take.
    pub(crate) patience: Duration,
}

/// Has another process of `program` do this work, and returns what it wrote to its standard output.
pub(crate) async fn ask(program: &Path, work: Work<'_>) -> Result<Vec<u8>, ConfinedError> {
    let mut child = Command::new(program)
        .args(work.arguments)
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let (Some(mut stdin), Some(stdout)) = (stdin, stdout) else {
        return Err(std::io::Error::other("it has no pipes").into());
    };
    let reading = async {
        let mut answer = Vec::new();
        // One that ends before it has read all has said why, or died.
        let feeding = async move {
            let _ = stdin.write_all(work.input).await;
            drop(stdin);
        };
        let mut stdout = stdout.take(work.most);
        let (read, ()) = tokio::join!(stdout.read_to_end(&mut answer), feeding);
        read.map(|_| answer)
    };
    match tokio::time::timeout(work.patience, reading).await {
        Ok(answer) => Ok(answer?),
        Err(_) => Err(ConfinedError::TooLong),
    }
}

/// In that process: takes the input, at most so many bytes of it, and answers as JSON.
pub(crate) fn answer<T: Serialize>(most: u64, work: impl FnOnce(Vec<u8>) -> Result<T, String>) {
    confine();
    let mut input = Vec::new();
    let taken = std::io::stdin().take(most).read_to_end(&mut input);
    let found = match taken {
        Ok(_) => work(input),
        Err(error) => Err(format!("what is to be read did not arrive: {error}")),
    };
    // Nobody listens any more: then nobody needs to know.
    let _ = serde_json::to_writer(std::io::stdout(), &found);
    let _ = std::io::stdout().flush();
}

/// Whether this process was started for the work of this argument.
pub(crate) fn is_asked(argument: &str) -> bool {
    std::env::args_os()
        .nth(1)
        .is_some_and(|first| first == argument)
}

#[cfg(unix)]
fn confine() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let limits = [
        (Resource::As, MOST_MEMORY),
        (Resource::Cpu, MOST_SECONDS),
        (Resource::Core, 0),
        (Resource::Fsize, 0),
        (Resource::Nproc, 0),
    ];
    for (resource, most) in limits {
        // Where one cannot be set, the others and the parent's clock hold.
        let _ = setrlimit(
            resource,
            Rlimit {
                current: Some(most),
                maximum: Some(most),
            },
        );
    }
}

#[cfg(not(unix))]
fn confine() {}

#[cfg(all(test, unix))]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const ROLE: &str = "confined::tests::asks_for_more_memory_than_there_is";
    const ASKED: &str = "TUPPENCE_TEST_CONFINED";

    /// Not a test by itself: what the test below starts.
    #[test]
    fn asks_for_more_memory_than_there_is() {
        if std::env::var_os(ASKED).is_none() {
            return;
        }
        answer(16, |input| {
            let most = usize::try_from(MOST_MEMORY).unwrap();
            Ok((Vec::<u8>::new().try_reserve_exact(most).is_err(), input))
        });
    }

    /// Checklist 141.
    #[tokio::test]
    async fn such_a_process_gets_no_environment_and_no_more_memory_than_it_may_have() {
        let program = std::env::current_exe().unwrap();
        // The harness writes around what the child says.
        let script = format!(
            "{ASKED}=1 '{}' {ROLE} --exact --nocapture | grep -o '{{.*}}'; echo \"${{HOME-none}}\"",
            program.display()
        );
        let work = Work {
            arguments: &["-c", &script],
            input: b"in",
            most: 1000,
            patience: Duration::from_secs(20),
        };
        let said = ask(Path::new("/bin/sh"), work).await.unwrap();
        let said = String::from_utf8(said).unwrap();
        assert_eq!(said, "{\"Ok\":[true,[105,110]]}\nnone\n");
    }
}
