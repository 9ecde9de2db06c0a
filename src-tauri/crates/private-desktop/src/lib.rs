//! A private desktop for tests and the tour: nothing in it is the person's own.
//!
//! [`PrivateDesktop`] is a virtual display, a session bus, a keychain and a home directory that
//! exist for one test and end with it. A program started in it meets what it meets on a real
//! desktop: `xdg-open` finds a default browser (one that writes down what it was asked to open),
//! the Secret Service answers (or is locked, or absent), windows have a size.
//!
//! [`AppWindow`] drives a WebKitGTK app there, [`Browser`] a real Chromium; both through the
//! [`webdriver`] client, so the product needs no hook for its tests. [`Tuppence`] is our own app's
//! window in a person's terms.
//!
//! Everything here is blocking and bounded in time. Whatever was started is ended when the value
//! that stands for it is dropped, or when this process dies, however it dies.
//!
//! Linux only; on other systems the crate is empty.
#![cfg(target_os = "linux")]
#![deny(missing_docs)]

mod app_window;
mod browser;
mod bus;
mod desktop;
mod display;
mod driver;
mod error;
mod keyring;
mod opened_urls;
mod process;
mod screen;
mod tuppence;
pub mod webdriver;

pub use app_window::{App, AppWindow};
pub use browser::Browser;
pub use desktop::{Options, PrivateDesktop};
pub use error::DesktopError;
pub use keyring::Keyring;
pub use opened_urls::OpenedUrls;
pub use screen::Screen;
pub use tuppence::{Answer, Tuppence};
