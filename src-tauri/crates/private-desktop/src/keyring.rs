use std::{
    fs::File,
    io::{Read, Write},
    process::{Command, Stdio},
    time::Duration,
};

use zbus::{
    blocking::Connection,
    zvariant::{OwnedObjectPath, OwnedValue},
};

use crate::{DesktopError, bus::Bus, process::ProcessGroup};

/// The keychain of a private desktop.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keyring {
    /// A Secret Service with an unlocked default collection.
    #[default]
    Unlocked,
    /// A Secret Service whose default collection is locked, and nobody to ask for the password.
    Locked,
    /// No Secret Service on the bus.
    Absent,
}

const LIMIT: Duration = Duration::from_secs(20);
const SERVICE: &str = "org.freedesktop.secrets";

/// The running keychain and the random password of its one collection.
#[derive(Debug)]
pub(crate) struct KeyringDaemon {
    password: String,
    process: Option<ProcessGroup>,
}

impl KeyringDaemon {
    pub(crate) fn new() -> Result<Self, DesktopError> {
        let mut bytes = [0_u8; 24];
        File::open("/dev/urandom")
            .and_then(|mut random| random.read_exact(&mut bytes))
            .map_err(DesktopError::io("reading random bytes"))?;
        let password = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Self {
            password,
            process: None,
        })
    }

    /// Brings the keychain into a state, whatever it was in before. What it holds stays.
    pub(crate) fn set(
        &mut self,
        state: Keyring,
        bus: &Bus,
        mut command: impl FnMut() -> Command,
        log_dir: &std::path::Path,
    ) -> Result<(), DesktopError> {
        self.process = None;
        if state == Keyring::Absent {
            return Ok(());
        }
        // Unlocking once is also what makes the collection, so a locked one begins this way too.
        let mut daemon = command();
        daemon
            .args(["--unlock", "--foreground", "--components=secrets"])
            .stdin(Stdio::piped());
        let mut process = ProcessGroup::spawn(&mut daemon, "gnome-keyring", log_dir)?;
        if let Some(mut stdin) = process.take_stdin() {
            stdin
                .write_all(self.password.as_bytes())
                .map_err(DesktopError::io("unlocking the keyring"))?;
        }
        wait_for_collection(&mut process, bus, false)?;
        if state == Keyring::Locked {
            process.end();
            let mut daemon = command();
            daemon
                .args(["--foreground", "--components=secrets"])
                .stdin(Stdio::null());
            process = ProcessGroup::spawn(&mut daemon, "gnome-keyring", log_dir)?;
            wait_for_collection(&mut process, bus, true)?;
        }
        self.process = Some(process);
        Ok(())
    }
}

/// Waits until the default collection exists and is, or is not, locked.
fn wait_for_collection(
    process: &mut ProcessGroup,
    bus: &Bus,
    locked: bool,
) -> Result<(), DesktopError> {
    let connection = bus.connect()?;
    process.wait_until("the default keyring", LIMIT, || {
        let is_locked = default_collection_is_locked(&connection).ok()?;
        (is_locked == locked).then_some(())
    })
}

/// Both calls come from one caller: gnome-keyring, once in thousands of times, reads a property
/// before it has noted who asks, and aborts. A method called first only finds nothing then.
fn default_collection_is_locked(connection: &Connection) -> zbus::Result<bool> {
    let alias = connection.call_method(
        Some(SERVICE),
        "/org/freedesktop/secrets",
        Some("org.freedesktop.Secret.Service"),
        "ReadAlias",
        &("default",),
    )?;
    let collection: OwnedObjectPath = alias.body().deserialize()?;
    let property = connection.call_method(
        Some(SERVICE),
        collection,
        Some("org.freedesktop.DBus.Properties"),
        "Get",
        &("org.freedesktop.Secret.Collection", "Locked"),
    )?;
    let locked: OwnedValue = property.body().deserialize()?;
    Ok(bool::try_from(locked)?)
}
