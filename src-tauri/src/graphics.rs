//! How the page is drawn where the computer has no graphics processor, as many a virtual machine.
//!
//! WebKitGTK would have Mesa imitate one: a third more time to the first words, 75 MB more
//! (docs/performance.md). Told not to, it draws by itself.

use std::fs;
use std::path::Path;

use tauri::{Runtime, WebviewWindow};
use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt as _, WebViewExt};

/// Has the page drawn without a graphics processor where there is none.
pub(crate) fn suit<R: Runtime>(window: &WebviewWindow<R>) {
    if has_processor(Path::new("/dev")) {
        return;
    }
    let told = window.with_webview(|webview| {
        if let Some(settings) = WebViewExt::settings(&webview.inner()) {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    });
    if let Err(error) = told {
        tracing::warn!(%error, "how the page is drawn could not be chosen");
    }
}

/// Whether there is a device that draws: one of the kernel's render nodes, NVIDIA's own driver, or
/// Windows' processor in its Linux subsystem.
fn has_processor(devices: &Path) -> bool {
    let is_render_node =
        |entry: &fs::DirEntry| entry.file_name().to_string_lossy().starts_with("renderD");
    let nodes = fs::read_dir(devices.join("dri"));
    nodes.is_ok_and(|nodes| nodes.flatten().any(|entry| is_render_node(&entry)))
        || ["nvidia0", "dxg"]
            .iter()
            .any(|name| devices.join(name).exists())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::has_processor;

    #[test]
    fn a_display_alone_draws_nothing() {
        let devices = tempfile::tempdir().unwrap();
        assert!(!has_processor(devices.path()));
        let dri = devices.path().join("dri");
        std::fs::create_dir(&dri).unwrap();
        std::fs::write(dri.join("card0"), "").unwrap();
        assert!(!has_processor(devices.path()));
        std::fs::write(dri.join("renderD128"), "").unwrap();
        assert!(has_processor(devices.path()));
    }

    #[test]
    fn nvidias_driver_needs_no_render_node() {
        let devices = tempfile::tempdir().unwrap();
        std::fs::write(devices.path().join("nvidia0"), "").unwrap();
        assert!(has_processor(devices.path()));
    }
}
