//! One running window per data directory; a second start hands its arguments over and ends.

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
