//! Redirects to the app's private-use URI scheme (RFC 8252 section 7.1), as the system hands them over:
//! an argument of a start, which a running app hears of from the start that ends, or an event on macOS.
//!
//! Nothing here registers the scheme with the system: only a bundle can, and only one for a profile that
//! uses it (docs/decisions/0007-the-scheme-is-claimed-by-a-packager.md).

use tauri::{AppHandle, Config, Runtime, Url};
use tauri_plugin_deep_link::DeepLinkExt as _;
use tuppence_core::PRIVATE_USE_SCHEME;

use crate::ipc;

/// Tells the deep-link plugin which scheme to take. In the configuration file this would make every bundle
/// claim the scheme; there it stands in a packager's overlay only.
pub(crate) fn understand(config: &mut Config) {
    config
        .plugins
        .0
        .entry("deep-link".to_owned())
        .or_insert_with(|| serde_json::json!({ "desktop": { "schemes": [PRIVATE_USE_SCHEME] } }));
}

/// Hands redirects to the sign-in that waits: the one that started this process, and later ones.
pub(crate) fn listen<R: Runtime>(app: &AppHandle<R>) {
    if let Ok(Some(urls)) = app.deep_link().get_current() {
        ipc::redirects_received(app, of_our_scheme(urls));
    }
    let handle = app.clone();
    app.deep_link()
        .on_open_url(move |event| ipc::redirects_received(&handle, of_our_scheme(event.urls())));
}

/// Those that the system may hand us: an overlay may name further schemes, for another purpose.
fn of_our_scheme(urls: impl IntoIterator<Item = Url>) -> Vec<Url> {
    urls.into_iter()
        .filter(|url| url.scheme() == PRIVATE_USE_SCHEME)
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn only_addresses_of_our_scheme_are_redirects() {
        let redirect = "app.tuppence.desktop:/redirect/chutes?code=c&state=s";
        let others = [
            "https://provider.example/redirect?code=c",
            "other.example.app:/redirect",
        ];
        let urls = others
            .iter()
            .chain([&redirect])
            .map(|url| Url::parse(url).unwrap());
        let found: Vec<String> = of_our_scheme(urls).into_iter().map(String::from).collect();
        assert_eq!(found, [redirect]);
    }

    #[test]
    fn a_packagers_own_configuration_stands() {
        let mut config = Config::default();
        understand(&mut config);
        let ours = config.plugins.0["deep-link"].clone();
        assert_eq!(ours["desktop"]["schemes"][0], PRIVATE_USE_SCHEME);
        let packagers = serde_json::json!({ "desktop": { "schemes": ["a.b.c"] } });
        config.plugins.0.insert("deep-link".to_owned(), packagers);
        understand(&mut config);
        assert_eq!(
            config.plugins.0["deep-link"]["desktop"]["schemes"][0],
            "a.b.c"
        );
    }
}
