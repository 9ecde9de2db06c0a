use std::{
    env,
    ffi::OsString,
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::PathBuf,
    process::Stdio,
    sync::mpsc,
    thread,
    time::Duration,
};

use serde_json::Value;

use crate::{
    DesktopError, PrivateDesktop,
    process::ProcessGroup,
    webdriver::{WebDriver, WebDriverError},
};

const READY_LIMIT: Duration = Duration::from_secs(20);
const ATTEMPTS: usize = 3;

/// A running WebDriver server; the windows it opened end with it.
#[derive(Debug)]
pub(crate) struct Driver {
    process: ProcessGroup,
    address: String,
}

impl Driver {
    /// Starts `program --port=N` on the desktop with these variables added to its environment,
    /// which is also that of the programs it starts.
    pub(crate) fn start(
        desktop: &PrivateDesktop,
        program: &str,
        environment: &[(OsString, OsString)],
    ) -> Result<Self, DesktopError> {
        let mut attempt = 1;
        loop {
            match Self::start_on_a_free_port(desktop, program, environment) {
                // Somebody else took the port in between.
                Err(DesktopError::Ended { .. }) if attempt < ATTEMPTS => attempt += 1,
                outcome => return outcome,
            }
        }
    }

    fn start_on_a_free_port(
        desktop: &PrivateDesktop,
        program: &str,
        environment: &[(OsString, OsString)],
    ) -> Result<Self, DesktopError> {
        let port = free_port()?;
        let mut command = desktop.command(find_program(program)?);
        command
            .arg(format!("--port={port}"))
            .envs(environment.iter().cloned())
            .stdin(Stdio::null());
        let mut process = ProcessGroup::spawn(&mut command, program, &desktop.log_dir())?;
        process.wait_until("its port", READY_LIMIT, || {
            TcpStream::connect((Ipv4Addr::LOCALHOST, port)).ok()
        })?;
        Ok(Self {
            process,
            address: format!("http://127.0.0.1:{port}"),
        })
    }

    /// Opens a window. When that fails, the error has the driver's last words.
    ///
    /// A driver waits for ever for a program that crashed; `has_ended` tells that it did.
    pub(crate) fn new_session(
        &self,
        capabilities: &Value,
        mut has_ended: impl FnMut() -> bool,
    ) -> Result<WebDriver, DesktopError> {
        let (sender, answer) = mpsc::channel();
        let (address, capabilities) = (self.address.clone(), capabilities.clone());
        thread::spawn(move || sender.send(WebDriver::new_session(&address, &capabilities)));
        loop {
            let source = match answer.recv_timeout(Duration::from_millis(10)) {
                Ok(Ok(page)) => return Ok(page),
                Ok(Err(error)) => error,
                Err(_) if has_ended() => WebDriverError::Gone,
                Err(_) => continue,
            };
            return Err(DesktopError::SessionRefused {
                output: self.process.last_output(),
                source,
            });
        }
    }

    /// The process group that the driver and everything it started are in.
    pub(crate) fn group(&self) -> u32 {
        self.process.id()
    }
}

/// Where a program is by our own `PATH`: the app may be given another one.
fn find_program(name: &str) -> Result<PathBuf, DesktopError> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
        .ok_or_else(|| DesktopError::NotInstalled {
            program: name.to_owned(),
        })
}

fn free_port() -> Result<u16, DesktopError> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(DesktopError::io("looking for a free port"))
}
