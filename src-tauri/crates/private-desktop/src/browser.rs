use std::time::Duration;

use serde_json::json;

use crate::{DesktopError, OpenedUrls, PrivateDesktop, driver::Driver, webdriver::WebDriver};

/// A real Chromium, which plays the part of the person's system browser: it opens what the app
/// handed over, and follows its redirects.
#[derive(Debug)]
pub struct Browser {
    page: WebDriver,
    _driver: Driver,
    opened_urls: OpenedUrls,
}

const PROGRAMS: [&str; 3] = [
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
];

impl Browser {
    /// Starts the browser, without a window of its own on the display.
    ///
    /// # Errors
    /// [`DesktopError`] when no Chromium or chromedriver is installed, or it does not start.
    pub fn start(desktop: &PrivateDesktop) -> Result<Self, DesktopError> {
        let binary = PROGRAMS
            .iter()
            .find(|path| std::path::Path::new(path).exists())
            .ok_or_else(|| DesktopError::NotInstalled {
                program: "chromium".to_owned(),
            })?;
        let driver = Driver::start(desktop, "chromedriver", &[])?;
        let profile = desktop.home().join("browser-profile");
        let capabilities = json!({
            "goog:chromeOptions": {
                "binary": binary,
                "args": [
                    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic",
                    "--no-first-run", "--disable-background-networking",
                    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
                    "--window-size=900,800",
                    format!("--user-data-dir={}", profile.display()),
                ],
            }
        });
        let page = driver.new_session(&capabilities, || false)?;
        Ok(Self {
            page,
            _driver: driver,
            opened_urls: desktop.opened_urls().clone(),
        })
    }

    /// The page in the browser.
    #[must_use]
    pub fn page(&self) -> &WebDriver {
        &self.page
    }

    /// Waits for the next URL that a program handed to the system browser.
    ///
    /// # Errors
    /// [`DesktopError::Timeout`] if none comes.
    pub fn take_opened_url(&self, limit: Duration) -> Result<String, DesktopError> {
        self.opened_urls.take(limit)
    }

    /// Does what the system browser would have done: opens the next URL handed over.
    ///
    /// # Errors
    /// [`DesktopError`] if none comes, or it cannot be loaded.
    pub fn open_next(&self, limit: Duration) -> Result<(), DesktopError> {
        let url = self.take_opened_url(limit)?;
        Ok(self.page.goto(&url)?)
    }

    /// Shows dark or light from now on, as the person's system would.
    ///
    /// # Errors
    /// [`DesktopError`] when the browser refuses.
    pub fn set_dark(&self, dark: bool) -> Result<(), DesktopError> {
        let value = if dark { "dark" } else { "light" };
        let parameters = json!({"features": [{"name": "prefers-color-scheme", "value": value}]});
        Ok(self
            .page
            .chrome_command("Emulation.setEmulatedMedia", &parameters)?)
    }
}
