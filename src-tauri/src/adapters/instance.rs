//! One running window per data directory; a second start hands its arguments over and ends.

use std::time::Duration;

use tauri::Runtime;
use tauri::plugin::TauriPlugin;
use tuppence_core::DataDirectory;

use crate::window;

/// The single-instance plugin, under a name of this data directory's own: two directories are two
/// installations that know nothing of each other.
pub(crate) fn plugin<R: Runtime>(data: &DataDirectory) -> TauriPlugin<R> {
    tauri_plugin_single_instance::Builder::new()
        // The deep-link plugin has looked at the arguments by then.
        .callback(|app, _arguments, _directory| window::to_front(app))
        .dbus_id(bus_name(data.install_id()))
        .build()
}

/// How often this start has found an instance that ended before it answered; kept over [`start_over`].
const STARTS: &str = "TUPPENCE_STARTS";

/// Starts that are tried before the error is told.
const MOST_STARTS: u32 = 20;

/// Between two starts.
const PAUSE: Duration = Duration::from_millis(150);

/// Whether the app could not be built because the instance that was running ended before it took the
/// arguments, as one does that is being quit. Then nobody has them, and this start is the first.
pub(crate) fn ended_meanwhile(error: &tauri::Error) -> bool {
    matches!(error, tauri::Error::PluginInitialization(plugin, _) if plugin == "single-instance")
}

/// Becomes the same start once more, after a pause. Returns why that could not be.
#[cfg(unix)]
pub(crate) fn start_over() -> std::io::Error {
    use std::os::unix::process::CommandExt as _;

    let before: Option<u32> = std::env::var(STARTS)
        .ok()
        .and_then(|starts| starts.parse().ok());
    let starts = before.unwrap_or_default() + 1;
    if starts >= MOST_STARTS {
        return std::io::Error::other("another instance neither answers nor ends");
    }
    std::thread::sleep(PAUSE);
    match std::env::current_exe() {
        Ok(program) => std::process::Command::new(program)
            .args(std::env::args_os().skip(1))
            .env(STARTS, starts.to_string())
            .exec(),
        Err(error) => error,
    }
}

/// A D-Bus name element takes letters, digits and `_`, and may not begin with a digit; the install
/// id is base64url, so it is spelt out in hexadecimal.
fn bus_name(install_id: &str) -> String {
    let hex: String = install_id
        .bytes()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("{}.i{hex}", tuppence_core::KEYCHAIN_SERVICE)
}

#[cfg(test)]
mod tests {
    use super::bus_name;

    /// Checklist 147.
    #[test]
    fn two_data_directories_are_two_instances() {
        assert_ne!(
            bus_name("AAAAAAAAAAAAAAAAAAAAAA"),
            bus_name("AAAAAAAAAAAAAAAAAAAAAB")
        );
        assert!(bus_name("-_9").starts_with("app.tuppence.desktop.i2d5f39"));
    }
}
