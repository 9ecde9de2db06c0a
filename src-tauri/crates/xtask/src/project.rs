use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::{cargo, failure::Failure};

/// Where the project is on this machine.
#[derive(Debug)]
pub(crate) struct Project {
    /// The repository's root.
    pub(crate) root: PathBuf,
    /// Where cargo puts what it builds.
    pub(crate) target: PathBuf,
}

/// The name of the app's package and of its binary.
pub(crate) const APP: &str = "tuppence";

impl Project {
    /// Asks cargo.
    pub(crate) fn find() -> Result<Self, Failure> {
        let step = "Finding the project";
        let advice = "run this inside the repository, with the Rust toolchain on PATH";
        let output = cargo::cargo(Path::new("."))
            .args(["metadata", "--format-version", "1", "--no-deps"])
            .stderr(std::process::Stdio::inherit())
            .output()
            .map_err(|error| Failure::new(step, error, advice))?;
        let metadata: Value = serde_json::from_slice(&output.stdout)
            .map_err(|error| Failure::new(step, error, advice))?;
        let path = |name: &str| {
            metadata[name]
                .as_str()
                .map(PathBuf::from)
                .ok_or_else(|| Failure::new(step, format!("cargo names no {name}"), advice))
        };
        Ok(Self {
            root: path("workspace_root")?,
            target: path("target_directory")?,
        })
    }

    /// The UI's folder.
    pub(crate) fn ui(&self) -> PathBuf {
        self.root.join("ui")
    }

    /// The app's binary, once it is built.
    pub(crate) fn app(&self, release: bool) -> PathBuf {
        let profile = if release { "release" } else { "debug" };
        self.target
            .join(profile)
            .join(format!("{APP}{}", std::env::consts::EXE_SUFFIX))
    }
}
