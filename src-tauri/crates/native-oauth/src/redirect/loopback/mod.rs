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
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use tokio::net::TcpListener;

use crate::client::{Client, LoopbackAddress, RedirectPolicy};

/// Why no redirect listener could be opened.
#[derive(Debug)]
pub(crate) enum BindError {
    /// Each of these ports belongs to someone else, or the system keeps it back.
    PortsUnavailable(Vec<u16>),
    /// Not even a port of the system's choice could be had.
    Io(io::Error),
}

/// Binds the listener that `client` needs. Only an IP literal of the loopback interface is ever bound.
pub(crate) async fn bind(client: &Client) -> Result<TcpListener, BindError> {
    let address = client.loopback_address();
    let RedirectPolicy::LoopbackRegistered { ports, .. } = client.redirect_policy() else {
        return bind_any_port(address).await.map_err(BindError::Io);
    };
    let registered = match address {
        LoopbackAddress::Available | LoopbackAddress::Ipv4 => IpAddr::V4(Ipv4Addr::LOCALHOST),
        LoopbackAddress::Ipv6 => IpAddr::V6(Ipv6Addr::LOCALHOST),
    };
    for &port in ports {
        // Whatever the reason (in use, reserved by the system), the next port may do.
        if let Ok(listener) = TcpListener::bind((registered, port)).await {
            return Ok(listener);
        }
    }
    Err(BindError::PortsUnavailable(ports.clone()))
}

/// A port of the system's choice.
pub(crate) async fn bind_any_port(address: LoopbackAddress) -> io::Result<TcpListener> {
    let ipv4 = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let ipv6 = SocketAddr::from((Ipv6Addr::LOCALHOST, 0));
    match address {
        LoopbackAddress::Available => TcpListener::bind([ipv4, ipv6].as_slice()).await,
        LoopbackAddress::Ipv4 => TcpListener::bind(ipv4).await,
        LoopbackAddress::Ipv6 => TcpListener::bind(ipv6).await,
    }
}
