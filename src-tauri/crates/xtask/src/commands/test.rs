use crate::{
    cargo::cargo,
    commands::lint,
    failure::Failure,
    project::{APP, Project},
    run::run,
    steps::Steps,
    system::{Consent, Distribution, Purpose, check_toolchain, ensure_packages},
    ui,
};

/// Which parts to run; set-up always comes first.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parts {
    lint: bool,
    rust: bool,
    ui: bool,
    window: bool,
}

impl Parts {
    /// All parts if none was chosen.
    pub(crate) fn chosen(lint: bool, rust: bool, ui: bool, window: bool) -> Self {
        let all = !(lint || rust || ui || window);
        Self {
            lint: all || lint,
            rust: all || rust,
            ui: all || ui,
            window: all || window,
        }
    }
}

/// Sets up, then checks and tests everything, up to the first failure.
pub(crate) fn test(project: &Project, consent: Consent, parts: Parts) -> Result<(), Failure> {
    let mut steps = Steps::default();
    let outcome = run_parts(project, consent, parts, &mut steps);
    steps.close(outcome)
}

fn run_parts(
    project: &Project,
    consent: Consent,
    parts: Parts,
    steps: &mut Steps,
) -> Result<(), Failure> {
    steps.step("toolchain", check_toolchain)?;
    steps.step("system packages", || {
        ensure_packages(Purpose::Tests, consent)
    })?;
    steps.step("UI packages", || ui::ensure_packages(project))?;
    // First of all, as the app embeds the UI and does not compile without a build of it.
    steps.step("UI build", || ui::ensure_built(project))?;
    if parts.lint {
        lint::rust(project, steps)?;
    }
    if parts.ui {
        lint::ui_checks(project, steps)?;
        steps.step("UI tests", || {
            ui::npm(
                project,
                "UI tests",
                &["run", "test"],
                "mend what the tests name above",
            )
        })?;
    }
    if parts.rust || parts.window {
        steps.step("binaries", || binaries(project))?;
    }
    if parts.rust {
        steps.step("Rust tests", || rust_tests(project))?;
    }
    if parts.window {
        match Distribution::detect().and_then(Distribution::cannot_drive_windows) {
            Some(reason) => steps.not_here("window tests", reason),
            None if !cfg!(target_os = "linux") => {
                steps.not_here("window tests", "they need a private X11 desktop");
            }
            None => steps.step("window tests", || window_tests(project))?,
        }
    }
    Ok(())
}

/// Tests start the binaries, and cargo builds them for the tests of their own package only.
fn binaries(project: &Project) -> Result<(), Failure> {
    let mut command = cargo(&project.root);
    command.args(["build", "--workspace", "--bins"]);
    run(
        "Binaries (the first build takes some minutes)",
        &mut command,
        "mend what is named above",
    )
}

fn rust_tests(project: &Project) -> Result<(), Failure> {
    let mut command = cargo(&project.root);
    command.args(["test", "--workspace", "--no-fail-fast"]);
    let advice = "mend the tests named above; one alone: cargo test -p CRATE NAME";
    run("Rust tests", &mut command, advice)
}

fn window_tests(project: &Project) -> Result<(), Failure> {
    let mut command = cargo(&project.root);
    // The target has `test = false`, so that only this names it. One after the other: each has a
    // display, a keychain, a browser and WebKit's processes for itself.
    command.args(["test", "--package", APP, "--test", "window", "--"]);
    command.arg("--test-threads=1");
    let advice = "read what was on the screen, above; one alone: cargo test --test window NAME";
    run("Window tests", &mut command, advice)
}
