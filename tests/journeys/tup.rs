//! The terminal client as a person and a script use it: the built binary, the embedded sandbox, a real
//! keychain on a private bus.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::Stdio;

use private_desktop::Keyring;
use serde_json::Value;

use crate::terminal::Terminal;

#[test]
fn the_main_job_in_a_terminal() {
    let terminal = Terminal::new(Keyring::Unlocked);
    assert_eq!(
        terminal.run(&["balance"]).status.code(),
        Some(3),
        "nobody is signed in"
    );
    let signed_in = terminal.sign_in();
    assert_eq!(signed_in["provider"], "sandbox");

    let who = terminal.json(&["whoami", "--json"]);
    assert_eq!(who["name"], "Penny Sandbox");
    assert!(
        who["scopes"]
            .as_array()
            .unwrap()
            .iter()
            .any(|scope| scope == "credits.spend")
    );

    let balance = terminal.json(&["balance", "--json"]);
    assert_eq!(balance["state"], "known");
    assert_eq!(balance["amount"]["play_micro"], 5_000_000);

    let models = terminal.json(&["models", "--json"]);
    assert!(
        models
            .as_array()
            .unwrap()
            .iter()
            .any(|model| model["id"] == "penny-small")
    );

    let answer = terminal.run(&["ask", "--json", "--model", "penny-small", "Hello there"]);
    assert!(answer.status.success());
    let events: Vec<Value> = answer
        .stdout
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_slice(line).unwrap())
        .collect();
    assert_eq!(events.first().unwrap()["type"], "started");
    let finished = events.last().unwrap();
    assert_eq!(finished["type"], "finished");
    assert_eq!(finished["cost"]["label"], "reported");
    let deltas: String = events
        .iter()
        .filter(|event| event["type"] == "delta")
        .map(|event| event["text"].as_str().unwrap())
        .collect();
    assert_eq!(finished["text"], deltas);

    let after = terminal.json(&["balance", "--json"]);
    let spent = 5_000_000 - after["amount"]["play_micro"].as_i64().unwrap();
    assert_eq!(finished["cost"]["play_micro"], spent);

    what_was_said_and_spent_is_found(&terminal, &finished["cost"]);

    let out = terminal.json(&["sign-out", "--json"]);
    assert_eq!(out["signed_out"], true);
    assert_eq!(terminal.run(&["whoami"]).status.code(), Some(3));
}

/// After one question.
fn what_was_said_and_spent_is_found(terminal: &Terminal, cost: &Value) {
    let conversations = terminal.json(&["conversations", "--json"]);
    let conversation = &conversations[0];
    assert_eq!(conversations.as_array().unwrap().len(), 1);
    assert_eq!(conversation["cost"]["play"], *cost);
    assert_eq!(conversation["cost"]["usd"], Value::Null);

    let hits = terminal.json(&["search", "hello", "there", "--json"]);
    assert_eq!(hits[0]["conversation"], conversation["conversation"]);
    assert!(hits[0]["snippet"].as_str().unwrap().contains("Hello"));
    let none = terminal.json(&["search", "antidisestablishmentarianism", "--json"]);
    assert!(none.as_array().unwrap().is_empty());

    for by in ["day", "month", "model", "account"] {
        let usage = terminal.json(&["usage", "--by", by, "--json"]);
        assert_eq!(usage["total"]["play"], *cost, "{by}");
        assert_eq!(usage["groups"].as_array().unwrap().len(), 1, "{by}");
        assert!(usage["groups"][0][by].is_string(), "{by}");
    }
}

#[test]
fn what_is_piped_in_belongs_to_the_question() {
    let terminal = Terminal::new(Keyring::Unlocked);
    terminal.sign_in();
    let mut child = terminal
        .tup(&["ask", "--model", "penny-small", "review", "this"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(b"diff --git a/one b/two")
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    assert!(!output.stdout.is_empty());
}

#[test]
fn without_a_keychain_the_exit_code_says_so() {
    let terminal = Terminal::new(Keyring::Absent);
    let output = terminal.run(&["sign-in", "--json"]);
    assert_eq!(output.status.code(), Some(5));
    let said: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(said["error"], "keychain_unavailable");
}

#[test]
fn a_wrong_command_line_is_a_usage_error() {
    let terminal = Terminal::new(Keyring::Absent);
    assert_eq!(terminal.run(&["frobnicate"]).status.code(), Some(2));
    assert_eq!(
        terminal
            .run(&["sign-in", "--provider", "nobody"])
            .status
            .code(),
        Some(2)
    );
    assert_eq!(terminal.run(&["--help"]).status.code(), Some(0));
}

#[test]
fn words_may_come_through_the_pipe_alone() {
    let terminal = Terminal::new(Keyring::Unlocked);
    terminal.sign_in();
    let mut child = terminal
        .tup(&["ask", "--model", "penny-small"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(b"Hello there")
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    assert!(!output.stdout.is_empty());
}

/// `tup ask … | head -1`: nobody reads the rest, so nobody pays for it.
#[test]
fn a_reader_that_goes_away_ends_the_answer() {
    let terminal = Terminal::new(Keyring::Unlocked);
    terminal.sign_in();
    let before = terminal.json(&["balance", "--json"])["amount"]["play_micro"]
        .as_i64()
        .unwrap();
    let mut child = terminal
        .tup(&["ask", "--model", "penny-small", "Write a long answer."])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut first)
        .unwrap();
    let left = std::time::Instant::now();
    assert!(!child.wait().unwrap().success());
    // The whole answer takes minutes to write.
    assert!(
        left.elapsed() < std::time::Duration::from_secs(20),
        "{:?}",
        left.elapsed()
    );
    let after = terminal.json(&["balance", "--json"])["amount"]["play_micro"]
        .as_i64()
        .unwrap();
    assert!(before - after < 1_000, "{}", before - after);
}

/// Checklist 146.
#[test]
fn limits_are_lowered_at_once_raised_with_yes_and_hold() {
    let terminal = Terminal::new(Keyring::Unlocked);
    terminal.sign_in();
    let set = terminal.json(&["limits", "--play", "--day", "0.50", "--json"]);
    assert_eq!(set["play"]["day"]["play_micro"], 500_000);
    assert_eq!(set["usd"]["day"], Value::Null);
    let raise = ["limits", "--play", "--day", "none", "--json"];
    let refused = terminal.run(&raise);
    assert_eq!(refused.status.code(), Some(7), "nobody is there to say yes");
    let set = terminal.json(&["limits", "--play", "--day", "0", "--json"]);
    assert_eq!(set["play"]["day"]["play_micro"], 0);

    let ask = ["ask", "--model", "penny-small", "Hello there"];
    assert_eq!(terminal.run(&ask).status.code(), Some(7));
    let raised = terminal.json(&[&raise[..], &["--yes"]].concat());
    assert_eq!(raised["play"]["day"], Value::Null);
    assert!(terminal.run(&ask).status.success());

    let csv = terminal.run(&["usage", "--export", "csv"]);
    let csv = String::from_utf8(csv.stdout).unwrap();
    assert_eq!(
        csv.lines().count(),
        3,
        "the refused one has a receipt too: {csv}"
    );
}
