//! Measures the figures of `docs/performance.md`, beside the peers that they are compared with.
//!
//! `cargo xtask bench` builds this in the release profile, installs the peers and runs it. Each bench
//! checks that everybody's output is the same before it compares speed, takes turns between the
//! programs it compares, and keeps medians. CPU time is that of the measured process alone.

mod clock;
mod corpus;
mod first_token;
mod markdown_chunks;
mod package;
mod peers;
mod provider;
mod refresh;
mod report;
mod search;
mod sign_in;
mod stream;
mod table;
#[cfg(target_os = "linux")]
mod window;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::peers::Peers;

/// Measures figures beside named peers.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run benches and write a JSON file for each.
    Run {
        /// Which benches; all that were compiled in unless named.
        names: Vec<String>,
        /// The folder with the peers' sources.
        #[arg(long)]
        peers: PathBuf,
        /// The folder with what was built of them.
        #[arg(long)]
        built: PathBuf,
        /// Where the JSON files go.
        #[arg(long)]
        out: PathBuf,
    },
    /// Print what was measured as a table in Markdown.
    Table {
        /// Where the JSON files are.
        #[arg(long, default_value = "target/bench")]
        out: PathBuf,
    },
    /// One of our own measured processes; started by `run`.
    #[command(subcommand, hide = true)]
    Part(Part),
}

/// What `run` starts as a process of its own.
#[derive(Subcommand)]
enum Part {
    /// The provider that streams; prints its address.
    StreamServer,
    /// A client of it; prints what it found as JSON.
    StreamClient(stream::client::Arguments),
    /// A process that needs a fresh access token.
    RefreshCaller(refresh::Arguments),
}

/// A bench: its name and how it is run.
type Bench = (&'static str, fn(&Peers) -> anyhow::Result<report::Report>);

/// Every bench, in the order of `docs/performance.md`.
const BENCHES: &[Bench] = &[
    ("stream", stream::bench),
    ("first-token", first_token::bench),
    ("refresh", refresh::bench),
    ("sign-in", sign_in::bench),
    ("search", search::bench),
    ("markdown-chunks", markdown_chunks::bench),
    #[cfg(target_os = "linux")]
    ("markdown", window::markdown::bench),
    #[cfg(target_os = "linux")]
    ("long", window::long::bench),
    #[cfg(target_os = "linux")]
    ("start", window::start::bench),
    #[cfg(target_os = "linux")]
    ("soak", window::soak::bench),
    ("package", package::bench),
];

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Run {
            names,
            peers,
            built,
            out,
        } => run(&names, &Peers::at(peers, built, out)),
        Command::Table { out } => {
            let names: Vec<&str> = BENCHES.iter().map(|(name, _)| *name).collect();
            table::print(&out, &names)
        }
        Command::Part(Part::StreamServer) => stream::server::serve(),
        Command::Part(Part::StreamClient(arguments)) => stream::client::run(&arguments),
        Command::Part(Part::RefreshCaller(arguments)) => refresh::call(&arguments),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(names: &[String], peers: &Peers) -> anyhow::Result<()> {
    for name in names {
        anyhow::ensure!(
            BENCHES.iter().any(|(known, _)| known == name),
            "there is no bench {name:?}; there are {}",
            BENCHES
                .iter()
                .map(|(name, _)| *name)
                .collect::<Vec<_>>()
                .join(", ")
        );
    }
    std::fs::create_dir_all(peers.out())?;
    for (name, bench) in BENCHES {
        if !names.is_empty() && !names.iter().any(|chosen| chosen == name) {
            continue;
        }
        eprintln!("== {name}");
        let report = bench(peers)?;
        println!("{report}");
        report.write(&peers.out().join(format!("{name}.json")))?;
    }
    Ok(())
}
