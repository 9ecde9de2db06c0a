//! Metadata that can not be used.

use std::time::{Duration, Instant};

use native_oauth::issuer::{AddressError, InsecureLoopback};
use native_oauth::{Discovery, DiscoveryError, Issuer};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use url::Url;

use crate::world::World;

async fn refused(change: fn(&mut Value)) -> DiscoveryError {
    let world = World::new().await;
    world.provider.state().faults.discovery = Some(Box::new(change));
    world
        .provider
        .discovery()
        .fetch(&world.http)
        .await
        .unwrap_err()
}

/// Checklist 33.
#[tokio::test]
async fn another_issuer_is_refused_even_if_it_differs_by_a_slash() {
    let error = refused(|document| document["issuer"] = "https://evil.example".into()).await;
    assert!(
        matches!(error, DiscoveryError::IssuerMismatch { found } if found == "https://evil.example")
    );
    let error = refused(|document| {
        document["issuer"] = format!("{}/", document["issuer"].as_str().unwrap()).into();
    });
    assert!(matches!(error.await, DiscoveryError::IssuerMismatch { .. }));
}

/// Checklist 33: a profile pins where to ask and who may answer; the two need not share a host.
#[tokio::test]
async fn metadata_may_come_from_another_address_if_its_issuer_is_on_the_list() {
    let world = World::new().await;
    world.provider.state().faults.discovery = Some(Box::new(|document| {
        document["issuer"] = "https://account.example".into()
    }));
    let listed = Issuer::new("https://account.example", InsecureLoopback::Refused).unwrap();
    let address = world.provider.url("/.well-known/openid-configuration");
    let discovery = Discovery::at(address, vec![listed.clone()], InsecureLoopback::Allowed);
    assert_eq!(discovery.fetch(&world.http).await.unwrap().issuer, listed);
}

/// Checklist 34.
#[tokio::test]
async fn plain_http_is_refused_beyond_loopback_and_without_leave() {
    let error =
        refused(|document| document["token_endpoint"] = "http://api.example/token".into()).await;
    let DiscoveryError::Address { field, reason } = error else {
        panic!("{error}")
    };
    assert_eq!((field, reason), ("token_endpoint", AddressError::NotHttps));
    let error = refused(|document| document["jwks_uri"] = "http://localhost:1/keys".into()).await;
    assert!(
        matches!(
            error,
            DiscoveryError::Address {
                field: "jwks_uri",
                ..
            }
        ),
        "{error}"
    );

    let world = World::new().await;
    let issuer = &world.provider.issuer;
    assert_eq!(
        Issuer::new(issuer, InsecureLoopback::Refused),
        Err(AddressError::NotHttps)
    );
    let issuer = Issuer::new(issuer, InsecureLoopback::Allowed).unwrap();
    let discovery = Discovery::of(issuer, InsecureLoopback::Refused).unwrap();
    let error = discovery.fetch(&world.http).await.unwrap_err();
    assert!(matches!(error, DiscoveryError::Address { .. }), "{error}");
    assert!(world.provider.state().requests.is_empty());
}

/// Checklist 34: metadata that somebody typed in is held to the same rules.
#[test]
fn metadata_without_discovery_is_checked_too() {
    let url = |text| Url::parse(text).unwrap();
    let issuer = Issuer::new("https://account.example", InsecureLoopback::Refused).unwrap();
    let good = native_oauth::ProviderMetadata::without_discovery(
        issuer,
        url("https://account.example/authorize"),
        url("https://account.example/token"),
    );
    assert!(good.clone().checked(InsecureLoopback::Refused).is_ok());
    let mut bad = good;
    bad.userinfo_endpoint = Some(url("http://account.example/userinfo"));
    let error = bad.checked(InsecureLoopback::Allowed).unwrap_err();
    assert!(
        matches!(
            error,
            DiscoveryError::Address {
                field: "userinfo_endpoint",
                ..
            }
        ),
        "{error}"
    );
}

