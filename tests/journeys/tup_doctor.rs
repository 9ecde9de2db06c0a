//! `tup doctor`: what it finds, and what it keeps to itself.

use std::net::TcpListener;

use private_desktop::Keyring;
use sandbox_provider::Dialect;
use serde_json::Value;

use crate::terminal::Terminal;
use crate::tup_provider::Elsewhere;

const HOUSE: &str = "http://127.0.0.1/redirect/house";

fn finding<'a>(report: &'a Value, area: &str, subject: &str) -> &'a Value {
    let findings = report["findings"].as_array().unwrap();
    let found = findings
        .iter()
        .find(|finding| finding["area"] == area && finding["subject"] == subject);
    found.unwrap_or_else(|| panic!("no finding on {area} {subject}: {report}"))
}

fn doctor(terminal: &Terminal) -> Value {
    let output = terminal
        .tup(&["doctor", "--json"])
        .env("HTTPS_PROXY", "http://penny:opensesame@127.0.0.1:9")
        .output()
        .unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Checklist 25 for the report that people send to others.
#[test]
fn the_doctor_says_what_a_sign_in_needs_and_no_secret() {
    let terminal = Terminal::new(Keyring::Unlocked);
    let elsewhere = Elsewhere::start(Dialect::Oidc, &[HOUSE]);
    elsewhere.add_to(&terminal, "house");
    terminal.sign_in_to("house");
    // Another program may have it already; it is taken either way.
    let _taken = TcpListener::bind("127.0.0.1:31847");

    let report = doctor(&terminal);
    assert_eq!(
        finding(&report, "redirect_port", "31847")["verdict"],
        "note"
    );
    assert_eq!(finding(&report, "loopback", "127.0.0.1")["verdict"], "ok");
    assert_eq!(finding(&report, "proxy", "HTTPS_PROXY")["verdict"], "note");
    assert_eq!(finding(&report, "proxy", "127.0.0.1")["verdict"], "ok");
    let keychain = finding(&report, "keychain", "probe");
    assert_eq!(keychain["verdict"], "ok");
    assert!(keychain["took_ms"].is_u64());
    assert_eq!(finding(&report, "provider", "house")["verdict"], "ok");
    assert_eq!(finding(&report, "clock", "house")["verdict"], "ok");
    let data = terminal.data.display().to_string();
    assert_eq!(finding(&report, "data_directory", &data)["verdict"], "ok");

    let said = report.to_string();
    let secrets = elsewhere.sandbox.control().issued_secrets();
    assert!(!secrets.is_empty());
    for secret in secrets.iter().filter(|secret| secret.len() >= 8) {
        assert!(!said.contains(secret.as_str()), "{}…", &secret[..6]);
    }
    for private in ["opensesame", "Penny"] {
        assert!(!said.contains(private), "{private}: {said}");
    }
}

#[test]
fn a_provider_that_is_gone_and_a_missing_keychain_are_problems() {
    let terminal = Terminal::new(Keyring::Absent);
    let elsewhere = Elsewhere::start(Dialect::Oidc, &[HOUSE]);
    elsewhere.add_to(&terminal, "house");
    drop(elsewhere);
    let output = terminal.run(&["doctor", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["ok"], false);
    assert_eq!(finding(&report, "keychain", "probe")["verdict"], "problem");
    assert_eq!(finding(&report, "provider", "house")["verdict"], "problem");
}
