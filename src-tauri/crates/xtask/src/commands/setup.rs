use crate::{
    failure::Failure,
    project::Project,
    system::{Consent, Purpose, check_toolchain, ensure_packages},
    ui,
};

/// Installs what building and testing need.
pub(crate) fn setup(project: &Project, consent: Consent) -> Result<(), Failure> {
    prepare(project, Purpose::Tests, consent)?;
    eprintln!("\nReady. Next: cargo xtask start, or cargo xtask test");
    Ok(())
}

/// What every build begins with.
pub(crate) fn prepare(
    project: &Project,
    purpose: Purpose,
    consent: Consent,
) -> Result<(), Failure> {
    check_toolchain()?;
    ensure_packages(purpose, consent)?;
    ui::ensure_packages(project)
}
