#![allow(clippy::unwrap_used, clippy::expect_used)]

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use url::Url;

use super::HttpClient;

/// A server that answers every request with `answer` and reports the request line.
async fn server(answer: &'static str) -> (String, tokio::sync::mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (seen, requests) = tokio::sync::mpsc::channel(8);
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut head = vec![0; 4096];
            let read = stream.read(&mut head).await.unwrap();
            let head = String::from_utf8_lossy(&head[..read]).into_owned();
            seen.send(head.lines().next().unwrap_or_default().to_owned())
                .await
                .unwrap();
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    (address, requests)
}

const OK: &str = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
const PROXY_AUTH: &str =
    "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

fn client(proxy: &str, exceptions: &str) -> HttpClient {
    HttpClient::build("test", |name| match name {
        "http_proxy" => Some(format!("http://{proxy}")),
        "NO_PROXY" => Some(exceptions.to_owned()),
        _ => None,
    })
    .unwrap()
}

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

/// Checklist 38.
#[tokio::test]
async fn loopback_is_never_reached_through_a_proxy() {
    let (proxy, mut through_proxy) = server(OK).await;
    let (target, mut direct) = server(OK).await;
    let client = client(&proxy, "");
    client
        .get_json(url(&format!("http://{target}/here")), 100)
        .await
        .unwrap();
    assert_eq!(direct.recv().await.unwrap(), "GET /here HTTP/1.1");
    assert!(through_proxy.try_recv().is_err());
}

/// Checklist 37.
#[tokio::test]
async fn everything_else_goes_through_the_proxy_but_for_the_exceptions() {
    let (proxy, mut through_proxy) = server(OK).await;
    let client = client(&proxy, "exempt.invalid");
    client
        .get_json(url("http://provider.invalid/there"), 100)
        .await
        .unwrap();
    assert_eq!(
        through_proxy.recv().await.unwrap(),
        "GET http://provider.invalid/there HTTP/1.1"
    );
    assert!(
        client
            .get_json(url("http://exempt.invalid/"), 100)
            .await
            .is_err()
    );
    assert!(through_proxy.try_recv().is_err());
}

/// Checklist 37.
#[tokio::test]
async fn a_proxy_that_wants_a_password_says_so() {
    let (proxy, _requests) = server(PROXY_AUTH).await;
    let reply = client(&proxy, "")
        .get_json(url("http://provider.invalid/"), 100)
        .await
        .unwrap();
    assert_eq!(reply.status, 407);
}

#[tokio::test]
async fn an_answer_is_read_up_to_its_limit() {
    let (target, _requests) = server(OK).await;
    let client = client("127.0.0.1:1", "");
    let address = url(&format!("http://{target}/"));
    assert_eq!(
        client
            .get_json(address.clone(), 2)
            .await
            .unwrap()
            .body
            .as_slice(),
        b"{}"
    );
    assert!(client.get_json(address, 1).await.is_err());
}
