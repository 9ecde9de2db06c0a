//! The built app in a real WebKit window: driven from outside, with a real browser that follows
//! its redirects, a real keychain, and a display, bus and home directory of its own for each test.
//!
//! Linux only, as `private-desktop` is. `cargo test --test window NAME` runs one of them.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod accessibility;
mod another_device;
mod beginnings;
mod chat;
mod consent;
mod diagrams;
mod edits;
mod elsewhere;
mod faults;
mod files;
mod following;
mod hosted;
mod images;
mod instance;
mod key_terms;
mod keychain;
mod leaks;
mod library;
mod limits;
mod lists;
mod manners;
mod own_scheme;
mod people;
mod provider_setup;
mod reading;
mod registration;
mod scene;
mod shortcuts;
mod showcase;
mod sign_in;
mod sign_out;
mod signed_out;
mod spoken;
mod storage;
mod transcript;
