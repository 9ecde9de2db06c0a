//! A broker between a client and a provider, over real HTTP.
#![allow(clippy::unwrap_used)]

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use token_broker::{Broker, BrokerConfig, BrokerError, RateLimit};
use tokio::net::TcpListener;
use zeroize::Zeroizing;

const GRANT: &str =
    "grant_type=authorization_code&code=c&code_verifier=v&redirect_uri=http%3A%2F%2F127.0.0.1%2Fr";

#[tokio::test]
async fn the_secret_is_added_and_the_answer_comes_back_as_it_is() {
    let (broker, seen) = start(RateLimit::default()).await;
    let answer = send(broker, &format!("{GRANT}&client_id=us")).await;
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["cache-control"], "no-store");
    assert_eq!(
        answer.json::<serde_json::Value>().await.unwrap()["access_token"],
        "a"
    );
    let seen = seen.lock().unwrap().clone();
    assert_eq!(seen.len(), 1);
    assert!(
        seen[0].contains("client_id=us&client_secret=s3cret"),
        "{}",
        seen[0]
    );
    assert!(seen[0].contains("code_verifier=v"));
}

#[tokio::test]
async fn a_refusal_of_the_provider_comes_back_as_it_is() {
    let (broker, _) = start(RateLimit::default()).await;
    let answer = send(
        broker,
        "grant_type=refresh_token&refresh_token=spent&client_id=us",
    )
    .await;
    assert_eq!(answer.status(), 400);
    assert_eq!(
        answer.json::<serde_json::Value>().await.unwrap()["error"],
        "invalid_grant"
    );
}

#[tokio::test]
async fn nothing_else_reaches_the_provider() {
    let (broker, seen) = start(RateLimit::default()).await;
    let http = reqwest::Client::new();
    let url = |path: &str| format!("http://{broker}{path}");
    assert_eq!(http.get(url("/token")).send().await.unwrap().status(), 405);
    assert_eq!(http.post(url("/")).send().await.unwrap().status(), 404);
    assert_eq!(
        http.post(url("/v1/chat/completions"))
            .send()
            .await
            .unwrap()
            .status(),
        404
    );
    assert_eq!(
        http.post(url("/token"))
            .json(&serde_json::json!({}))
            .send()
            .await
            .unwrap()
            .status(),
        400
    );
    for body in [
        GRANT.to_owned(),
        format!("{GRANT}&client_id=them"),
        format!("{GRANT}&client_id=us&client_secret=mine"),
    ] {
        assert_eq!(send(broker, &body).await.status(), 400, "{body}");
    }
    let huge = format!("{GRANT}&client_id=us&scope={}", "x".repeat(20_000));
    assert_eq!(send(broker, &huge).await.status(), 413);
    assert!(seen.lock().unwrap().is_empty());
}

#[tokio::test]
async fn one_address_cannot_ask_without_end() {
    let (broker, seen) = start(RateLimit {
        requests: 3,
        window: Duration::from_secs(60),
    })
    .await;
    for _ in 0..3 {
        assert_eq!(
            send(broker, &format!("{GRANT}&client_id=us"))
                .await
                .status(),
            200
        );
    }
    let refused = send(broker, &format!("{GRANT}&client_id=us")).await;
    assert_eq!(refused.status(), 429);
    assert!(refused.headers().contains_key("retry-after"));
    assert_eq!(seen.lock().unwrap().len(), 3);
}

#[test]
fn it_does_not_start_towards_an_open_network_or_without_a_secret() {
    let config = |endpoint: &str, secret: &str| BrokerConfig {
        token_endpoint: endpoint.parse().unwrap(),
        client_id: "us".to_owned(),
        client_secret: Zeroizing::new(secret.to_owned()),
        rate: RateLimit::default(),
    };
    assert!(matches!(
        Broker::new(config("http://provider.example/token", "s")),
        Err(BrokerError::InsecureEndpoint)
    ));
    assert!(matches!(
        Broker::new(config("https://provider.example/token", "")),
        Err(BrokerError::NoSecret)
    ));
}

async fn send(broker: SocketAddr, body: &str) -> reqwest::Response {
    reqwest::Client::new()
        .post(format!("http://{broker}/token"))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body.to_owned())
        .send()
        .await
        .unwrap()
}

type Seen = Arc<Mutex<Vec<String>>>;

/// A provider that demands the secret, and a broker in front of it.
async fn start(rate: RateLimit) -> (SocketAddr, Seen) {
    let seen = Seen::default();
    let provider = Router::new()
        .route("/idp/token", post(provider))
        .with_state(seen.clone());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}/idp/token", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, provider).await });
    let broker = Broker::new(BrokerConfig {
        token_endpoint: endpoint.parse().unwrap(),
        client_id: "us".to_owned(),
        client_secret: Zeroizing::new("s3cret".to_owned()),
        rate,
    })
    .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(broker.serve(listener));
    (address, seen)
}

async fn provider(
    State(seen): State<Seen>,
    body: String,
) -> (StatusCode, [(&'static str, &'static str); 1], &'static str) {
    let json = [("content-type", "application/json")];
    let spent = body.contains("refresh_token=spent");
    let known = body.contains("client_secret=s3cret");
    seen.lock().unwrap().push(body);
    match (known, spent) {
        (false, _) => (
            StatusCode::BAD_REQUEST,
            json,
            "{\"error\":\"invalid_client\"}",
        ),
        (true, true) => (
            StatusCode::BAD_REQUEST,
            json,
            "{\"error\":\"invalid_grant\"}",
        ),
        (true, false) => (
            StatusCode::OK,
            json,
            "{\"access_token\":\"a\",\"token_type\":\"Bearer\"}",
        ),
    }
}
