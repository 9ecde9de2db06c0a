//! Journeys that need a session bus and a keychain: the test runs itself again on a private desktop,
//! because the address of a session bus is a property of a process.

use private_desktop::{Keyring, Options, PrivateDesktop};

const INSIDE: &str = "TUPPENCE_JOURNEY_INSIDE";

/// `true` in the process that has the private desktop. In the other one the test was run there, and
/// has passed, when this returns `false`.
pub(crate) fn on_a_private_desktop(test: &str, keyring: Keyring) -> bool {
    if std::env::var_os(INSIDE).is_some() {
        return true;
    }
    let desktop = PrivateDesktop::start(Options {
        keyring,
        ..Options::default()
    })
    .unwrap();
    let output = desktop
        .command(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture", "--test-threads=1"])
        .env(INSIDE, "1")
        .env("TUPPENCE_LOG", "trace")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{said}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    false
}

/// Runs an asynchronous journey to its end.
pub(crate) fn journey(body: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(body);
}
