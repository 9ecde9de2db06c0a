use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

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

    /// Calls a method and returns what it answered, as `dbus-send` prints it; `None` for an error.
    pub(crate) fn call(&self, destination: &str, path: &str, call: &[&str]) -> Option<String> {
        let output = Command::new("dbus-send")
            .env("DBUS_SESSION_BUS_ADDRESS", &self.address)
            .args(["--session", "--print-reply=literal", "--reply-timeout=2000"])
            .arg(format!("--dest={destination}"))
            .arg(path)
            .args(call)
            .output()
            .ok()?;
        output
            .status
            .success()
            .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }
}
