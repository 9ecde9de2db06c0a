//! The real Secret Service, in a session bus of its own. Each test starts this binary again inside
//! `dbus-run-session`, with a private home; nothing of the person's own is touched.
#![cfg(target_os = "linux")]

mod daemon;
mod inside;

use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;
use std::time::Duration;

use tempfile::TempDir;
use tokio::process::Command;

/// Names the scenario to a child.
const SCENARIO: &str = "NATIVE_OAUTH_KEYCHAIN_SCENARIO";

/// A bus that starts no services: neither the machine's keychain nor its prompter.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>
</busconfig>"#;

async fn in_private_session(scenario: &str) {
    let folder = TempDir::new().unwrap();
    let config = folder.path().join("bus.conf");
    std::fs::write(&config, BUS).unwrap();
    let home = folder.path().join("home");
    std::fs::create_dir(&home).unwrap();
    std::fs::set_permissions(&home, std::fs::Permissions::from_mode(0o700)).unwrap();
    let child = Command::new("dbus-run-session")
        .arg("--config-file")
        .arg(&config)
        .arg("--")
        .arg(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "keychain::inside::a_child_process_plays_its_scenario",
            "--nocapture",
        ])
        .env(SCENARIO, scenario)
        .envs(
            [
                "HOME",
                "XDG_RUNTIME_DIR",
                "XDG_DATA_HOME",
                "XDG_CONFIG_HOME",
                "XDG_CACHE_HOME",
            ]
            .map(|it| (it, &home)),
        )
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .expect("dbus-run-session (package dbus) is installed");
    let output = tokio::time::timeout(Duration::from_secs(60), child.wait_with_output());
    let output = output.await.expect("the scenario ends in time").unwrap();
    let text =
        [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    assert!(
        output.status.success(),
        "{scenario}: {}\n{}",
        text[0],
        text[1]
    );
    assert!(text[0].contains("1 passed"), "{}", text[0]);
}

/// Checklist 81 and 147.
#[tokio::test]
async fn tokens_of_any_length_come_back_and_go_away() {
    in_private_session("round-trip").await;
}

/// Checklist 76.
#[tokio::test]
async fn no_keychain_is_told_apart_and_found_when_it_comes() {
    in_private_session("late").await;
}

/// Checklist 83.
#[tokio::test]
async fn a_keychain_that_restarts_is_found_again() {
    in_private_session("restart").await;
}

/// Checklist 77, 79 and 80.
#[tokio::test]
async fn a_locked_keychain_is_told_in_time() {
    in_private_session("locked").await;
}

/// Checklist 78.
#[tokio::test]
async fn a_keychain_that_was_never_set_up_fails_the_probe() {
    in_private_session("uninitialised").await;
}

/// Checklist 82.
#[tokio::test]
async fn a_foreign_or_damaged_entry_is_corrupt() {
    in_private_session("corrupt").await;
}

/// Checklist 76.
#[tokio::test]
async fn no_bus_at_all_is_unavailable() {
    in_private_session("no-bus").await;
}
