//! Programs that end with the value that stands for them.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};

use crate::DesktopError;

/// How long a program has to end by itself after SIGTERM.
const GRACE: Duration = Duration::from_secs(2);
const POLL: Duration = Duration::from_millis(10);

/// A program and all its children, in a process group of their own.
#[derive(Debug)]
pub(crate) struct ProcessGroup {
    name: String,
    leader: Child,
    log: PathBuf,
    ended: bool,
    guard: Option<Guard>,
}

/// A shell that kills the group if this process dies without having done so: its standard input
/// is a pipe that only this process holds.
#[derive(Debug)]
struct Guard {
    shell: Child,
    pipe: ChildStdin,
}

impl ProcessGroup {
    /// Starts `command` with its output going to `<log_dir>/<name>.log`.
    pub(crate) fn spawn(
        command: &mut Command,
        name: &str,
        log_dir: &Path,
    ) -> Result<Self, DesktopError> {
        let log = log_dir.join(format!("{name}.log"));
        let out = open_log(&log)?;
        command.stdout(out);
        Self::spawn_with_stdout_set(command, name, log)
    }

    /// Starts a program that says on standard output where it can be reached: returns its first
    /// line too. What it says later goes to its log.
    pub(crate) fn spawn_announcing(
        command: &mut Command,
        name: &str,
        log_dir: &Path,
        limit: Duration,
    ) -> Result<(Self, String), DesktopError> {
        let log = log_dir.join(format!("{name}.log"));
        command.stdout(Stdio::piped());
        let mut group = Self::spawn_with_stdout_set(command, name, log)?;
        let Some(stdout) = group.leader.stdout.take() else {
            return Err(group.timeout("its standard output", limit));
        };
        let mut rest = open_log(&group.log)?;
        let (sender, receiver) = mpsc::channel();
        thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                // The receiver is gone after the first line; the pipe must be drained all the same.
                let _ = sender.send(line.clone());
                let _ = writeln!(rest, "{line}");
            }
        });
        match receiver.recv_timeout(limit) {
            Ok(line) => Ok((group, line)),
            Err(mpsc::RecvTimeoutError::Timeout) => Err(group.timeout("its address", limit)),
            Err(mpsc::RecvTimeoutError::Disconnected) => Err(group.ended_too_early()),
        }
    }

    fn spawn_with_stdout_set(
        command: &mut Command,
        name: &str,
        log: PathBuf,
    ) -> Result<Self, DesktopError> {
        use std::os::unix::process::CommandExt;
        let program = command.get_program().to_string_lossy().into_owned();
        let leader = command
            .stderr(open_log(&log)?)
            .process_group(0)
            .spawn()
            .map_err(|source| match source.kind() {
                std::io::ErrorKind::NotFound => DesktopError::NotInstalled { program },
                _ => DesktopError::Io {
                    action: format!("starting {name}"),
                    source,
                },
            })?;
        let mut group = Self {
            name: name.to_owned(),
            leader,
            log,
            ended: false,
            guard: None,
        };
        group.guard = Some(Guard::over(group.leader.id())?);
        Ok(group)
    }

    /// The group's id, which is its leader's process id.
    pub(crate) fn id(&self) -> u32 {
        self.leader.id()
    }

    /// Hands the standard input over (once), for a `command` with `stdin(Stdio::piped())`.
    pub(crate) fn take_stdin(&mut self) -> Option<ChildStdin> {
        self.leader.stdin.take()
    }

    /// Calls `ready` until it gives a value; gives up when the program ends or `limit` is over.
    pub(crate) fn wait_until<T>(
        &mut self,
        what: &str,
        limit: Duration,
        mut ready: impl FnMut() -> Option<T>,
    ) -> Result<T, DesktopError> {
        let deadline = Instant::now() + limit;
        loop {
            if let Some(value) = ready() {
                return Ok(value);
            }
            if !self.is_running() {
                return Err(self.ended_too_early());
            }
            if Instant::now() >= deadline {
                return Err(self.timeout(what, limit));
            }
            thread::sleep(POLL);
        }
    }

    /// Ends the whole group: SIGTERM, a moment to obey, SIGKILL. Bounded; harmless if repeated.
    pub(crate) fn end(&mut self) {
        if std::mem::replace(&mut self.ended, true) {
            return;
        }
        let group = Pid::from_raw(self.leader.id().cast_signed());
        if let Some(group) = group {
            let _ = kill_process_group(group, Signal::TERM);
            let deadline = Instant::now() + GRACE;
            while self.is_running() && Instant::now() < deadline {
                thread::sleep(POLL);
            }
            // The leader has not been reaped yet, so the number still means this group.
            let _ = kill_process_group(group, Signal::KILL);
        }
        let _ = self.leader.wait();
        if let Some(guard) = self.guard.take() {
            guard.dismiss();
        }
    }

    /// Whether the leader still runs. Leaves it unreaped, so that its number stays reserved.
    fn is_running(&self) -> bool {
        let Some(pid) = Pid::from_raw(self.leader.id().cast_signed()) else {
            return false;
        };
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        matches!(waitid(WaitId::Pid(pid), options), Ok(None))
    }

    fn ended_too_early(&mut self) -> DesktopError {
        self.ended = true;
        match self.leader.wait() {
            Ok(status) => DesktopError::Ended {
                program: self.name.clone(),
                status,
                output: self.last_output(),
            },
            Err(source) => DesktopError::Io {
                action: format!("waiting for {}", self.name),
                source,
            },
        }
    }

    fn timeout(&self, what: &str, limit: Duration) -> DesktopError {
        DesktopError::Timeout {
            what: format!("{what} ({})", self.name),
            limit,
            details: self.last_output(),
        }
    }

    /// The last lines the program wrote.
    pub(crate) fn last_output(&self) -> String {
        let text = fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(15)..].join("\n")
    }
}

impl Drop for ProcessGroup {
    fn drop(&mut self) {
        self.end();
    }
}

impl Guard {
    fn over(group: u32) -> Result<Self, DesktopError> {
        use std::os::unix::process::CommandExt;
        let mut shell = Command::new("/bin/sh")
            .args([
                "-c",
                "read -r dismissed || kill -s KILL -- \"-$0\"",
                &group.to_string(),
            ])
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(DesktopError::io("starting /bin/sh"))?;
        let pipe = shell.stdin.take().ok_or_else(|| DesktopError::Io {
            action: "reaching /bin/sh".to_owned(),
            source: std::io::ErrorKind::BrokenPipe.into(),
        })?;
        Ok(Self { shell, pipe })
    }

    fn dismiss(mut self) {
        let _ = self.pipe.write_all(b"dismissed\n");
        drop(self.pipe);
        let _ = self.shell.wait();
    }
}

fn open_log(path: &Path) -> Result<File, DesktopError> {
    File::options()
        .create(true)
        .append(true)
        .open(path)
        .map_err(DesktopError::io(format!("opening {}", path.display())))
}
