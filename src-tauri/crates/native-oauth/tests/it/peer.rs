//! A certified provider that nobody here wrote: `oidc-provider` from npm, on loopback.
//!
//! The client knows nothing of it: what is special here is the person at its pages.

mod install;
mod journey;
mod person;

use std::fs::File;
use std::process::Stdio;
use std::time::Duration;

use native_oauth::issuer::InsecureLoopback;
use native_oauth::{
    Client, ClientAuthentication, Discovery, HttpClient, Issuer, RedirectPolicy, Scopes,
};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::time::timeout;

/// Node takes a second or two to start; a busy machine takes longer.
const START_LIMIT: Duration = Duration::from_secs(60);

pub(crate) struct Peer {
    pub(crate) issuer: String,
    pub(crate) http: HttpClient,
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
    _folder: TempDir,
    _process: Child,
}

impl Peer {
    /// Installs the package if it is not there, and starts it. It ends with this value.
    pub(crate) async fn start() -> Self {
        let program = tokio::task::spawn_blocking(install::installed)
            .await
            .unwrap();
        let folder = TempDir::new().unwrap();
        let log = folder.path().join("peer.log");
        let mut process = Command::new("node")
            .arg(program)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(File::create(&log).unwrap())
            .kill_on_drop(true)
            .spawn()
            .unwrap_or_else(|error| {
                panic!(
                    "{}; node could not be started: {error}",
                    install::WHAT_IS_NEEDED
                )
            });
        let input = process.stdin.take().unwrap();
        let mut output = BufReader::new(process.stdout.take().unwrap()).lines();
        let Ok(Ok(Some(line))) = timeout(START_LIMIT, output.next_line()).await else {
            let log = std::fs::read_to_string(log).unwrap_or_default();
            panic!(
                "{}; oidc-provider did not start: {log}",
                install::WHAT_IS_NEEDED
            );
        };
        let said: serde_json::Value = serde_json::from_str(&line).unwrap();
        Self {
            issuer: said["issuer"].as_str().unwrap().to_owned(),
            http: HttpClient::new().unwrap(),
            input,
            output,
            _folder: folder,
            _process: process,
        }
    }

    /// A new signing key takes the place of the old one.
    pub(crate) async fn rotate_keys(&mut self) {
        self.input.write_all(b"rotate\n").await.unwrap();
        let answer = timeout(START_LIMIT, self.output.next_line()).await;
        assert_eq!(answer.unwrap().unwrap().as_deref(), Some("rotated"));
    }

    /// A public client that may refresh, once the person was asked: this provider grants no refresh
    /// token without `prompt=consent` (OpenID Connect Core section 11).
    pub(crate) async fn client(&self) -> Client {
        self.client_at(RedirectPolicy::LoopbackAnyPort {
            path: "/redirect".to_owned(),
        })
        .await
    }

    pub(crate) async fn client_at(&self, redirect: RedirectPolicy) -> Client {
        let issuer = Issuer::new(&self.issuer, InsecureLoopback::Allowed).unwrap();
        let discovery = Discovery::of(issuer, InsecureLoopback::Allowed).unwrap();
        Client::new(
            "native-client",
            ClientAuthentication::None,
            discovery.fetch(&self.http).await.unwrap(),
            Scopes::parse("openid profile offline_access"),
            redirect,
        )
    }
}
