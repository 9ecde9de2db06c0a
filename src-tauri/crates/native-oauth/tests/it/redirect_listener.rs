//! Strangers at the redirect listener. After each visit the honest sign-in still completes.

use std::time::{Duration, Instant};

use native_oauth::{CancellationToken, Completion, PendingSignIn, SignInError};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;
use url::Url;

use crate::browser::{self, authority, get, send};
use crate::world::{World, authorize};

/// The honest response still completes the sign-in, within a second.
async fn assert_still_works(pending: PendingSignIn) {
    let started = Instant::now();
    assert!(authorize(pending).await.is_ok());
    assert!(
        started.elapsed() < Duration::from_secs(1),
        "{:?}",
        started.elapsed()
    );
}

fn redirect(pending: &PendingSignIn, query: &str) -> Url {
    let mut url = pending.redirect_uri().as_url().clone();
    url.set_query(Some(query));
    url
}

fn state(pending: &PendingSignIn) -> String {
    let url = pending.authorization_url();
    url.query_pairs()
        .find(|(name, _)| name == "state")
        .unwrap()
        .1
        .into_owned()
}

/// Checklist 1.
#[tokio::test]
async fn only_a_loopback_literal_is_bound() {
    let world = World::new().await;
    let pending = world.begin().await;
    let port = pending.redirect_uri().as_url().port().unwrap();
    assert_eq!(
        pending.redirect_uri().as_url().host_str(),
        Some("127.0.0.1")
    );
    // Were it bound to all addresses, it would answer on this one too.
    assert!(TcpStream::connect(("127.0.0.2", port)).await.is_err());
}

/// Checklist 3, 4 and 5.
#[tokio::test]
async fn responses_without_our_state_are_ignored() {
    let world = World::new().await;
    let pending = world.begin().await;
    let ours = state(&pending);
    let forged = [
        String::new(),
        "code=forged".to_owned(),
        "code=forged&state=".to_owned(),
        "code=forged&state=guess".to_owned(),
        "error=access_denied".to_owned(),
        "error=access_denied&state=guess".to_owned(),
        format!("code=forged&state={ours}&state={ours}"),
        format!("code=forged&state={ours}&state=guess"),
        format!("code=forged&State={ours}"),
        format!("code=forged&state={}", &ours[..42]),
        format!("code=forged&state={ours}%00"),
    ];
    for query in forged {
        let page = get(&redirect(&pending, &query)).await;
        assert_eq!(page.status, 400, "{query}");
        assert!(!page.body.contains("forged") && !page.body.contains(&ours));
    }
    assert_still_works(pending).await;
}

/// Checklist 6 and 15.
#[tokio::test]
async fn other_paths_and_methods_change_nothing() {
    let world = World::new().await;
    let pending = world.begin().await;
    let base = pending.redirect_uri().as_url().clone();
    for path in [
        "/",
        "/favicon.ico",
        "/exit",
        "/cancel",
        "/redirect/test/",
        "/redirect/%74est",
        "/launch/x",
        "/done/x",
    ] {
        let mut url = base.clone();
        url.set_path(path);
        assert_eq!(get(&url).await.status, 404, "{path}");
    }
    let host = authority(&base);
    let code = format!("{}?code=x&state={}", base.path(), state(&pending));
    for method in ["HEAD", "POST", "OPTIONS", "PUT", "DELETE"] {
        let page = send(
            &base,
            &format!("{method} {code} HTTP/1.1\r\nHost: {host}\r\n\r\n"),
        )
        .await;
        assert_eq!(page.status, 405, "{method}");
        assert_eq!(page.header("allow"), Some("GET"));
    }
    let launch = pending.launch_address().clone();
    let page = send(
        &launch,
        &format!("HEAD {} HTTP/1.1\r\nHost: {host}\r\n\r\n", launch.path()),
    )
    .await;
    assert_eq!(page.status, 405);
    assert_still_works(pending).await;
}

/// Checklist 7.
#[tokio::test]
async fn a_name_that_was_made_to_point_here_is_refused() {
    let world = World::new().await;
    let pending = world.begin().await;
    let base = pending.redirect_uri().as_url().clone();
    let target = format!("{}?code=x&state={}", base.path(), state(&pending));
    let port = base.port().unwrap();
    for host in [
        "evil.example",
        "evil.example:80",
        "localhost",
        "127.0.0.1",
        "0.0.0.0:1",
    ] {
        let page = send(
            &base,
            &format!("GET {target} HTTP/1.1\r\nHost: {host}\r\n\r\n"),
        )
        .await;
        assert_eq!(page.status, 400, "{host}");
    }
    let two =
        format!("GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nHost: evil.example\r\n\r\n");
    assert_eq!(send(&base, &two).await.status, 400);
    assert_eq!(
        send(&base, &format!("GET {target} HTTP/1.1\r\n\r\n"))
            .await
            .status,
        400
    );
    assert_still_works(pending).await;
}

