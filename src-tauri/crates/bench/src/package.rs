//! `package`: how large the product is, beside the smallest app of its kind.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;

use crate::peers::{Peers, built_beside};
use crate::report::{Report, Row};

const BARE: &str = "bare Tauri app";
/// What the product's design asks for, called once each, and nothing of the product.
const FLOOR: &str = "with the design's packages";

/// Runs the bench.
pub(crate) fn bench(peers: &Peers) -> anyhow::Result<Report> {
    let row = |figure, ours, bare, floor| {
        Row::new(figure, ours)
            .beside(BARE, bare)
            .beside(FLOOR, floor)
            .at_most_of(2.5, BARE)
    };
    let deb = |name| mb(&deb(name)?);
    let binary = |name| mb(&built_beside(name)?);
    let windows = peers.source("window");
    Ok(Report::new(
        "package",
        vec![
            row(".deb, MB", deb("Tuppence")?, deb("Bare")?, deb("Floor")?),
            row(
                "binary, MB",
                binary("tuppence")?,
                binary("bare-tauri")?,
                binary("floor-tauri")?,
            ),
            row(
                "packages it is built of",
                dependencies(&peers.source("../.."), "tuppence")?,
                dependencies(&windows, "bare-tauri")?,
                dependencies(&windows, "floor-tauri")?,
            ),
        ],
    ))
}

#[expect(clippy::cast_precision_loss)]
fn mb(file: &Path) -> anyhow::Result<f64> {
    let metadata = std::fs::metadata(file).with_context(|| file.display().to_string())?;
    Ok(metadata.len() as f64 / 1e6)
}

/// The newest package whose name begins like this.
fn deb(name: &str) -> anyhow::Result<PathBuf> {
    let folder = built_beside("bundle")?.join("deb");
    let entries = std::fs::read_dir(&folder).with_context(|| folder.display().to_string())?;
    let named = entries.flatten().filter(|entry| {
        let file = entry.file_name();
        let file = file.to_string_lossy();
        file.starts_with(name) && file.ends_with(".deb")
    });
    let newest = named.max_by_key(|entry| entry.metadata().and_then(|it| it.modified()).ok());
    Ok(newest
        .with_context(|| format!("no package of {name}"))?
        .path())
}

/// How many packages cargo links into it on this system, itself included.
#[expect(clippy::cast_precision_loss)]
fn dependencies(workspace: &Path, package: &str) -> anyhow::Result<f64> {
    let output = Command::new("cargo")
        .args([
            "tree",
            "--package",
            package,
            "--edges",
            "normal",
            "--prefix",
            "none",
        ])
        .args(["--format", "{p}"])
        .current_dir(workspace)
        .output()?;
    anyhow::ensure!(output.status.success(), "cargo tree: {}", output.status);
    let text = String::from_utf8(output.stdout)?;
    let distinct: HashSet<&str> = text
        .lines()
        .map(|line| line.trim_end_matches(" (*)"))
        .collect();
    Ok(distinct.len() as f64)
}
