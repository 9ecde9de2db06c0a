use std::process::Command;

use crate::failure::Failure;

/// The oldest Node.js that Vite 8 runs on.
const NODE: (u32, u32) = (20, 19);

/// Checks what must be there before anything can be installed or built.
pub(crate) fn check_toolchain() -> Result<(), Failure> {
    let step = "Rust, a C compiler, Node.js and npm";
    let missing = |name: &str, advice: &str| {
        Failure::new(step, format!("{name} is not on PATH"), advice.to_owned())
    };
    let node_advice = format!(
        "install Node.js {}.{} or newer with npm (https://nodejs.org, or your package manager)",
        NODE.0, NODE.1
    );
    version("rustc", "--version")
        .ok_or_else(|| missing("rustc", "install Rust: https://rustup.rs"))?;
    if cfg!(unix) {
        version("cc", "--version").ok_or_else(|| {
            missing(
                "a C compiler (cc)",
                "install one: on Debian, apt-get install build-essential",
            )
        })?;
    }
    let node = version("node", "--version").ok_or_else(|| missing("node", &node_advice))?;
    if !is_at_least(&node, NODE) {
        return Err(Failure::new(
            step,
            format!("Node.js {node} is too old"),
            node_advice,
        ));
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let npm = version(npm, "--version").ok_or_else(|| missing("npm", &node_advice))?;
    eprintln!("== {step}: all there (node {node}, npm {npm})");
    Ok(())
}

/// The first line that a program prints of its version.
fn version(program: &str, flag: &str) -> Option<String> {
    let output = Command::new(program).arg(flag).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout);
    output
        .status
        .success()
        .then(|| text.lines().next().unwrap_or_default().trim().to_owned())
}

/// Whether a version such as `v20.19.1` is this one or a later one.
fn is_at_least(version: &str, (major, minor): (u32, u32)) -> bool {
    let mut parts = version
        .trim_start_matches('v')
        .split('.')
        .map_while(|part| part.parse().ok());
    let found: (u32, u32) = (parts.next().unwrap_or(0), parts.next().unwrap_or(0));
    found >= (major, minor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_as_numbers() {
        assert!(is_at_least("v20.19.0", NODE));
        assert!(is_at_least("v22.1.0", NODE));
        assert!(is_at_least("v20.100.0", NODE));
        assert!(!is_at_least("v20.9.0", NODE));
        assert!(!is_at_least("v18.20.4", NODE));
        assert!(!is_at_least("nonsense", NODE));
    }
}
