//! Pictures, which anybody may have given the address of.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use support::*;
use url::Url;
use wallet_api::{ApiErrorKind, Picture, fetch_image};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\nrest";

async fn fetch(
    reply: impl Fn(&Request) -> Reply + Send + Sync + 'static,
) -> Result<Picture, ApiErrorKind> {
    let server = Server::start(reply).await;
    let url = server.base.join("p.png").unwrap();
    let picture = wallet(quota_at(&server.base)).picture(&url).await;
    assert!(
        server
            .requests()
            .iter()
            .all(|request| request.token().is_none()),
        "no token goes along"
    );
    picture.map_err(|error| error.kind())
}

#[tokio::test]
async fn a_picture_is_told_from_its_bytes_and_becomes_a_data_url() {
    let picture = fetch(|_| page(200, "Content-Type: text/html\r\n", PNG))
        .await
        .unwrap();
    assert_eq!((picture.media_type(), picture.bytes()), ("image/png", PNG));
    assert_eq!(picture.data_url(), "data:image/png;base64,iVBORw0KGgpyZXN0");
}

/// Checklist 139.
#[tokio::test]
async fn what_is_no_picture_or_too_large_is_refused() {
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>";
    assert_eq!(
        fetch(move |_| page(200, "Content-Type: image/svg+xml\r\n", svg)).await,
        Err(ApiErrorKind::Unreadable)
    );
    assert_eq!(
        fetch(|_| page(200, "Content-Type: image/png\r\n", "")).await,
        Err(ApiErrorKind::Unreadable)
    );
    let large = [PNG, &[0; 1 << 20]].concat();
    assert_eq!(
        fetch(move |_| page(200, "", &large)).await,
        Err(ApiErrorKind::TooLarge)
    );
    assert_eq!(
        fetch(|_| page(404, "", "")).await,
        Err(ApiErrorKind::ProviderFailing)
    );
}

/// Checklist 139.
#[tokio::test]
async fn redirects_are_followed_only_to_where_a_picture_may_be() {
    let moved = |to: &'static str| {
        move |request: &Request| match request.path.as_str() {
            "/there.png" => page(200, "", PNG),
            _ => page(302, &format!("Location: {to}\r\n"), ""),
        }
    };
    assert!(fetch(moved("/there.png")).await.is_ok());
    assert_eq!(fetch(moved("/p.png")).await, Err(ApiErrorKind::Unreadable));
    for inside in [
        "http://192.168.0.1/p.png",
        "https://10.0.0.1/p.png",
        "https://169.254.169.254/p.png",
        "file:///etc/passwd",
        "https://[::ffff:10.0.0.1]/p.png",
    ] {
        assert_eq!(
            fetch(moved(inside)).await,
            Err(ApiErrorKind::InsecureEndpoint),
            "{inside}"
        );
    }
}

/// Checklist 139.
#[tokio::test]
async fn a_provider_on_the_web_cannot_point_at_this_machine() {
    let server = Server::start(|_| page(200, "", PNG)).await;
    let mut profile = quota_at(&server.base);
    profile.allow_insecure_loopback = false;
    let wallet = wallet(profile);
    let port = server.base.port().unwrap();
    for address in [
        format!("http://127.0.0.1:{port}/p.png"),
        format!("https://127.0.0.1:{port}/p.png"),
        format!("http://localhost:{port}/p.png"),
        format!("https://[::1]:{port}/p.png"),
        "http://x.example/p.png".to_owned(),
        "https://user:word@x.example/p.png".to_owned(),
        "data:image/png;base64,AAAA".to_owned(),
    ] {
        let url = Url::parse(&address).unwrap();
        let error = wallet.picture(&url).await.unwrap_err();
        assert_eq!(error.kind(), ApiErrorKind::InsecureEndpoint, "{address}");
    }
    let by_name = Url::parse(&format!("https://localhost:{port}/p.png")).unwrap();
    assert_eq!(
        wallet.picture(&by_name).await.unwrap_err().kind(),
        ApiErrorKind::Offline
    );
    assert!(server.requests().is_empty());
}

/// Checklist 139: what an answer points to is fetched from public addresses alone, whoever is signed in.
#[tokio::test]
async fn an_image_of_an_answer_never_comes_from_this_machine_or_its_networks() {
    let server = Server::start(|_| page(200, "", PNG)).await;
    let port = server.base.port().unwrap();
    for address in [
        server.base.join("p.png").unwrap().to_string(),
        format!("https://127.0.0.1:{port}/p.png"),
        format!("https://[::1]:{port}/p.png"),
        format!("https://0x7f000001:{port}/p.png"),
        "https://192.168.1.1/p.png".to_owned(),
        "https://169.254.169.254/latest".to_owned(),
        "http://x.example/p.png".to_owned(),
        "https://user:word@x.example/p.png".to_owned(),
        "file:///etc/passwd".to_owned(),
    ] {
        let error = fetch_image(&Url::parse(&address).unwrap())
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ApiErrorKind::InsecureEndpoint, "{address}");
    }
    let by_name = Url::parse(&format!("https://localhost:{port}/p.png")).unwrap();
    let error = fetch_image(&by_name).await.unwrap_err();
    assert_eq!(error.kind(), ApiErrorKind::Offline);
    assert!(server.requests().is_empty());
}
