//! The fault `authorize-stray-hits`: what else may reach a redirect port before the true response does.

use std::time::Duration;

use tokio::{io::AsyncWriteExt, net::TcpStream, time::timeout};
use url::Url;

/// Sends forged and senseless requests to the port of a loopback redirect URI, and waits for none of the answers.
pub(crate) async fn send(redirect_uri: &str) {
    let Some(url) = Url::parse(redirect_uri)
        .ok()
        .filter(|url| url.scheme() == "http")
    else {
        return;
    };
    let Ok(addresses) = url.socket_addrs(|| None) else {
        return;
    };
    let Some(address) = addresses
        .into_iter()
        .find(|address| address.ip().is_loopback())
    else {
        return;
    };
    let path = url.path();
    let get = |target: &str| {
        format!("GET {target} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")
            .into_bytes()
    };
    let hits = [
        get("/favicon.ico"),
        get(path),
        get(&format!("{path}?code=forged&state=forged")),
        get(&format!("{path}?error=access_denied&state=forged")),
        get(&format!("{path}?error=access_denied")),
        format!("POST {path} HTTP/1.1\r\nHost: {address}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").into_bytes(),
        format!("HEAD {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").into_bytes(),
        format!("GET {path}?code=forged HTTP/1.1\r\nHost: rebound.invalid\r\nConnection: close\r\n\r\n").into_bytes(),
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec(),
        Vec::new(),
    ];
    for hit in hits {
        // The port may be gone, or may refuse to listen: all the same to the one who sends this.
        let _ = timeout(Duration::from_secs(1), async {
            let mut stream = TcpStream::connect(address).await?;
            stream.write_all(&hit).await
        })
        .await;
    }
}
