use std::{
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use crate::{DesktopError, process::ProcessGroup};

/// A virtual screen that nobody else uses.
#[derive(Debug)]
pub(crate) struct Display {
    /// What `DISPLAY` is set to.
    pub(crate) name: String,
    /// The file in which the server keeps the screen.
    pub(crate) framebuffer: PathBuf,
    _server: ProcessGroup,
}

impl Display {
    /// Starts an X server on a free display number (it chooses one itself).
    pub(crate) fn start(size: (u32, u32), log_dir: &Path) -> Result<Self, DesktopError> {
        let screen = format!("{}x{}x24", size.0, size.1);
        let framebuffer = log_dir.join("Xvfb_screen0");
        let mut command = Command::new("Xvfb");
        // The screen is a file then, which can be looked at without asking the server.
        command.arg("-fbdir").arg(log_dir);
        command.args([
            "-displayfd",
            "1",
            "-nolisten",
            "tcp",
            "-noreset",
            "-screen",
            "0",
            &screen,
        ]);
        let (server, number) =
            ProcessGroup::spawn_announcing(&mut command, "Xvfb", log_dir, Duration::from_secs(20))?;
        Ok(Self {
            name: format!(":{}", number.trim()),
            framebuffer,
            _server: server,
        })
    }
}
