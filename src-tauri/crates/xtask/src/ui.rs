//! The UI's packages and its build, each only when it is not current.

use std::{fs, path::Path, process::Command, time::SystemTime};

use crate::{failure::Failure, project::Project, run::run};

/// `npm` with these arguments in the UI's folder.
pub(crate) fn npm(
    project: &Project,
    step: &str,
    arguments: &[&str],
    advice: &str,
) -> Result<(), Failure> {
    let program = if cfg!(windows) { "npm.cmd" } else { "npm" };
    run(
        step,
        Command::new(program)
            .args(arguments)
            .current_dir(project.ui()),
        advice,
    )
}

/// Installs the UI's packages unless they are those of the lock file.
pub(crate) fn ensure_packages(project: &Project) -> Result<(), Failure> {
    let lock = modified(&project.ui().join("package-lock.json"));
    let installed = modified(&project.ui().join("node_modules/.package-lock.json"));
    if installed.is_some() && installed >= lock {
        eprintln!("== UI packages: current");
        return Ok(());
    }
    let advice = "check that the npm registry can be reached, then run this command again";
    npm(
        project,
        "UI packages",
        &["ci", "--no-audit", "--no-fund"],
        advice,
    )
}

/// Builds the UI unless what is built is newer than every source.
pub(crate) fn ensure_built(project: &Project) -> Result<(), Failure> {
    let built = modified(&project.ui().join("dist/index.html"));
    if built.is_some() && built >= newest_source(&project.ui()) {
        eprintln!("== UI build: current");
        return Ok(());
    }
    build(project)
}

/// Builds the UI.
pub(crate) fn build(project: &Project) -> Result<(), Failure> {
    npm(
        project,
        "UI build",
        &["run", "build"],
        "mend what the build names above",
    )
}

fn newest_source(folder: &Path) -> Option<SystemTime> {
    const NOT_SOURCES: [&str; 4] = ["dist", "node_modules", "coverage", "test-results"];
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter(|entry| !NOT_SOURCES.iter().any(|name| entry.file_name() == *name))
        .filter_map(|entry| {
            let path = entry.path();
            if path.is_dir() {
                newest_source(&path)
            } else {
                modified(&path)
            }
        })
        .max()
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path)
        .and_then(|metadata| metadata.modified())
        .ok()
}
