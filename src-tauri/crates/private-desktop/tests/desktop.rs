//! The desktop itself: display, bus, keychain, default browser, and that all of it ends.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    process::{Command, Stdio},
    time::Duration,
};

use private_desktop::{DesktopError, Keyring, Options, PrivateDesktop};

fn desktop(keyring: Keyring) -> PrivateDesktop {
    PrivateDesktop::start(Options {
        keyring,
        ..Options::default()
    })
    .unwrap()
}

/// Runs a shell line on the desktop, at most 10 s long.
fn shell(desktop: &PrivateDesktop, line: &str) -> (bool, String) {
    let output = desktop
        .command("timeout")
        .args(["10", "sh", "-c", line])
        .stdin(Stdio::null())
        .output()
        .unwrap();
    (
        output.status.success(),
        String::from_utf8_lossy(&output.stdout).into_owned(),
    )
}

#[test]
fn a_secret_stored_in_the_keychain_is_found_again_after_the_service_restarted() {
    let desktop = desktop(Keyring::Unlocked);
    let store = "printf %s copper | secret-tool store --label=test service example user penny";
    assert!(shell(&desktop, store).0);
    desktop.set_keyring(Keyring::Absent).unwrap();
    desktop.set_keyring(Keyring::Unlocked).unwrap();
    let (found, secret) = shell(&desktop, "secret-tool lookup service example user penny");
    assert!(found);
    assert_eq!(secret, "copper");
}

#[test]
fn a_locked_keychain_hands_nothing_over() {
    let desktop = desktop(Keyring::Unlocked);
    let store = "printf %s copper | secret-tool store --label=test service example user penny";
    assert!(shell(&desktop, store).0);
    desktop.set_keyring(Keyring::Locked).unwrap();
    let (_, secret) = shell(&desktop, "secret-tool lookup service example user penny");
    assert_eq!(secret, "");
}

#[test]
fn an_absent_keychain_is_not_started_by_asking_for_it() {
    let desktop = desktop(Keyring::Absent);
    let (found, _) = shell(&desktop, "secret-tool lookup service example user penny");
    assert!(!found);
    let ask = "dbus-send --session --print-reply --dest=org.freedesktop.secrets / \
               org.freedesktop.DBus.Peer.Ping";
    assert!(!shell(&desktop, ask).0);
}

#[test]
fn urls_given_to_xdg_open_arrive_in_order_and_whole() {
    let desktop = desktop(Keyring::Absent);
    let urls = [
        "http://127.0.0.1:9/a?b=c&d='%20$HOME",
        "https://example.org/#second",
    ];
    for url in urls {
        assert!(
            desktop
                .command("xdg-open")
                .arg(url)
                .status()
                .unwrap()
                .success()
        );
    }
    let taken = urls.map(|_| desktop.opened_urls().take(Duration::from_secs(5)).unwrap());
    assert_eq!(taken, urls);
    assert!(desktop.opened_urls().take_now().is_none());
    assert!(
        desktop
            .opened_urls()
            .environment_names()
            .contains(&"DISPLAY".to_owned())
    );
}

#[test]
fn waiting_for_a_url_that_never_comes_ends_in_a_named_error() {
    let desktop = desktop(Keyring::Absent);
    let error = desktop
        .opened_urls()
        .take(Duration::from_millis(50))
        .unwrap_err();
    assert!(matches!(error, DesktopError::Timeout { .. }), "{error}");
}

#[test]
fn programs_see_nothing_of_our_own_environment() {
    let desktop = desktop(Keyring::Absent);
    let (_, environment) = shell(&desktop, "env");
    let home = format!("HOME={}", desktop.home().display());
    assert!(environment.lines().any(|line| line == home));
    assert!(
        !environment.contains("CARGO_MANIFEST_DIR"),
        "cargo set this for the test alone"
    );
}

#[test]
fn its_directories_belong_to_one_user_alone() {
    let desktop = desktop(Keyring::Absent);
    for entry in fs::read_dir(desktop.root()).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o700, "{}", entry.path().display());
    }
}

#[test]
fn the_screen_has_the_size_that_was_asked_for() {
    let options = Options {
        size: (900, 600),
        window_manager: true,
        keyring: Keyring::Absent,
    };
    let desktop = PrivateDesktop::start(options).unwrap();
    let (known, description) = shell(&desktop, "xdpyinfo");
    assert!(known);
    assert!(description.contains("900x600 pixels"), "{description}");
}

#[test]
fn nothing_that_was_started_outlives_the_desktop() {
    let desktop = desktop(Keyring::Unlocked);
    let root = desktop.root().to_owned();
    let mark = root.to_string_lossy().into_owned();
    assert!(!processes_that_mention(&mark).is_empty());
    drop(desktop);
    assert_eq!(processes_that_mention(&mark), Vec::<String>::new());
    assert!(!root.exists());
}

#[test]
fn nothing_outlives_a_process_that_was_killed() {
    const HOLD: &str = "PRIVATE_DESKTOP_TEST_HOLDS";
    if let Some(mark_file) = std::env::var_os(HOLD) {
        // This is the process to be killed: the same test, started by itself.
        let desktop = desktop(Keyring::Unlocked);
        fs::write(mark_file, desktop.root().as_os_str().as_encoded_bytes()).unwrap();
        std::thread::sleep(Duration::from_secs(20));
        return;
    }
    let directory = tempfile::tempdir().unwrap();
    let mark_file = directory.path().join("root");
    let mut holder = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "nothing_outlives_a_process_that_was_killed"])
        .env(HOLD, &mark_file)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mark = within_10_s(|| {
        fs::read_to_string(&mark_file)
            .ok()
            .filter(|mark| !mark.is_empty())
    });
    holder.kill().unwrap();
    holder.wait().unwrap();
    within_10_s(|| processes_that_mention(&mark).is_empty().then_some(()));
    fs::remove_dir_all(mark).unwrap();
}

fn within_10_s<T>(mut attempt: impl FnMut() -> Option<T>) -> T {
    for _ in 0..1000 {
        if let Some(value) = attempt() {
            return value;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("it did not happen within 10 s");
}

#[test]
fn two_desktops_are_strangers_to_each_other() {
    let (one, other) = (desktop(Keyring::Absent), desktop(Keyring::Absent));
    assert!(
        one.command("xdg-open")
            .arg("http://127.0.0.1:9/")
            .status()
            .unwrap()
            .success()
    );
    one.opened_urls().take(Duration::from_secs(5)).unwrap();
    assert!(other.opened_urls().take_now().is_none());
    assert_ne!(one.environment(), other.environment());
}

/// Command lines of processes whose arguments or environment hold this text.
fn processes_that_mention(text: &str) -> Vec<String> {
    let output = Command::new("sh")
        .args([
            "-c",
            "grep -lsa -- \"$0\" /proc/[0-9]*/environ /proc/[0-9]*/cmdline",
            text,
        ])
        .output()
        .unwrap();
    let own = [std::process::id(), 0].map(|pid| format!("/proc/{pid}/"));
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter(|path| !own.iter().any(|prefix| path.starts_with(prefix)))
        .filter_map(|path| fs::read_to_string(path.replace("environ", "cmdline")).ok())
        .filter(|line| !line.is_empty() && !line.starts_with("sh\0-c\0grep"))
        .filter(|line| !line.starts_with("grep\0"))
        .map(|line| line.replace('\0', " "))
        .collect()
}
