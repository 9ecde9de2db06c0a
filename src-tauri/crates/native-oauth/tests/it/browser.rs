//! A browser that does what a person's browser does, one request at a time, and shows what it got.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use url::Url;

/// An answer as it came over the wire.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Page {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .filter_map(|line| line.split_once(": "))
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }

    pub(crate) fn location(&self) -> &str {
        self.header("location").expect("a redirect")
    }
}

/// Asks for `url`, with the headers that a browser sends.
pub(crate) async fn get(url: &Url) -> Page {
    let target = match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    };
    let host = authority(url);
    send(
        url,
        &format!("GET {target} HTTP/1.1\r\nHost: {host}\r\nAccept: text/html\r\n\r\n"),
    )
    .await
}

/// Sends exactly this text to the server of `url`.
pub(crate) async fn send(url: &Url, request: &str) -> Page {
    let mut stream = TcpStream::connect(authority(url)).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    // An answer of unknown length ends with the connection; axum's end with `Content-Length`.
    let mut part = [0; 4096];
    loop {
        match stream.read(&mut part).await {
            Ok(read) if read > 0 => answer.extend_from_slice(&part[..read]),
            _ => break,
        }
        if is_complete(&answer) {
            break;
        }
    }
    parse(&answer)
}

pub(crate) fn authority(url: &Url) -> String {
    format!(
        "{}:{}",
        url.host_str().unwrap(),
        url.port_or_known_default().unwrap()
    )
}

/// Opens the launch address and goes through the provider, up to the redirect that brings the response.
pub(crate) async fn approve(launch_address: &Url) -> Url {
    let launched = get(launch_address).await;
    assert_eq!(launched.status, 302, "{launched:?}");
    let asked = get(&Url::parse(launched.location()).unwrap()).await;
    assert_eq!(asked.status, 303, "{asked:?}");
    Url::parse(asked.location()).unwrap()
}

/// The whole of it: returns the completion page and its address.
pub(crate) async fn sign_in(launch_address: &Url) -> (Url, Page) {
    let response = approve(launch_address).await;
    deliver(&response).await
}

/// The whole of it, for a sign-in that may end anywhere on the way.
pub(crate) async fn try_sign_in(launch_address: &Url) {
    let response = approve(launch_address).await;
    let returned = get(&response).await;
    if returned.status == 303 {
        get(&response.join(returned.location()).unwrap()).await;
    }
}

/// Follows the provider's redirect to the listener and on to the completion page.
pub(crate) async fn deliver(response: &Url) -> (Url, Page) {
    let returned = get(response).await;
    assert_eq!(returned.status, 303, "{returned:?}");
    let page_address = response.join(returned.location()).unwrap();
    let page = get(&page_address).await;
    (page_address, page)
}

/// A connection to a listener that is gone is refused, within the time that closing takes.
pub(crate) async fn assert_closed(address: &Url) {
    for _ in 0..100 {
        if TcpStream::connect(authority(address)).await.is_err() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the listener is still open");
}

fn is_complete(answer: &[u8]) -> bool {
    let text = String::from_utf8_lossy(answer);
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.trim().parse::<usize>().unwrap())
    });
    length.is_some_and(|length| body.len() >= length)
}

fn parse(answer: &[u8]) -> Page {
    let text = String::from_utf8_lossy(answer);
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok())
        .unwrap_or_default();
    Page {
        status,
        head: head.to_owned(),
        body: body.to_owned(),
    }
}