/// Checklist 23.
#[tokio::test]
async fn a_provider_without_s256_is_refused() {
    let error = refused(|it| it["code_challenge_methods_supported"] = vec!["plain"].into()).await;
    assert!(matches!(error, DiscoveryError::NoS256));
    let absent = |it: &mut Value| {
        drop(
            it.as_object_mut()
                .unwrap()
                .remove("code_challenge_methods_supported"),
        )
    };
    assert!(matches!(refused(absent).await, DiscoveryError::NoS256));
    let world = World::new().await;
    world.provider.state().faults.discovery = Some(Box::new(absent));
    let trusting = world.provider.discovery().with_undeclared_pkce();
    assert!(trusting.fetch(&world.http).await.is_ok());
}

#[tokio::test]
async fn a_document_that_lacks_what_every_flow_needs_is_refused() {
    let error = refused(|it| it["response_types_supported"] = vec!["token"].into()).await;
    assert!(matches!(error, DiscoveryError::NoCodeFlow));
    let error = refused(|it| it["token_endpoint"] = Value::Null).await;
    assert!(matches!(
        error,
        DiscoveryError::Missing {
            field: "token_endpoint"
        }
    ));
    let error = refused(|it| *it = "a string".into()).await;
    assert!(matches!(error, DiscoveryError::Unreadable));
}

#[tokio::test]
async fn a_document_survives_being_kept() {
    let world = World::new().await;
    let metadata = world.provider.metadata(&world.http).await;
    let read = world
        .provider
        .discovery()
        .read(metadata.to_document().as_bytes())
        .unwrap();
    assert_eq!(read, metadata);
}

/// Checklist 39.
#[tokio::test]
async fn an_endless_document_is_cut_off() {
    let world = World::new().await;
    let (address, _server) = endless("HTTP/1.1 200 OK\r\n\r\n").await;
    let error = discovery_at(address).fetch(&world.http).await.unwrap_err();
    assert!(matches!(error, DiscoveryError::Transport(_)), "{error}");
}

/// Checklist 36: a redirect is an answer like any other, and not followed.
#[tokio::test]
async fn a_redirect_is_not_followed() {
    let world = World::new().await;
    let target = world.provider.url("/.well-known/openid-configuration");
    let head = format!("HTTP/1.1 302 Found\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n");
    let (address, _server) = endless(&head).await;
    let error = discovery_at(address).fetch(&world.http).await.unwrap_err();
    assert!(matches!(error, DiscoveryError::Status(302)), "{error}");
    assert!(world.provider.state().requests.is_empty());
}

#[tokio::test]
async fn a_provider_that_is_down_is_a_transport_error_without_its_address() {
    let mut world = World::new().await;
    world.provider.stop().await;
    let started = Instant::now();
    let error = world
        .provider
        .discovery()
        .fetch(&world.http)
        .await
        .unwrap_err();
    assert!(matches!(error, DiscoveryError::Transport(_)), "{error}");
    assert!(started.elapsed() < Duration::from_secs(2));
}

fn discovery_at(address: Url) -> Discovery {
    let issuer = Issuer::new("https://account.example", InsecureLoopback::Refused).unwrap();
    Discovery::at(address, vec![issuer], InsecureLoopback::Allowed)
}

/// A server that sends a head and then bytes for as long as anyone reads.
async fn endless(head: &str) -> (Url, tokio::task::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = Url::parse(&format!("http://{}/", listener.local_addr().unwrap())).unwrap();
    let head = head.to_owned();
    let server = tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let head = head.clone();
            tokio::spawn(async move {
                stream.read_buf(&mut Vec::new()).await.unwrap();
                let mut next = head.into_bytes();
                while stream.write_all(&next).await.is_ok() {
                    next = vec![b' '; 64 * 1024];
                }
            });
        }
    });
    (address, server)
}
