//! Installs the npm package that the peer is, once per checkout.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

pub(super) const WHAT_IS_NEEDED: &str = "this test needs Node.js (20.19 or newer) with npm on the PATH, and, the first time, \
     an npm registry within reach, to install oidc-provider into tests/peer";

/// The program to start, with its dependencies installed as the lock file says.
///
/// # Panics
/// With a message that says what to install.
pub(super) fn installed() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peer");
    // Other test processes may be about to do the same.
    let lock = File::create(Path::new(env!("CARGO_TARGET_TMPDIR")).join("peer.lock")).unwrap();
    lock.lock().unwrap();
    if !is_current(&folder) {
        install(&folder);
    }
    folder.join("peer.mjs")
}

/// npm writes what it installed last, and installs nothing half.
fn is_current(folder: &Path) -> bool {
    let written = |name: &str| folder.join(name).metadata()?.modified();
    match (
        written("node_modules/.package-lock.json"),
        written("package-lock.json"),
    ) {
        (Ok(installed), Ok(wanted)) => installed >= wanted,
        _ => false,
    }
}

fn install(folder: &Path) {
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let output = Command::new(npm)
        .args([
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--prefer-offline",
        ])
        .current_dir(folder)
        .output()
        .unwrap_or_else(|error| panic!("{WHAT_IS_NEEDED}; npm could not be started: {error}"));
    assert!(
        output.status.success(),
        "{WHAT_IS_NEEDED}; `npm ci` said: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}
