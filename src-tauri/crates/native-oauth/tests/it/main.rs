//! The crate from outside, against a strict provider on loopback.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod browser;
mod certificates;
mod clock;
mod device;
mod discovery;
mod id_token;
mod introspection;
mod key_grant;
mod keychain;
mod launch;
mod leaks;
mod peer;
mod private_use;
mod provider;
mod redirect_listener;
mod rfc_table;
mod session;
mod session_expiries;
mod session_failures;
mod session_processes;
mod sign_in;
mod sign_out;
mod token_endpoint;
mod trace;
mod world;
