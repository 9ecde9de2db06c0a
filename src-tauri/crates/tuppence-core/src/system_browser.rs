//! The external user-agent of RFC 8252: the person's own browser.

use std::io;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use native_oauth::{BoxFuture, ExternalUserAgent, UserAgentError};
use url::Url;

/// An opener that has not failed by then is taken to have worked: some stay for as long as the
/// browser they started.
const PATIENCE: Duration = Duration::from_secs(3);

/// Environment variables whose name ends so never reach a child process.
const SECRET_SUFFIX: &str = "_CLIENT_SECRET";

/// Opens addresses through the desktop's own opener (`xdg-open`, `open`, the Windows shell), without
/// a command interpreter in between.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemBrowser;

impl ExternalUserAgent for SystemBrowser {
    fn open<'a>(&'a self, address: &'a Url) -> BoxFuture<'a, Result<(), UserAgentError>> {
        let commands = open::commands(address.as_str());
        Box::pin(async move {
            tokio::task::spawn_blocking(move || first_that_works(commands))
                .await
                .map_err(UserAgentError::new)?
                .map_err(UserAgentError::new)
        })
    }
}

fn first_that_works(commands: Vec<Command>) -> io::Result<()> {
    let mut last = io::Error::new(io::ErrorKind::NotFound, "no program to open a browser with");
    for command in commands {
        match run(command) {
            Ok(()) => return Ok(()),
            Err(error) => last = error,
        }
    }
    Err(last)
}

fn run(mut command: Command) -> io::Result<()> {
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().ends_with(SECRET_SUFFIX) {
            command.env_remove(name);
        }
    }
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let started = Instant::now();
    while started.elapsed() < PATIENCE {
        match child.try_wait()? {
            Some(status) if status.success() => return Ok(()),
            Some(status) => {
                return Err(io::Error::other(format!("the opener ended with {status}")));
            }
            None => std::thread::sleep(Duration::from_millis(10)),
        }
    }
    // Reap it whenever it ends, so that no zombie stays for the life of the app.
    std::thread::spawn(move || child.wait());
    Ok(())
}

/// Whether a link out of an answer may be handed to the system: web pages and mail only.
pub fn may_open(url: &Url) -> bool {
    match url.scheme() {
        "http" | "https" => url.has_host() && url.username().is_empty() && url.password().is_none(),
        "mailto" => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// Checklist 93.
    #[test]
    fn only_web_and_mail_links_leave_the_app() {
        for good in [
            "https://example.org/a?b#c",
            "http://example.org",
            "mailto:a@example.org",
        ] {
            assert!(may_open(&good.parse().unwrap()), "{good}");
        }
        for bad in [
            "file:///etc/passwd",
            "javascript:alert(1)",
            "smb://host/share",
            "data:text/html,x",
            "app.tuppence.desktop:/redirect/quota",
            "https://user:pass@example.org/",
        ] {
            assert!(!may_open(&bad.parse().unwrap()), "{bad}");
        }
    }
}
