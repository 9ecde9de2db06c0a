//! A terminal: the built binary, a data directory, a keychain on a private bus.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use private_desktop::{Keyring, Options, PrivateDesktop};
use sandbox_provider::Visitor;
use serde_json::Value;

pub(crate) struct Terminal {
    desktop: PrivateDesktop,
    pub(crate) data: PathBuf,
}

impl Terminal {
    pub(crate) fn new(keyring: Keyring) -> Self {
        let desktop = PrivateDesktop::start(Options {
            keyring,
            ..Options::default()
        })
        .unwrap();
        let data = desktop.root().join("data");
        Self { desktop, data }
    }

    pub(crate) fn tup(&self, arguments: &[&str]) -> Command {
        // `CARGO_BIN_EXE_*` covers the root package only; its sibling is built by the same command.
        let tup = PathBuf::from(env!("CARGO_BIN_EXE_tuppence")).with_file_name("tup");
        let mut command = self.desktop.command(tup);
        command
            .args(arguments)
            .env("TUPPENCE_DATA_DIR", &self.data)
            .stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.tup(arguments).output().unwrap()
    }

    pub(crate) fn json(&self, arguments: &[&str]) -> Value {
        let output = self.run(arguments);
        assert!(
            output.status.success(),
            "{arguments:?}: {}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// What a command says that reads a secret from standard input.
    pub(crate) fn json_with_input(&self, arguments: &[&str], input: &str) -> Value {
        let mut child = self
            .tup(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(input.as_bytes()).unwrap();
        drop(stdin);
        let output = child.wait_with_output().unwrap();
        assert!(
            output.status.success(),
            "{arguments:?}: {}",
            String::from_utf8_lossy(&output.stdout)
        );
        serde_json::from_slice(&output.stdout).unwrap()
    }

    pub(crate) fn sign_in(&self) -> Value {
        self.sign_in_to("sandbox")
    }

    /// `tup sign-in --no-browser --json`, with the browser's part done by a visitor.
    pub(crate) fn sign_in_to(&self, provider: &str) -> Value {
        let mut child = self
            .tup(&["sign-in", "--provider", provider, "--no-browser", "--json"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let first: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
        let url = first["authorization_url"]
            .as_str()
            .unwrap()
            .parse()
            .unwrap();
        assert!(
            first["redirect_uri"]
                .as_str()
                .unwrap()
                .starts_with("http://127.0.0.1:")
        );
        assert!(first["expires_at"].is_string());
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let page = runtime
            .block_on(async { Visitor::new().unwrap().sign_in(&url).await })
            .unwrap();
        assert!(page.contains("Signed in to Tuppence"), "{page}");
        let last: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
        assert!(child.wait().unwrap().success());
        last
    }
}