/// Checklist 8, 9, 10 and 14.
#[tokio::test]
async fn silent_connections_do_not_keep_the_browser_out() {
    let world = World::new().await;
    let pending = world.begin().await;
    let host = authority(pending.redirect_uri().as_url());
    let mut idle = Vec::new();
    for number in 0..300 {
        let mut stream = TcpStream::connect(&host).await.unwrap();
        match number % 3 {
            0 => stream.write_all(b"GET /redirect/test HT").await.unwrap(),
            1 => drop(stream.shutdown().await),
            _ => {}
        }
        idle.push(stream);
    }
    assert_still_works(pending).await;
}

/// Checklist 8: a connection that says nothing is closed.
#[tokio::test]
async fn a_silent_connection_is_closed_after_five_seconds() {
    let world = World::new().await;
    let pending = world.begin().await;
    let host = authority(pending.redirect_uri().as_url());
    let mut stream = TcpStream::connect(&host).await.unwrap();
    stream.write_all(b"GET /").await.unwrap();
    let mut answer = Vec::new();
    timeout(Duration::from_secs(7), stream.read_to_end(&mut answer))
        .await
        .unwrap()
        .unwrap();
    assert_still_works(pending).await;
}

/// Checklist 11, 12 and 13.
#[tokio::test]
async fn oversized_and_garbled_requests_are_refused() {
    let world = World::new().await;
    let pending = world.begin().await;
    let base = pending.redirect_uri().as_url().clone();
    let host = authority(&base);
    let huge_body =
        format!("POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 99999999999\r\n\r\n");
    assert_eq!(send(&base, &huge_body).await.status, 404);
    for garbage in [
        "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}\u{fc}\u{3}\u{3}",
        "\r\n\r\n",
        "GET\r\n\r\n",
        "GET / HTTP/1.1 extra\r\n\r\n",
        "GET / HTTP/2.0\r\n\r\n",
        "GET http://127.0.0.1/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    ] {
        assert_eq!(send(&base, garbage).await.status, 400, "{garbage:?}");
    }
    // A header of a megabyte: the other side may well be cut off before it has sent it all.
    let mut stream = TcpStream::connect(&host).await.unwrap();
    let _ = stream
        .write_all(format!("GET / HTTP/1.1\r\nX: {}", "x".repeat(1 << 20)).as_bytes())
        .await;
    drop(stream);
    assert_still_works(pending).await;
}

/// Checklist 17.
#[tokio::test]
async fn a_replayed_response_is_refused() {
    let world = World::new().await;
    let pending = world.begin().await;
    let response = browser::approve(pending.launch_address()).await;
    let first = response.clone();
    let person = tokio::spawn(async move { browser::deliver(&first).await });
    let authorized = pending
        .authorized(CancellationToken::new(), || {})
        .await
        .unwrap();
    let replayed = get(&response).await;
    assert_eq!(replayed.status, 410);
    authorized
        .browser
        .finish(Completion::SignedIn {
            account: "Ada".to_owned(),
        })
        .await;
    assert_eq!(person.await.unwrap().1.status, 200);
    assert_eq!(world.provider.count("/token", "authorization_code"), 1);
}

/// Checklist 130 and 131.
#[tokio::test]
async fn a_second_use_of_the_launch_address_aborts_the_attempt() {
    let world = World::new().await;
    let pending = world.begin().await;
    let launch_address = pending.launch_address().clone();
    for secret in pending
        .authorization_url()
        .query_pairs()
        .filter(|(name, _)| name != "client_id")
    {
        assert!(!launch_address.as_str().contains(&*secret.1), "{secret:?}");
    }
    let again = pending.launch_handle().renew();
    assert_ne!(again, launch_address);
    assert_eq!(get(&launch_address).await.status, 302);
    assert_eq!(get(&again).await.status, 302);
    assert_eq!(get(&launch_address).await.status, 410);
    let outcome = pending.authorized(CancellationToken::new(), || {}).await;
    assert!(
        matches!(outcome, Err(SignInError::LaunchAddressReused)),
        "{outcome:?}"
    );
}

/// A response that repeats a parameter, though its state is ours, comes from a provider in disorder.
#[tokio::test]
async fn a_response_with_our_state_and_two_codes_is_refused_and_ends_the_attempt() {
    let world = World::new().await;
    world.provider.state().faults.response = Some(Box::new(|parameters| {
        parameters.push(("code".to_owned(), "second".to_owned()))
    }));
    let outcome = world.authorize().await;
    assert!(
        matches!(outcome, Err(SignInError::Response(_))),
        "{outcome:?}"
    );
}

/// The browser is told that it failed when the application gives up without a word.
#[tokio::test]
async fn a_dropped_browser_return_shows_the_failure() {
    let world = World::new().await;
    let pending = world.begin().await;
    let launch_address = pending.launch_address().clone();
    let person = tokio::spawn(async move { browser::sign_in(&launch_address).await.1 });
    let authorized = pending
        .authorized(CancellationToken::new(), || {})
        .await
        .unwrap();
    drop(authorized.browser);
    assert!(
        person
            .await
            .unwrap()
            .body
            .contains("The sign-in did not work")
    );
}
