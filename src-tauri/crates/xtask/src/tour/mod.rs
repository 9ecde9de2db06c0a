//! The tour: the real app, driven from outside through its main job, with a picture of each step.

mod report;
#[cfg(target_os = "linux")]
mod script;

use std::{fs, path::Path};

use crate::{
    commands::{setup::prepare, start::build_app},
    failure::Failure,
    project::Project,
    system::{Consent, Distribution, Purpose},
};

/// Sets up, builds, and runs the tour with its pictures in `out`.
pub(crate) fn tour(
    project: &Project,
    consent: Consent,
    out: &Path,
    release: bool,
) -> Result<(), Failure> {
    let not_here = |reason: &str| {
        Err(Failure::new(
            "The tour",
            reason,
            "run cargo xtask start on a machine with a display",
        ))
    };
    if !cfg!(target_os = "linux") {
        return not_here("it needs a private X11 desktop, so it runs on Linux only");
    }
    if let Some(reason) = Distribution::detect().and_then(Distribution::cannot_drive_windows) {
        return not_here(reason);
    }
    prepare(project, Purpose::Tests, consent)?;
    build_app(project, release)?;
    let out = project.root.join(out);
    fs::create_dir_all(&out).map_err(|error| {
        Failure::new(
            "The tour's folder",
            error,
            format!("choose another --out than {}", out.display()),
        )
    })?;
    run(&project.app(release), &out)
}

#[cfg(target_os = "linux")]
fn run(app: &Path, out: &Path) -> Result<(), Failure> {
    script::run(app, out)
}

#[cfg(not(target_os = "linux"))]
fn run(_: &Path, _: &Path) -> Result<(), Failure> {
    Ok(())
}
