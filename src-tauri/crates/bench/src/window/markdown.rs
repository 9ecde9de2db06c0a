//! `markdown`: a 40 KB answer in 2,000 pieces, in a real WebKitGTK window, layout forced after each.

use std::process::Stdio;
use std::time::Duration;

use anyhow::Context;
use private_desktop::{Options, PrivateDesktop};
use serde::Deserialize;

use super::Program;
use crate::clock::median;
use crate::peers::{Peers, built_beside};
use crate::report::{Report, Row};

/// The engines, the names they have in the tables, and how many rounds they take part in: a minute is
/// long enough to be its own average.
const ENGINES: [(&str, &str, usize); 6] = [
    ("ours", "ours", 5),
    ("ours-each", "ours, a message for each piece", 3),
    ("smd", SMD, 5),
    ("marked-blocks", "marked + DOMPurify by blocks", 3),
    ("streamdown", "streamdown", 1),
    ("react-markdown", REACT, 1),
];
const REACT: &str = "react-markdown";
const SMD: &str = "smd";

/// The longest that one engine may take for the answer; the slowest takes a minute.
const LIMIT: Duration = Duration::from_secs(300);

/// What the page found.
#[derive(Deserialize)]
struct Found {
    total_ms: f64,
    updates: usize,
    slow_updates: f64,
    slowest_ms: f64,
    text: String,
}

/// Runs the bench.
pub(crate) fn bench(_: &Peers) -> anyhow::Result<Report> {
    let desktop = PrivateDesktop::start(Options::default())?;
    let mut found: Vec<Vec<Found>> = ENGINES.iter().map(|_| Vec::new()).collect();
    let rounds = ENGINES
        .iter()
        .map(|(_, _, rounds)| *rounds)
        .max()
        .unwrap_or(0);
    for round in 0..rounds {
        for ((engine, name, rounds), found) in ENGINES.iter().zip(&mut found) {
            if round < *rounds {
                let one = show(&desktop, engine)?;
                eprintln!("   {name}: {:.0} ms, {} updates", one.total_ms, one.updates);
                found.push(one);
            }
        }
    }
    check_texts(&found)?;
    let of = |value: fn(&Found) -> f64| -> Vec<f64> {
        let values = |all: &Vec<Found>| all.iter().map(value).collect::<Vec<_>>();
        found.iter().map(|all| median(&values(all))).collect()
    };
    let row = |figure: &str, values: &[f64]| {
        let peers = ENGINES.iter().zip(values).skip(1);
        peers.fold(Row::new(figure, values[0]), |row, ((_, name, _), value)| {
            row.beside(*name, *value)
        })
    };
    let totals = of(|found| found.total_ms);
    let smd = ENGINES
        .iter()
        .zip(&totals)
        .find(|((_, name, _), _)| *name == SMD);
    let (_, smd) = smd.context("smd takes part")?;
    Ok(Report::new(
        "markdown",
        vec![
            row("the whole answer, ms", &totals).at_most_of(1.0 / 40.0, REACT),
            Row::new("the whole answer, ms, beside smd", totals[0])
                .beside(SMD, *smd)
                .at_most_of(1.5, SMD),
            row("updates over 16.7 ms", &of(|found| found.slow_updates)).at_most(0.0),
            row("slowest update, ms", &of(|found| found.slowest_ms)),
        ],
    ))
}

/// Everybody shows the same words; one line end more or less is none.
fn check_texts(found: &[Vec<Found>]) -> anyhow::Result<()> {
    let text = |at: usize| found[at].first().map(|found| found.text.as_str());
    let expected = text(0).context("no text")?;
    for (at, (_, name, _)) in ENGINES.iter().enumerate() {
        let other = text(at).context("no text")?;
        let differs = expected
            .chars()
            .zip(other.chars())
            .position(|(a, b)| a != b);
        let around = |text: &str, at: usize| {
            text.chars()
                .skip(at.saturating_sub(30))
                .take(60)
                .collect::<String>()
        };
        if let Some(at) = differs {
            anyhow::bail!(
                "{name} shows {:?}, not {:?}",
                around(other, at),
                around(expected, at)
            );
        }
        anyhow::ensure!(other.len() == expected.len(), "{name} shows more or less");
    }
    Ok(())
}

fn show(desktop: &PrivateDesktop, engine: &str) -> anyhow::Result<Found> {
    let mut command = desktop.command(built_beside("markdown-window")?);
    command.arg(engine).stdout(Stdio::piped());
    let line = Program::start(&mut command)?.first_line(LIMIT)?;
    serde_json::from_str(&line).with_context(|| format!("{engine}: {line}"))
}
