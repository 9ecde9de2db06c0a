use std::{path::Path, process::Command};

use crate::{
    cargo::cargo,
    commands::setup::prepare,
    failure::Failure,
    project::{APP, Project},
    run::run,
    system::{Consent, Purpose},
    tour, ui,
};

/// Sets up, builds and starts the app; without a display, the tour.
pub(crate) fn start(project: &Project, consent: Consent, tour: bool) -> Result<(), Failure> {
    if tour || !has_display() {
        if !tour {
            eprintln!("There is no display here, so this runs the tour on a virtual one.");
        }
        return tour::tour(project, consent, Path::new("target/tour"), false);
    }
    prepare(project, Purpose::App, consent)?;
    build_app(project, false)?;
    eprintln!("\nStarting {APP}. In its window, choose \"Try it with play money\".");
    let mut app = Command::new(project.app(false));
    run(
        "The app",
        app.current_dir(&project.root),
        "look at its last lines above",
    )
}

/// Builds the UI, which the app embeds, and the app.
pub(crate) fn build_app(project: &Project, release: bool) -> Result<(), Failure> {
    ui::ensure_built(project)?;
    let mut build = cargo(&project.root);
    build.args(["build", "--package", APP]);
    if release {
        build.arg("--release");
    }
    let advice = "mend what the compiler names above; if it names a system library, run \
                  cargo xtask setup";
    run(
        "App build (the first takes some minutes)",
        &mut build,
        advice,
    )
}

fn has_display() -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}
