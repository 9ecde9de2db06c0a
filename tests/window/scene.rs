//! A desktop with the app's binary and a data directory: what every test begins with.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use private_desktop::{
    App, Browser, Keyring, Options, PrivateDesktop, Tuppence,
    webdriver::{WebDriver, test_id},
};

/// How long a test waits for what a person would expect at once.
pub(crate) const SOON: Duration = Duration::from_secs(15);

/// How long it waits for a whole answer.
pub(crate) const ANSWER: Duration = Duration::from_secs(90);

/// A private desktop and a data directory on it.
pub(crate) struct Scene {
    pub(crate) desktop: PrivateDesktop,
    pub(crate) data: PathBuf,
}

impl Scene {
    /// A desktop with an unlocked keychain.
    pub(crate) fn new() -> Self {
        Self::with(Options::default())
    }

    pub(crate) fn with_keyring(keyring: Keyring) -> Self {
        Self::with(Options {
            keyring,
            ..Options::default()
        })
    }

    pub(crate) fn with(options: Options) -> Self {
        let desktop = PrivateDesktop::start(options).unwrap();
        let data = desktop.root().join("app-data");
        Self { desktop, data }
    }

    /// The app, before it is started.
    pub(crate) fn app(&self) -> App {
        App::new(Path::new(env!("CARGO_BIN_EXE_tuppence"))).env("TUPPENCE_DATA_DIR", &self.data)
    }

    /// The app, started.
    pub(crate) fn launch(&self) -> Tuppence<'_> {
        Tuppence::launch_app(&self.desktop, self.app()).unwrap()
    }

    /// The person's browser.
    pub(crate) fn browser(&self) -> Browser {
        Browser::start(&self.desktop).unwrap()
    }

    /// The app with somebody signed in, and the browser that was used for it.
    pub(crate) fn signed_in(&self) -> (Tuppence<'_>, Browser) {
        let browser = self.browser();
        let tuppence = self.launch();
        tuppence.sign_in_with_play_money(&browser).unwrap();
        (tuppence, browser)
    }
}

/// Clicks the control with this id as soon as it is there.
pub(crate) fn click(tuppence: &Tuppence<'_>, id: &str) {
    tuppence.page().wait_for(&test_id(id), SOON).unwrap();
    tuppence.page().click(&test_id(id)).unwrap();
}

/// Waits until these words are somewhere in the window.
pub(crate) fn shows(tuppence: &Tuppence<'_>, words: &str) {
    let has = |page: &WebDriver| Ok(page.text_of("body")?.contains(words).then_some(()));
    tuppence.page().wait_until(words, SOON, has).unwrap();
}
