//! Proxies, and whether what is on this machine is reached without them.

use std::net::Ipv4Addr;
use std::time::Duration;

use native_oauth::HttpClient;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::{Area, Finding};

const PATIENCE: Duration = Duration::from_secs(2);

/// In the order in which they are looked at; the lower case of each counts too.
const VARIABLES: [&str; 4] = ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"];

/// By name only: a proxy's address may have a password.
pub(super) async fn proxies(http: &HttpClient) -> Vec<Finding> {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let set: Vec<&str> = VARIABLES
        .into_iter()
        .filter(|name| is_set(name) || is_set(&name.to_lowercase()))
        .collect();
    let mut findings: Vec<Finding> = set
        .iter()
        .map(|name| Finding::note(Area::Proxy, *name, "set, and used beyond this machine"))
        .collect();
    if set.is_empty() {
        findings.push(Finding::ok(Area::Proxy, "environment", "no proxy is set"));
    }
    findings.push(match loopback_is_direct(http).await {
        Ok(()) => Finding::ok(Area::Proxy, "127.0.0.1", "is reached without a proxy"),
        Err(why) => Finding::problem(Area::Proxy, "127.0.0.1", why),
    });
    findings
}

/// Asks a listener of this process for a page, with the client that every call goes through.
async fn loopback_is_direct(http: &HttpClient) -> Result<(), String> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .await
        .map_err(|error| format!("cannot be listened on: {}", error.kind()))?;
    let port = listener
        .local_addr()
        .map_err(|error| format!("cannot be listened on: {}", error.kind()))?
        .port();
    let answering = async {
        let (mut caller, _) = listener.accept().await?;
        let mut head = [0; 4];
        caller.read_exact(&mut head).await?;
        let answer = b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n";
        caller.write_all(answer).await?;
        // The rest of the request is read, so that closing does not reset the connection.
        let _ = tokio::time::timeout(PATIENCE, caller.read(&mut [0; 2048])).await;
        std::io::Result::Ok(())
    };
    let asking = http
        .inner()
        .get(format!("http://127.0.0.1:{port}/"))
        .timeout(PATIENCE)
        .send();
    let meeting = async { tokio::join!(answering, asking) };
    match tokio::time::timeout(PATIENCE * 2, meeting).await {
        Ok((Ok(()), Ok(_))) => Ok(()),
        _ => Err("a request to this machine does not arrive: something stands between".to_owned()),
    }
}
