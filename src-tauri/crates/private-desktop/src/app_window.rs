use std::{
    ffi::{OsStr, OsString},
    fs,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::json;

use crate::{DesktopError, PrivateDesktop, driver::Driver, webdriver::WebDriver};

/// A WebKitGTK app and how to start it.
#[derive(Clone, Debug)]
pub struct App {
    binary: PathBuf,
    arguments: Vec<String>,
    environment: Vec<(OsString, OsString)>,
}

impl App {
    /// An app by its binary.
    pub fn new(binary: impl Into<PathBuf>) -> Self {
        Self {
            binary: binary.into(),
            arguments: Vec::new(),
            environment: Vec::new(),
        }
    }

    /// Adds an argument.
    #[must_use]
    pub fn arg(mut self, argument: &str) -> Self {
        self.arguments.push(argument.to_owned());
        self
    }

    /// Sets an environment variable.
    #[must_use]
    pub fn env(mut self, name: impl AsRef<OsStr>, value: impl AsRef<OsStr>) -> Self {
        self.environment
            .push((name.as_ref().to_owned(), value.as_ref().to_owned()));
        self
    }
}

/// The window of a running app on a private desktop, driven from outside.
#[derive(Debug)]
pub struct AppWindow<'d> {
    desktop: &'d PrivateDesktop,
    app: App,
    page: WebDriver,
    driver: Driver,
}

/// How long an app has to end after its window was closed, or it was killed.
const CLOSE_LIMIT: Duration = Duration::from_secs(10);

impl<'d> AppWindow<'d> {
    /// Starts the app and waits for its window.
    ///
    /// # Errors
    /// [`DesktopError`] with the app's last output when no window comes.
    pub fn launch(desktop: &'d PrivateDesktop, app: App) -> Result<Self, DesktopError> {
        // Without the first two, a Tauri app opens no window for a driver, and the driver waits
        // for ever. The app inherits its environment from the driver.
        let mut environment: Vec<(OsString, OsString)> = vec![
            ("TAURI_AUTOMATION".into(), "true".into()),
            ("TAURI_WEBVIEW_AUTOMATION".into(), "true".into()),
        ];
        environment.extend(app.environment.iter().cloned());
        let driver = Driver::start(desktop, "WebKitWebDriver", &environment)?;
        let capabilities = json!({
            "webkitgtk:browserOptions": {"binary": app.binary, "args": app.arguments}
        });
        let mut has_started = false;
        let page = driver.new_session(&capabilities, || {
            let runs = !processes_of_binary(driver.group(), &app.binary).is_empty();
            has_started |= runs;
            has_started && !runs
        })?;
        Ok(Self {
            desktop,
            app,
            page,
            driver,
        })
    }

    /// The page in the window.
    #[must_use]
    pub fn page(&self) -> &WebDriver {
        &self.page
    }

    /// Process ids of the app (not of the web view's own processes).
    #[must_use]
    pub fn process_ids(&self) -> Vec<u32> {
        processes_of_binary(self.driver.group(), &self.app.binary)
    }

    /// Closes the window and waits until the app has ended.
    ///
    /// # Errors
    /// [`DesktopError::Timeout`] when the app goes on without its window.
    pub fn close(self) -> Result<App, DesktopError> {
        let apps = self.process_ids();
        self.page.close()?;
        until_ended(&apps)?;
        Ok(self.app)
    }

    /// Closes the window and starts the app again, as the same person would.
    ///
    /// # Errors
    /// [`DesktopError`] when it does not end or does not come back.
    pub fn restart(self) -> Result<Self, DesktopError> {
        let desktop = self.desktop;
        Self::launch(desktop, self.close()?)
    }

    /// Ends the app as a power cut would (SIGKILL), without a chance to save, and waits until it has ended.
    ///
    /// # Errors
    /// [`DesktopError::Io`] when the system refuses, [`DesktopError::Timeout`].
    pub fn kill(self) -> Result<App, DesktopError> {
        let apps = self.process_ids();
        for pid in &apps {
            if let Some(pid) = Pid::from_raw(pid.cast_signed()) {
                kill_process(pid, Signal::KILL)
                    .map_err(|error| DesktopError::io("killing the app")(error.into()))?;
            }
        }
        until_ended(&apps)?;
        Ok(self.app)
    }
}

fn until_ended(apps: &[u32]) -> Result<(), DesktopError> {
    let deadline = Instant::now() + CLOSE_LIMIT;
    while apps.iter().any(|pid| is_running(*pid)) {
        if Instant::now() >= deadline {
            return Err(DesktopError::Timeout {
                what: "the app to end".to_owned(),
                limit: CLOSE_LIMIT,
                details: String::new(),
            });
        }
        thread::sleep(Duration::from_millis(10));
    }
    Ok(())
}

/// Process ids in this process group that run this binary.
fn processes_of_binary(group: u32, binary: &Path) -> Vec<u32> {
    let Ok(binary) = fs::canonicalize(binary) else {
        return Vec::new();
    };
    let runs_it = |pid: &u32| {
        fs::read_link(format!("/proc/{pid}/exe")).is_ok_and(|executable| executable == binary)
    };
    processes_of_group(group)
        .into_iter()
        .filter(runs_it)
        .collect()
}

/// Process ids with this process group, from `/proc/<pid>/stat` (field 5, proc(5)).
fn processes_of_group(group: u32) -> Vec<u32> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    entries
        .filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok())
        .filter(|pid| process_fields(*pid).is_some_and(|(_, of)| of == group))
        .collect()
}

fn is_running(pid: u32) -> bool {
    process_fields(pid).is_some_and(|(state, _)| state != 'Z')
}

/// State and process group of a process.
fn process_fields(pid: u32) -> Option<(char, u32)> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name in parentheses may hold spaces and parentheses itself.
    let mut fields = stat[stat.rfind(')')? + 1..].split_whitespace();
    let state = fields.next()?.chars().next()?;
    let group = fields.nth(1)?.parse().ok()?;
    Some((state, group))
}
