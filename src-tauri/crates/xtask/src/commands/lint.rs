use crate::{
    cargo::cargo, failure::Failure, project::Project, run::run, steps::Steps,
    system::check_toolchain, ui,
};

/// Runs the static checks.
pub(crate) fn lint(project: &Project) -> Result<(), Failure> {
    check_toolchain()?;
    let mut steps = Steps::default();
    let outcome = steps
        .step("UI packages", || ui::ensure_packages(project))
        // The app embeds the UI: without a build of it, the app does not compile.
        .and_then(|()| steps.step("UI build", || ui::ensure_built(project)))
        .and_then(|()| rust(project, &mut steps))
        .and_then(|()| ui_checks(project, &mut steps));
    steps.close(outcome)
}

/// Formatting, clippy, documentation.
pub(crate) fn rust(project: &Project, steps: &mut Steps) -> Result<(), Failure> {
    steps.step("format", || {
        let mut command = cargo(&project.root);
        command.args(["fmt", "--all", "--check"]);
        run("Formatting", &mut command, "run: cargo fmt --all")
    })?;
    steps.step("clippy", || {
        let mut command = cargo(&project.root);
        command.args(["clippy", "--workspace", "--all-targets", "--"]);
        command.args(["-D", "warnings"]);
        run("Clippy", &mut command, "mend what clippy names above")
    })?;
    steps.step("documentation", || {
        let mut command = cargo(&project.root);
        command.args(["doc", "--workspace", "--no-deps"]);
        command.env("RUSTDOCFLAGS", "-D rustdoc::broken_intra_doc_links");
        run("Documentation", &mut command, "mend the links named above")
    })
}

/// Types, lint and formatting of the UI.
pub(crate) fn ui_checks(project: &Project, steps: &mut Steps) -> Result<(), Failure> {
    steps.step("UI types", || {
        ui::npm(
            project,
            "UI types",
            &["run", "check"],
            "mend what is named above",
        )
    })?;
    steps.step("UI lint", || {
        let advice = "mend what is named above, or run: npm --prefix ui run format";
        ui::npm(project, "UI lint", &["run", "lint"], advice)
    })
}
