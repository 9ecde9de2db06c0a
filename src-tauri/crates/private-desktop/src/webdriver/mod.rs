//! A small client for W3C WebDriver (<https://www.w3.org/TR/webdriver2/>), blocking.
//!
//! It finds by CSS selector only, waits by itself where a person would wait, and says in its
//! errors what was on the screen instead. Addresses appear there by origin alone: paths and
//! queries of a sign-in are secrets.

mod element;
mod error;
mod session;
mod transport;
mod wait;

pub use element::{Element, Rect};
pub use error::WebDriverError;
pub use session::WebDriver;

/// Key values of <https://www.w3.org/TR/webdriver2/#keyboard-actions> for [`WebDriver::press`].
pub mod key {
    /// Tab.
    pub const TAB: char = '\u{E004}';
    /// Return.
    pub const ENTER: char = '\u{E007}';
    /// Shift.
    pub const SHIFT: char = '\u{E008}';
    /// Control.
    pub const CONTROL: char = '\u{E009}';
    /// Escape.
    pub const ESCAPE: char = '\u{E00C}';
    /// Arrow up.
    pub const UP: char = '\u{E013}';
    /// Arrow down.
    pub const DOWN: char = '\u{E015}';
    /// To the left.
    pub const LEFT: char = '\u{E012}';
    /// Alt, held while the keys after it are pressed.
    pub const ALT: char = '\u{E00A}';
}

/// The selector of the element with this `data-testid`.
#[must_use]
pub fn test_id(id: &str) -> String {
    format!("[data-testid=\"{id}\"]")
}
