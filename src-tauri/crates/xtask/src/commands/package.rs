//! `cargo xtask package`: the release build, in the form that this system installs.

use std::{path::Path, process::Command};

use crate::{
    commands::{setup::prepare, start::build_app},
    failure::Failure,
    project::Project,
    run::run,
    system::{Consent, Purpose},
};

/// What people of this system install.
const BUNDLES: &str = if cfg!(target_os = "macos") {
    "app,dmg"
} else if cfg!(windows) {
    "nsis"
} else {
    "deb"
};

/// Sets up, builds in the release profile and bundles; what comes of it is under
/// `target/release/bundle`.
pub(crate) fn package(project: &Project, consent: Consent) -> Result<(), Failure> {
    prepare(project, Purpose::App, consent)?;
    build_app(project, true)?;
    bundle(project, &project.root)?;
    eprintln!(
        "\nThe bundles are in {}",
        project.target.join("release/bundle").display()
    );
    Ok(())
}

/// Bundles what is built of the app in this folder. (`tauri build` would build it anew, with other
/// variables in its environment, on which Tauri's build scripts depend.)
pub(crate) fn bundle(project: &Project, app: &Path) -> Result<(), Failure> {
    let tauri = project.ui().join("node_modules/.bin/tauri");
    let mut command = Command::new(tauri);
    command
        .args(["bundle", "--bundles", BUNDLES])
        .env("CARGO_TARGET_DIR", &project.target)
        .current_dir(app);
    run(
        "Bundles",
        &mut command,
        "read what is above; the bundler names what it lacks",
    )
}
