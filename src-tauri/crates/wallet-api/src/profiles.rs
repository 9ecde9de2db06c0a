//! The providers that the app knows, and how others are made.

mod chutes;
mod environment;
mod generic;
mod openrouter;
mod quota;
mod sandbox;

use url::Url;

pub use chutes::{chutes, chutes_at, chutes_with};
pub use environment::{Environment, PRIVATE_USE_SCHEME};
pub use generic::{GenericMetadata, GenericProvider, RedirectPorts, generic};
pub use openrouter::{openrouter, openrouter_at, openrouter_with};
pub use quota::{quota, quota_at, quota_with};
pub use sandbox::sandbox;

use crate::profile::RedirectPolicyKind;

/// The ports of `127.0.0.1` that are registered as redirect URIs, in the order they are tried.
pub const REGISTERED_PORTS: [u16; 5] = [17493, 21907, 24611, 28561, 31847];

/// The redirect policy of providers that compare redirect URIs exactly.
pub(crate) fn registered_ports(id: &str) -> RedirectPolicyKind {
    RedirectPolicyKind::LoopbackRegistered {
        ports: REGISTERED_PORTS.to_vec(),
        path: redirect_path(id),
    }
}

pub(crate) fn redirect_path(id: &str) -> String {
    format!("/redirect/{id}")
}

pub(crate) fn words(list: &str) -> Vec<String> {
    list.split_ascii_whitespace().map(str::to_owned).collect()
}

/// Reads an address that is written in this crate.
#[allow(clippy::expect_used)] // a literal; the tests read every one
pub(crate) fn literal(address: &str) -> Url {
    Url::parse(address).expect("a literal address")
}

#[cfg(test)]
mod tests;
