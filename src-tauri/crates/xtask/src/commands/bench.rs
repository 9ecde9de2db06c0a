//! `cargo xtask bench`: peers on demand, the release build, then the benches take over.

use std::process::Command;

use crate::{
    bench_peers::{self, PeerSet},
    cargo::cargo,
    commands::setup::prepare,
    failure::Failure,
    project::Project,
    run::run,
    system::{Consent, Purpose},
};

/// The benches, in their order, each with the peers it compares with.
const BENCHES: &[(&str, &[PeerSet])] = &[
    ("stream", &[PeerSet::Rust, PeerSet::Node, PeerSet::Python]),
    ("first-token", &[PeerSet::Rust, PeerSet::Node]),
    ("refresh", &[]),
    ("sign-in", &[PeerSet::Node]),
    ("search", &[PeerSet::Node]),
    ("markdown-chunks", &[PeerSet::Page]),
    ("markdown", &[PeerSet::Window]),
    ("long", &[PeerSet::App]),
    (
        "start",
        &[PeerSet::BareWindow, PeerSet::Window, PeerSet::App],
    ),
    ("soak", &[PeerSet::Window, PeerSet::App]),
    (
        "package",
        &[PeerSet::Window, PeerSet::App, PeerSet::Package],
    ),
];

/// Installs the peers of these benches (all where none is named), builds in the release profile, and
/// measures. Tables go to standard output, JSON to `target/bench`.
pub(crate) fn bench(project: &Project, consent: Consent, names: &[String]) -> Result<(), Failure> {
    let chosen = chosen(names)?;
    prepare(project, Purpose::Tests, consent)?;
    for set in PeerSet::ALL {
        if chosen.iter().any(|(_, sets)| sets.contains(&set)) {
            bench_peers::install(project, set)?;
        }
    }
    let mut build = cargo(&project.root);
    build.args(["build", "--release", "--package", "bench"]);
    let advice = "mend what the compiler names above";
    run(
        "Release build (the first takes some minutes)",
        &mut build,
        advice,
    )?;
    let program = project.target.join("release/bench");
    let mut command = Command::new(program);
    command
        .current_dir(&project.root)
        .arg("run")
        .args(chosen.iter().map(|(name, _)| *name))
        .arg("--peers")
        .arg(bench_peers::sources(project))
        .arg("--built")
        .arg(bench_peers::built(project))
        .arg("--out")
        .arg(project.target.join("bench"));
    run(
        "Benches",
        &mut command,
        "read what is above; one alone: cargo xtask bench NAME",
    )
}

type Bench = (&'static str, &'static [PeerSet]);

fn chosen(names: &[String]) -> Result<Vec<Bench>, Failure> {
    let known = || {
        BENCHES
            .iter()
            .map(|(name, _)| *name)
            .collect::<Vec<_>>()
            .join(", ")
    };
    if names.is_empty() {
        return Ok(BENCHES.to_vec());
    }
    let find = |name: &String| {
        let bench = BENCHES.iter().find(|(known, _)| known == name);
        bench
            .copied()
            .ok_or_else(|| Failure::new("Benches", format!("there is none called {name}"), known()))
    };
    names.iter().map(find).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_name_all_are_chosen() {
        assert_eq!(chosen(&[]).map(|all| all.len()).ok(), Some(BENCHES.len()));
    }

    #[test]
    fn an_unknown_name_is_answered_with_the_known_ones() {
        let failure = chosen(&["speed".to_owned()]).err();
        let text = failure
            .map(|failure| failure.to_string())
            .unwrap_or_default();
        assert!(
            text.contains("speed") && text.contains("first-token"),
            "{text}"
        );
    }
}
