//! Programs with a window, on a private desktop, measured from outside.

pub(crate) mod long;
pub(crate) mod markdown;
mod processes;
pub(crate) mod soak;
pub(crate) mod start;
mod talk;

use std::io::{BufRead as _, BufReader};
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context;
use private_desktop::{PrivateDesktop, Screen};
use rustix::process::{Pid, Signal, kill_process_group};

pub(crate) use self::processes::Tree;

/// How long a window may take to show something.
const PAINT_LIMIT: Duration = Duration::from_secs(60);
/// How often the screen is looked at.
const LOOK: Duration = Duration::from_millis(4);
/// A page has painted when so many of the pixels that are looked at stand out.
const INK: usize = 100;

/// A running program with its children.
#[derive(Debug)]
pub(crate) struct Program {
    leader: Child,
    started: Instant,
}

impl Program {
    /// Starts a program in a process group of its own.
    pub(crate) fn start(command: &mut Command) -> anyhow::Result<Self> {
        let name = command.get_program().to_owned();
        let started = Instant::now();
        let leader = command
            .process_group(0)
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("starting {}", name.display()))?;
        Ok(Self { leader, started })
    }

    /// Waits until the page has painted; returns the time since the start.
    pub(crate) fn painted(&self, screen: &Screen) -> anyhow::Result<Duration> {
        while self.started.elapsed() < PAINT_LIMIT {
            let (ink, ground) = screen.ink()?;
            if ink >= INK && ground != NOTHING {
                return Ok(self.started.elapsed());
            }
            std::thread::sleep(LOOK);
        }
        anyhow::bail!("the window stayed empty")
    }

    /// The first line that the program prints, awaited for at most `limit`.
    pub(crate) fn first_line(&mut self, limit: Duration) -> anyhow::Result<String> {
        let out = self.leader.stdout.take().context("the program's output")?;
        let (sender, printed) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let mut line = String::new();
            let read = BufReader::new(out).read_line(&mut line);
            // Nobody waits any more if this fails.
            let _ = sender.send(read.map(|_| line));
        });
        Ok(printed
            .recv_timeout(limit)
            .context("nothing was printed")??)
    }

    /// The program and its children.
    pub(crate) fn processes(&self) -> Tree {
        Tree::of(self.leader.id())
    }
}

/// The whole group ends with the value.
impl Drop for Program {
    fn drop(&mut self) {
        if let Some(group) = Pid::from_raw(self.leader.id().cast_signed()) {
            let _ = kill_process_group(group, Signal::TERM);
            std::thread::sleep(Duration::from_millis(300));
            let _ = kill_process_group(group, Signal::KILL);
        }
        let _ = self.leader.wait();
    }
}

/// The colour of a screen without a window.
const NOTHING: [u8; 3] = [0; 3];

/// Waits until the last window has gone from the screen.
pub(crate) fn wait_for_empty(desktop: &PrivateDesktop) -> anyhow::Result<Screen> {
    let screen = desktop.screen()?;
    let started = Instant::now();
    loop {
        let (ink, ground) = screen.ink()?;
        // The pointer stays.
        if ink < INK && ground == NOTHING {
            return Ok(screen);
        }
        anyhow::ensure!(
            started.elapsed() < PAINT_LIMIT,
            "a window stayed on the screen"
        );
        std::thread::sleep(LOOK);
    }
}
