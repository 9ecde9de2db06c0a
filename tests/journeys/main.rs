//! Journeys through the whole core against the sandbox provider, over real HTTP: what a person does,
//! and what they are told when something fails on the way. No window; tests/window has that.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod backup;
mod books;
mod chat;
mod chat_faults;
mod context;
mod damage;
mod elsewhere;
mod images;
mod keychain;
mod keys;
mod leaks;
mod ledger;
mod limits;
mod lost;
mod presets;
mod private;
mod resume;
mod resume_child;
mod scopes;
mod sign_in;
mod sign_in_faults;
mod terminal;
mod trace;
mod tup;
mod tup_attach;
mod tup_doctor;
mod tup_export;
mod tup_library;
mod tup_provider;
mod tup_sign_out;
mod tup_too_long;
mod world;
