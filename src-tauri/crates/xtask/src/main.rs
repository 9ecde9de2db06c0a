//! The project's own commands, the same on every system: `cargo xtask start | setup | test | lint
//! | bench | package | tour`.
//!
//! It compiles in seconds and brings nothing but itself: what it needs of a machine beyond Rust, a
//! C compiler, Node.js and npm, it installs or names.

mod bench_peers;
mod cargo;
mod commands;
mod failure;
mod project;
mod run;
mod steps;
mod system;
mod tour;
mod ui;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

use crate::{
    commands::{bench, lint, package, setup, start, test},
    project::Project,
    system::Consent,
};

/// The project's own commands.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Install what the system lacks, build the app and start it. Without a display: the tour.
    Start {
        /// Install system packages without asking.
        #[arg(long)]
        yes: bool,
        /// Run the tour on a virtual display, even where there is a real one.
        #[arg(long)]
        tour: bool,
    },
    /// Install what building and testing need, and nothing else.
    Setup {
        /// Install system packages without asking.
        #[arg(long)]
        yes: bool,
    },
    /// Run all checks and tests: set-up included.
    Test {
        /// Install system packages without asking.
        #[arg(long)]
        yes: bool,
        /// Only formatting, clippy and documentation.
        #[arg(long, group = "part")]
        lint: bool,
        /// Only the Rust tests (the window's excepted).
        #[arg(long, group = "part")]
        rust: bool,
        /// Only the UI's checks and tests.
        #[arg(long, group = "part")]
        ui: bool,
        /// Only the tests in a real window.
        #[arg(long, group = "part")]
        window: bool,
    },
    /// Run the checks that need no program to run: formatting, clippy, documentation, UI lint.
    Lint,
    /// Measure the figures of docs/performance.md beside the peers they are compared with.
    Bench {
        /// Which benches; all unless named.
        names: Vec<String>,
        /// Install system packages without asking.
        #[arg(long)]
        yes: bool,
    },
    /// Build the release and what this system installs of it.
    Package {
        /// Install system packages without asking.
        #[arg(long)]
        yes: bool,
    },
    /// Drive the real app through its main job on a private desktop, with a picture of each step.
    Tour {
        /// Where the pictures and tour.json go.
        #[arg(long, default_value = "target/tour")]
        out: PathBuf,
        /// Install system packages without asking.
        #[arg(long)]
        yes: bool,
        /// Use the release build.
        #[arg(long)]
        release: bool,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = Project::find().and_then(|project| match arguments.command {
        Command::Start { yes, tour } => start::start(&project, Consent::from_flag(yes), tour),
        Command::Setup { yes } => setup::setup(&project, Consent::from_flag(yes)),
        Command::Test {
            yes,
            lint,
            rust,
            ui,
            window,
        } => {
            let parts = test::Parts::chosen(lint, rust, ui, window);
            test::test(&project, Consent::from_flag(yes), parts)
        }
        Command::Lint => lint::lint(&project),
        Command::Bench { names, yes } => bench::bench(&project, Consent::from_flag(yes), &names),
        Command::Package { yes } => package::package(&project, Consent::from_flag(yes)),
        Command::Tour { out, yes, release } => {
            tour::tour(&project, Consent::from_flag(yes), &out, release)
        }
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\n{failure}");
            ExitCode::FAILURE
        }
    }
}
