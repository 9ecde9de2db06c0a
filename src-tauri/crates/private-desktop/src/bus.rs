use std::{
    fs, io,
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

use zbus::blocking::{Connection, connection::Builder};

use crate::{DesktopError, process::ProcessGroup};

/// A session bus on which nothing starts by itself: a service is there because it was started.
#[derive(Debug)]
pub(crate) struct Bus {
    /// What `DBUS_SESSION_BUS_ADDRESS` is set to.
    pub(crate) address: String,
    _daemon: ProcessGroup,
}

const CONFIG: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=SOCKET</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

impl Bus {
    /// Starts a bus whose socket is in `runtime_dir`.
    pub(crate) fn start(runtime_dir: &Path, log_dir: &Path) -> Result<Self, DesktopError> {
        let config = runtime_dir.join("bus.conf");
        let socket = runtime_dir.join("bus");
        fs::write(&config, CONFIG.replace("SOCKET", &socket.to_string_lossy()))
            .map_err(DesktopError::io("writing the bus configuration"))?;
        let mut command = Command::new("dbus-daemon");
        command
            .arg(format!("--config-file={}", config.display()))
            .args(["--nofork", "--nopidfile", "--print-address=1"])
            .stdin(Stdio::null());
        let (daemon, address) = ProcessGroup::spawn_announcing(
            &mut command,
            "dbus-daemon",
            log_dir,
            Duration::from_secs(20),
        )?;
        Ok(Self {
            address: address.trim().to_owned(),
            _daemon: daemon,
        })
    }

    /// Connects to the bus, as a caller of its own whose calls fail after 2 s.
    pub(crate) fn connect(&self) -> Result<Connection, DesktopError> {
        Builder::address(self.address.as_str())
            .and_then(|builder| builder.method_timeout(Duration::from_secs(2)).build())
            .map_err(io::Error::other)
            .map_err(DesktopError::io("connecting to the session bus"))
    }
}
