//! Why a sandbox did not start.

use std::{io, net::SocketAddr, path::PathBuf};

use crate::config::Dialect;

/// Why a sandbox did not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SandboxError {
    /// The address to listen on can be reached from other machines.
    #[error("{0} is not a loopback address")]
    NotLoopback(SocketAddr),
    /// The upstream is not a plain http address on this machine.
    #[error("the upstream must be an http address on 127.0.0.1 or [::1]")]
    UpstreamNotLoopback,
    /// The install secret is short or has characters that do not belong in a path.
    #[error("an install secret has at least 16 characters of A-Z a-z 0-9 - _")]
    InstallSecret,
    /// The port could not be bound.
    #[error("cannot listen on {address}")]
    Bind {
        /// The address that was tried.
        address: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// A file of the sandbox could not be read or written.
    #[error("cannot use {path}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file of the sandbox is not in the form that it is written in. It is left as it is.
    #[error("{path} is damaged")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Where reading stopped.
        source: serde_json::Error,
    },
    /// The books belong to another dialect.
    #[error("{path} holds the books of the {found} dialect")]
    OtherDialect {
        /// The state file.
        path: PathBuf,
        /// The dialect that wrote it.
        found: Dialect,
    },
    /// Hosting needs a data directory to share.
    #[error("a shared sandbox needs a data directory")]
    NoDataDirectory,
    /// Another process holds the lock but does not answer.
    #[error("another process holds {path} and its sandbox does not answer")]
    HostSilent {
        /// The lock file.
        path: PathBuf,
    },
    /// No signing key could be made.
    #[error("no signing key could be made")]
    SigningKey,
    /// The client for the upstream or the health check could not be made.
    #[error("no HTTP client could be made")]
    HttpClient(#[source] reqwest::Error),
}
