use std::{
    ffi::OsString,
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
    sync::{Mutex, PoisonError},
};

use tempfile::TempDir;

use crate::{
    DesktopError, Keyring, OpenedUrls, Screen, bus::Bus, display::Display, keyring::KeyringDaemon,
    process::ProcessGroup,
};

/// What kind of desktop to start.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Width and height of the screen in pixels.
    pub size: (u32, u32),
    /// Whether openbox draws title bars and keeps the stacking order.
    pub window_manager: bool,
    /// The keychain's state.
    pub keyring: Keyring,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            size: (1280, 800),
            window_manager: false,
            keyring: Keyring::Unlocked,
        }
    }
}

/// A display, a session bus, a keychain and a home directory that end with this value.
#[derive(Debug)]
pub struct PrivateDesktop {
    // Fields are dropped in this order: programs before the display and bus they use.
    _window_manager: Option<ProcessGroup>,
    keyring: Mutex<KeyringDaemon>,
    opened_urls: OpenedUrls,
    bus: Bus,
    display: Display,
    directories: Directories,
}

/// The desktop's own directories, each 0700.
#[derive(Debug)]
struct Directories {
    root: TempDir,
}

/// What of our own environment programs on the desktop may see: nothing personal, no secret.
const PASSED_ON: [&str; 5] = [
    "PATH",
    "TMPDIR",
    "RUST_LOG",
    "RUST_BACKTRACE",
    "LLVM_PROFILE_FILE",
];

impl PrivateDesktop {
    /// Starts a desktop.
    ///
    /// # Errors
    /// [`DesktopError`] says what is missing or did not start, with the end of its output.
    pub fn start(options: Options) -> Result<Self, DesktopError> {
        let directories = Directories::create()?;
        let log_dir = directories.path("log");
        let display = Display::start(options.size, &log_dir)?;
        let bus = Bus::start(&directories.path("run"), &log_dir)?;
        let opened_urls = OpenedUrls::register(
            &directories.path("bin"),
            &directories.path("share"),
            &directories.path("config"),
        )?;
        let mut desktop = Self {
            _window_manager: None,
            keyring: Mutex::new(KeyringDaemon::new()?),
            opened_urls,
            bus,
            display,
            directories,
        };
        desktop.set_keyring(options.keyring)?;
        if options.window_manager {
            let mut openbox = desktop.command("openbox");
            desktop._window_manager = Some(ProcessGroup::spawn(&mut openbox, "openbox", &log_dir)?);
        }
        Ok(desktop)
    }

    /// A command that will run on this desktop, and see nothing of the one we run on.
    pub fn command(&self, program: impl Into<OsString>) -> Command {
        let mut command = Command::new(program.into());
        command.env_clear().envs(self.environment());
        command
    }

    /// The environment of programs on this desktop.
    #[must_use]
    pub fn environment(&self) -> Vec<(String, OsString)> {
        let mut environment: Vec<(String, OsString)> = PASSED_ON
            .iter()
            .filter_map(|name| Some(((*name).to_owned(), std::env::var_os(name)?)))
            .collect();
        let mut set = |name: &str, value: OsString| environment.push((name.to_owned(), value));
        set("HOME", self.home().into());
        set("XDG_CONFIG_HOME", self.directories.path("config").into());
        set("XDG_DATA_HOME", self.directories.path("share").into());
        set("XDG_STATE_HOME", self.directories.path("state").into());
        set("XDG_CACHE_HOME", self.directories.path("cache").into());
        set("XDG_RUNTIME_DIR", self.directories.path("run").into());
        set("DISPLAY", self.display.name.clone().into());
        set("DBUS_SESSION_BUS_ADDRESS", self.bus.address.clone().into());
        // Not `generic`: there, xdg-open 1.1.3 cannot run an entry whose command is quoted.
        set("XDG_CURRENT_DESKTOP", "GNOME".into());
        set("XDG_SESSION_TYPE", "x11".into());
        set("GDK_BACKEND", "x11".into());
        set("GSETTINGS_BACKEND", "memory".into());
        set("NO_AT_BRIDGE", "1".into());
        set("LANG", "C.UTF-8".into());
        environment
    }

    /// What is on the screen now.
    ///
    /// # Errors
    /// [`DesktopError::Io`] if the server's file cannot be read.
    pub fn screen(&self) -> Result<Screen, DesktopError> {
        Screen::open(&self.display.framebuffer)
    }

    /// The home directory.
    #[must_use]
    pub fn home(&self) -> PathBuf {
        self.directories.path("home")
    }

    /// Where programs write their output, one file each.
    #[must_use]
    pub fn log_dir(&self) -> PathBuf {
        self.directories.path("log")
    }

    /// The directory above all others of this desktop: what a leak test searches.
    #[must_use]
    pub fn root(&self) -> &Path {
        self.directories.root.path()
    }

    /// What the default browser was asked to open.
    #[must_use]
    pub fn opened_urls(&self) -> &OpenedUrls {
        &self.opened_urls
    }

    /// Brings the keychain into another state while programs run. What it holds stays.
    ///
    /// # Errors
    /// [`DesktopError`] if the service does not get there within 20 s.
    pub fn set_keyring(&self, state: Keyring) -> Result<(), DesktopError> {
        let environment = self.environment();
        let command = || {
            let mut command = Command::new("gnome-keyring-daemon");
            command.env_clear().envs(environment.clone());
            command
        };
        let log_dir = self.directories.path("log");
        let mut keyring = self.keyring.lock().unwrap_or_else(PoisonError::into_inner);
        keyring.set(state, &self.bus, command, &log_dir)
    }
}

impl Directories {
    fn create() -> Result<Self, DesktopError> {
        // Under /tmp, as the path of a socket may have no more than 107 bytes.
        let root = tempfile::Builder::new()
            .prefix("private-desktop-")
            .permissions(fs::Permissions::from_mode(0o700))
            .tempdir_in("/tmp")
            .map_err(DesktopError::io("making the desktop's directory"))?;
        let directories = Self { root };
        for name in [
            "home", "config", "share", "state", "cache", "run", "bin", "log",
        ] {
            let path = directories.path(name);
            fs::create_dir(&path)
                .and_then(|()| fs::set_permissions(&path, fs::Permissions::from_mode(0o700)))
                .map_err(DesktopError::io(format!("making {}", path.display())))?;
        }
        Ok(directories)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }
}
