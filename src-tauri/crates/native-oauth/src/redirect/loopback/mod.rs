//! A very small HTTP server on the loopback interface, made to be attacked: it reads only request
//! heads, within 8 KiB and 5 seconds, answers each connection once, and no number of silent
//! connections keeps an honest one out.

mod head;
mod reply;
mod server;
#[cfg(test)]
mod tests;

pub(crate) use self::head::RequestHead;
pub(crate) use self::reply::Reply;
pub(crate) use self::server::{LoopbackServer, Request};

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};

use tokio::net::TcpListener;

use crate::client::RedirectPolicy;

/// Why no redirect listener could be opened.
#[derive(Debug)]
pub(crate) enum BindError {
    /// Each of these ports belongs to someone else, or the system keeps it back.
    PortsUnavailable(Vec<u16>),
    /// Not even a port of the system's choice could be had.
    Io(io::Error),
}

/// Binds the listener that `policy` asks for. Only an IP literal of the loopback interface is ever bound.
pub(crate) async fn bind(policy: &RedirectPolicy) -> Result<TcpListener, BindError> {
    match policy {
        RedirectPolicy::LoopbackAnyPort { .. } => bind_any_port().await.map_err(BindError::Io),
        RedirectPolicy::LoopbackRegistered { ports, .. } => {
            for &port in ports {
                // Whatever the reason (in use, reserved by the system), the next port may do.
                if let Ok(listener) = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await {
                    return Ok(listener);
                }
            }
            Err(BindError::PortsUnavailable(ports.clone()))
        }
    }
}

/// A port of the system's choice, over IPv4 or, where there is none, IPv6 (RFC 8252 section 7.3).
pub(crate) async fn bind_any_port() -> io::Result<TcpListener> {
    let any = [
        SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
        SocketAddr::from((Ipv6Addr::LOCALHOST, 0)),
    ];
    TcpListener::bind(any.as_slice()).await
}
