//! The program `sandbox-provider`.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

use serde_json::Value;

/// Ends the program when the test does.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_sandbox-provider"))
}

fn first_line(arguments: &[&str]) -> (Running, String) {
    let mut child = program()
        .args(arguments)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    (Running(child), line)
}

#[test]
fn one_line_says_where_it_is() {
    let (_running, line) = first_line(&["--listen", "127.0.0.1:0", "--dialect", "chutes"]);
    assert!(line.starts_with("issuer http://127.0.0.1:") && line.contains("client_id cid_"));
    assert!(
        !line.contains("csc_"),
        "the secret is shown with --json only"
    );
}

#[tokio::test]
async fn json_says_all_and_the_issuer_answers() {
    let (_running, line) =
        first_line(&["--dialect", "chutes", "--json", "--scenario", "models-500"]);
    let said: Value = serde_json::from_str(&line).unwrap();
    assert!(said["client_secret"].as_str().unwrap().starts_with("csc_"));
    let issuer = said["issuer"].as_str().unwrap();
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let document: Value = http
        .get(format!("{issuer}/.well-known/openid-configuration"))
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(document["issuer"], issuer);
    let models = http
        .get(format!("{}/models", said["api_base"].as_str().unwrap()))
        .send()
        .await
        .unwrap();
    assert_eq!(models.status(), 500, "the scenario is on");
}

#[test]
fn scenarios_are_listed_by_name() {
    let output = program().arg("--list-scenarios").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    for name in [
        "token-html-500",
        "stream-bare-json-error",
        "stream-restart",
        "chat-402-empty",
    ] {
        assert!(
            text.lines()
                .any(|line| line.split_whitespace().next() == Some(name)),
            "{name}"
        );
    }
}

#[test]
fn mistakes_are_refused_with_a_reason() {
    for arguments in [
        ["--listen", "0.0.0.0:0"],
        ["--dialect", "other"],
        ["--scenario", "no-such-fault"],
        ["--upstream", "http://example.com/v1"],
    ] {
        let output = program().args(arguments).output().unwrap();
        assert!(!output.status.success(), "{arguments:?}");
        assert!(!output.stderr.is_empty());
    }
}
