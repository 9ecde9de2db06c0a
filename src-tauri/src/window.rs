//! The one window: local pages only, its storage inside the data directory.

use tauri::webview::{Color, NewWindowResponse};
use tauri::{AppHandle, Manager as _, Runtime, WebviewUrl, WebviewWindowBuilder};
use tuppence_core::{DataDirectory, Preferences};

use crate::first_view;

/// The window's label, as the capability names it.
pub(crate) const MAIN: &str = "main";

/// The paper ground of the dark and the light theme, painted before the page is there.
const PAPER: [Color; 2] = [Color(0xfb, 0xfa, 0xf8, 0xff), Color(0x19, 0x18, 0x16, 0xff)];

/// Opens the window. It paints its first screen without waiting for the core.
pub(crate) fn open<R: Runtime>(app: &AppHandle<R>, data: &DataDirectory) -> tauri::Result<()> {
    let window = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::default())
        .title("Tuppence")
        .inner_size(1280.0, 800.0)
        .min_inner_size(480.0, 420.0)
        .background_color(PAPER[0])
        .data_directory(data.path().join("webview"))
        // The page takes dropped files as their bytes; a path would be more than it needs.
        .disable_drag_drop_handler()
        .devtools(cfg!(debug_assertions))
        .on_web_resource_request({
            let app = app.clone();
            move |request, response| first_view::add(&app, &request, response)
        })
        // The page never leaves the app: links go to the system browser through `link_open`.
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()?;
    #[cfg(target_os = "linux")]
    crate::graphics::suit(&window);
    if window
        .theme()
        .is_ok_and(|theme| theme == tauri::Theme::Dark)
    {
        window.set_background_color(Some(PAPER[1]))?;
    }
    Ok(())
}

/// Makes the window as large as the person likes it, and marks misspelt words if they like that.
pub(crate) fn suit<R: Runtime>(app: &AppHandle<R>, preferences: &Preferences) {
    let Some(window) = app.get_webview_window(MAIN) else {
        return;
    };
    let zoom = f64::from(preferences.zoom.percent()) / 100.0;
    // A web view that cannot do either is still one to write in.
    if let Err(error) = window.set_zoom(zoom) {
        tracing::warn!(%error, "the zoom could not be set");
    }
    #[cfg(target_os = "linux")]
    check_spelling(&window, preferences.check_spelling);
}

/// WebKitGTK checks spelling, in the languages of the environment, only where it is told to. Other
/// web views do by themselves, as far as the page lets them.
#[cfg(target_os = "linux")]
fn check_spelling<R: Runtime>(window: &tauri::WebviewWindow<R>, check: bool) {
    use webkit2gtk::{WebContextExt as _, WebViewExt as _};
    let told = window.with_webview(move |webview| {
        if let Some(context) = webview.inner().context() {
            context.set_spell_checking_enabled(check);
        }
    });
    if let Err(error) = told {
        tracing::warn!(%error, "spell checking could not be set");
    }
}

/// Brings the window to the front, as after a sign-in in the browser.
pub(crate) fn to_front<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = app.get_webview_window(MAIN) {
        // Each of these is a wish that a window manager may refuse; none is worth an error.
        let _ = window.unminimize();
        let _ = window.show();
        let _ = window.set_focus();
    }
}

fn is_own_page(url: &tauri::Url) -> bool {
    let development = cfg!(debug_assertions) && !cfg!(feature = "custom-protocol");
    match (url.scheme(), url.host_str()) {
        ("tauri", Some("localhost")) => true,
        // Windows and Android serve the app's own pages from this host.
        ("http" | "https", Some("tauri.localhost")) => true,
        ("http", Some("127.0.0.1")) => development && url.port() == Some(5173),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::is_own_page;

    /// Checklist 89.
    #[test]
    fn the_window_stays_on_the_apps_own_pages() {
        assert!(is_own_page(
            &"tauri://localhost/index.html".parse().unwrap()
        ));
        for url in [
            "https://example.org/",
            "http://127.0.0.1:17493/redirect/quota",
            "http://tauri.localhost.example.org/",
            "file:///etc/passwd",
            "data:text/html,x",
            "about:blank",
        ] {
            assert!(!is_own_page(&url.parse().unwrap()), "{url}");
        }
    }
}
