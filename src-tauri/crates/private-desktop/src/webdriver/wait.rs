//! Waiting as a person does: until the thing is there, and then using it.

use std::{
    thread,
    time::{Duration, Instant},
};

use super::{Element, WebDriver, WebDriverError};

/// How long the methods that name no limit wait.
const PATIENCE: Duration = Duration::from_secs(15);
/// Longer than any of the page's transitions.
const TRANSITION: Duration = Duration::from_millis(250);
const POLL: Duration = Duration::from_millis(25);

#[allow(
    clippy::missing_errors_doc,
    reason = "each fails with `WebDriverError::Timeout` when the time is over"
)]
impl WebDriver {
    /// Waits until an element that matches is displayed.
    pub fn wait_for(&self, css: &str, limit: Duration) -> Result<Element<'_>, WebDriverError> {
        self.wait_until(&format!("`{css}`"), limit, |page| {
            let element = page.find(css)?;
            Ok(element.is_displayed()?.then_some(element))
        })
    }

    /// Waits until no element that matches is displayed.
    pub fn wait_gone(&self, css: &str, limit: Duration) -> Result<(), WebDriverError> {
        self.wait_until(&format!("`{css}` to go"), limit, |page| {
            Ok((!page.shows(css)?).then_some(()))
        })
    }

    /// Whether an element that matches is displayed now.
    pub fn shows(&self, css: &str) -> Result<bool, WebDriverError> {
        for element in self.find_all(css)? {
            match element.is_displayed() {
                Ok(true) => return Ok(true),
                Ok(false) => {}
                // It went in between.
                Err(error) if error.is_transient() => {}
                Err(error) => return Err(error),
            }
        }
        Ok(false)
    }

    /// Clicks an element as soon as it can be clicked (within 15 s).
    pub fn click(&self, css: &str) -> Result<(), WebDriverError> {
        self.wait_until(&format!("`{css}` to be clickable"), PATIENCE, |page| {
            let element = page.find(css)?;
            if !element.is_displayed()? || !element.is_enabled()? {
                return Ok(None);
            }
            element.click().map(Some)
        })
    }

    /// Types into a field as soon as it is there (within 15 s).
    pub fn type_into(&self, css: &str, text: &str) -> Result<(), WebDriverError> {
        self.wait_for(css, PATIENCE)?.type_text(text)
    }

    /// The text of an element as soon as it is displayed (within 15 s).
    pub fn text_of(&self, css: &str) -> Result<String, WebDriverError> {
        self.wait_until(&format!("the text of `{css}`"), PATIENCE, |page| {
            let element = page.find(css)?;
            if element.is_displayed()? {
                element.text().map(Some)
            } else {
                Ok(None)
            }
        })
    }

    /// The page as a PNG once it has come to rest: two pictures in a row are the same. A page that
    /// never rests (a clock, a caret) is taken as it is after 3 s.
    pub fn screenshot_at_rest(&self) -> Result<Vec<u8>, WebDriverError> {
        // A window on a busy machine is painted later than its page says; WebKit's picture is of
        // the window.
        const THREE_FRAMES: &str = "window.framesPainted = 0;
            const next = () => { if (++window.framesPainted < 3) requestAnimationFrame(next); };
            requestAnimationFrame(next);";
        self.execute(THREE_FRAMES, &[])?;
        self.wait_until("the page to be painted", PATIENCE, |page| {
            let painted = page.execute("return window.framesPainted;", &[])?;
            Ok((painted.as_u64() >= Some(3)).then_some(()))
        })?;
        let deadline = Instant::now() + Duration::from_secs(3);
        thread::sleep(TRANSITION);
        let mut last = self.screenshot()?;
        loop {
            thread::sleep(TRANSITION);
            let picture = self.screenshot()?;
            if picture == last || Instant::now() >= deadline {
                return Ok(picture);
            }
            last = picture;
        }
    }

    /// Calls `attempt` until it gives a value. Errors of a page in the middle of a change count
    /// as "not yet"; others end the wait.
    pub fn wait_until<'a, T>(
        &'a self,
        what: &str,
        limit: Duration,
        mut attempt: impl FnMut(&'a Self) -> Result<Option<T>, WebDriverError>,
    ) -> Result<T, WebDriverError> {
        let deadline = Instant::now() + limit;
        loop {
            let last = match attempt(self) {
                Ok(Some(value)) => return Ok(value),
                Ok(None) => "it was not so yet".to_owned(),
                Err(error) if error.is_transient() => error.to_string(),
                Err(error) => return Err(error),
            };
            if Instant::now() >= deadline {
                return Err(WebDriverError::Timeout {
                    what: what.to_owned(),
                    limit,
                    last,
                    on_screen: self.on_screen(),
                });
            }
            thread::sleep(POLL);
        }
    }
}
