//! The programs that are measured, each a process of its own, and where they are.

use std::fmt;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::Context;
use serde::de::DeserializeOwned;

/// Where the peers are, as `cargo xtask bench` installed them.
#[derive(Debug)]
pub(crate) struct Peers {
    /// Their sources, with the JavaScript ones' packages.
    sources: PathBuf,
    /// What was built of them.
    built: PathBuf,
    /// Where results go, and what is kept between runs.
    out: PathBuf,
}

/// A client of the streaming provider.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Client {
    /// One of this program's own.
    Ours(&'static str),
    /// One in Rust.
    Rust(&'static str),
    /// One in JavaScript.
    Node(&'static str),
    /// One in Python.
    Python(&'static str),
}

impl Client {
    /// Whether it only counts bytes.
    pub(crate) fn reads_no_text(self) -> bool {
        matches!(self, Self::Ours("drain" | "floor"))
    }
}

/// The peer's name in the tables.
impl fmt::Display for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Ours("drain") => "reqwest, drained",
            Self::Ours("floor") => "raw socket",
            Self::Ours(name) | Self::Rust(name) => name,
            Self::Node("ai-sdk") => "AI SDK (npm)",
            Self::Node(name) => match *name {
                "openai" => "openai (npm)",
                other => other,
            },
            Self::Python(_) => "openai (Python)",
        })
    }
}

impl Peers {
    /// Peers with their sources here and what was built there.
    pub(crate) fn at(sources: PathBuf, built: PathBuf, out: PathBuf) -> Self {
        Self {
            sources,
            built,
            out,
        }
    }

    /// Where results go, and what is kept between runs.
    pub(crate) fn out(&self) -> &Path {
        &self.out
    }

    /// A peer's source file.
    pub(crate) fn source(&self, path: &str) -> PathBuf {
        self.sources.join(path)
    }

    /// Runs a client to its end on the second processor, and returns what it found.
    pub(crate) fn client<T: DeserializeOwned>(
        &self,
        client: Client,
        base: &str,
        model: &str,
        times: usize,
    ) -> anyhow::Result<T> {
        let mut command = match client {
            Client::Ours(name) => {
                let mut command = Command::new(std::env::current_exe()?);
                command.args(["part", "stream-client", name]);
                command
            }
            Client::Rust(name) => {
                let mut command = Command::new(self.built.join("release/stream-peers"));
                command.arg(name);
                command
            }
            Client::Node(name) => {
                let mut command = Command::new("node");
                command.arg(self.sources.join("node").join(format!("{name}.mjs")));
                command
            }
            Client::Python(name) => {
                let mut command = Command::new(self.built.join("venv/bin/python"));
                command.arg(
                    self.sources
                        .join("python")
                        .join(format!("{name}_client.py")),
                );
                command
            }
        };
        command.args([base, model, &times.to_string()]);
        let output = on_processor(1, command)
            .stderr(Stdio::inherit())
            .output()
            .with_context(|| format!("starting {client}"))?;
        anyhow::ensure!(
            output.status.success(),
            "{client} ended with {}",
            output.status
        );
        serde_json::from_slice(&output.stdout)
            .with_context(|| format!("reading what {client} found"))
    }
}

/// A program that was built into the same folder as this one.
pub(crate) fn built_beside(name: &str) -> anyhow::Result<PathBuf> {
    let program = std::env::current_exe()?.with_file_name(name);
    anyhow::ensure!(program.exists(), "{} is not built", program.display());
    Ok(program)
}

/// The streaming provider, on the first processor. It ends with this value.
#[derive(Debug)]
pub(crate) struct Server {
    process: Child,
    base: String,
}

impl Server {
    /// Starts it.
    pub(crate) fn start() -> anyhow::Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["part", "stream-server"]);
        let mut process = on_processor(0, command)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let out = process.stdout.take().context("the server's output")?;
        let mut base = String::new();
        BufReader::new(out).read_line(&mut base)?;
        let base = base.trim().to_owned();
        Ok(Self { process, base })
    }

    /// The address that a client of the API is given.
    pub(crate) fn base(&self) -> &str {
        &self.base
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The same command on one processor, so that server and client do not take each other's time. Where
/// there is but one, or no `taskset`, it runs anywhere.
fn on_processor(number: usize, command: Command) -> Command {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    if processors < 2 || !std::path::Path::new("/usr/bin/taskset").exists() {
        return command;
    }
    let mut pinned = Command::new("/usr/bin/taskset");
    pinned.args(["--cpu-list", &number.to_string()]);
    pinned.arg(command.get_program()).args(command.get_args());
    pinned
}
