//! Faults of discovery, sign-in, the token endpoint and chat.

use std::time::{Duration, Instant};

use reqwest::{StatusCode, header};
use sandbox_provider::{Dialect, Scenario};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use crate::support::{Party, STATE, asking, party, party_with, query};

async fn discovered(scenario: Scenario) -> reqwest::Response {
    let party = party(Dialect::Oidc).await;
    party.fault(scenario);
    party
        .open(&party.at("/.well-known/openid-configuration"))
        .await
}

#[test]
fn names_are_unique_and_lead_back_to_their_scenario() {
    for scenario in Scenario::ALL {
        assert_eq!(scenario.name().parse::<Scenario>().unwrap(), *scenario);
        assert!(scenario.name().contains('-') && scenario.summary().ends_with('.'));
    }
    assert!("no-such-fault".parse::<Scenario>().is_err());
}

/// Checklist 23, 33, 34, 36, 39.
#[tokio::test]
async fn discovery_faults_are_what_their_names_say() {
    assert_eq!(
        discovered(Scenario::Discovery500).await.status(),
        StatusCode::INTERNAL_SERVER_ERROR
    );
    let html = discovered(Scenario::DiscoveryHtml).await;
    assert!(
        html.status().is_success()
            && html.headers()[header::CONTENT_TYPE]
                .to_str()
                .unwrap()
                .starts_with("text/html")
    );
    assert_eq!(
        discovered(Scenario::DiscoveryWrongIssuer)
            .await
            .json::<Value>()
            .await
            .unwrap()["issuer"],
        "https://another.invalid"
    );
    let plain = discovered(Scenario::DiscoveryNoS256)
        .await
        .json::<Value>()
        .await
        .unwrap();
    assert_eq!(plain["code_challenge_methods_supported"], json!(["plain"]));
    assert_eq!(
        discovered(Scenario::DiscoveryOversized)
            .await
            .bytes()
            .await
            .unwrap()
            .len(),
        16 << 20
    );
    assert_eq!(
        discovered(Scenario::DiscoveryRedirect).await.status(),
        StatusCode::FOUND
    );
    let http = discovered(Scenario::DiscoveryPlainHttp)
        .await
        .json::<Value>()
        .await
        .unwrap();
    assert!(
        http["token_endpoint"]
            .as_str()
            .unwrap()
            .starts_with("http://token.invalid")
    );
    let begun = Instant::now();
    discovered(Scenario::DiscoverySlow).await;
    assert!(begun.elapsed() >= Duration::from_millis(300));
}

/// Checklist 3, 26.
#[tokio::test]
async fn redirect_faults_are_what_their_names_say() {
    let party = party(Dialect::Oidc).await;
    let url = party.authorization_url(&[]);
    let redirected = async |scenario| {
        party.fault(scenario);
        party.visitor.allow(&url).await.unwrap()
    };
    assert_ne!(
        query(&redirected(Scenario::AuthorizeWrongState).await)["state"],
        STATE
    );
    assert!(!query(&redirected(Scenario::AuthorizeMissingState).await).contains_key("state"));
    let twice = redirected(Scenario::AuthorizeDuplicateState).await;
    assert_eq!(
        twice
            .query_pairs()
            .filter(|(name, _)| name == "state")
            .count(),
        2
    );
    assert_eq!(
        query(&redirected(Scenario::AuthorizeWrongIss).await)["iss"],
        "https://another.invalid"
    );
    assert!(!query(&redirected(Scenario::AuthorizeMissingIss).await).contains_key("iss"));
    assert_eq!(
        query(&redirected(Scenario::AuthorizeErrorDenied).await)["error"],
        "access_denied"
    );
    party.fault(Scenario::AuthorizeNeverReturns);
    assert!(party.visitor.allow(&url).await.is_err());
}

/// Checklist 27.
#[tokio::test]
async fn a_foreign_code_cannot_be_exchanged() {
    let party = party(Dialect::Oidc).await;
    party.fault(Scenario::AuthorizeForeignCode);
    let code = party.code().await;
    let (status, body) = party.token(&party.exchange(&code)).await;
    assert_eq!(
        (status, &body["error"]),
        (StatusCode::BAD_REQUEST, &json!("invalid_grant"))
    );
}

/// Checklist 4 to 7, 13, 14.
#[tokio::test]
async fn stray_hits_reach_the_redirect_port_before_the_true_one() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let hits = tokio::spawn(async move {
        let mut hits = Vec::new();
        for _ in 0..10 {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut buffer = vec![0; 1024];
            let read = stream.read(&mut buffer).await.unwrap_or(0);
            let _ = stream
                .write_all(b"HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n")
                .await;
            hits.push(String::from_utf8_lossy(&buffer[..read]).into_owned());
        }
        hits
    });
    let party = party(Dialect::Oidc).await;
    party.fault(Scenario::AuthorizeStrayHits);
    let redirect_uri = format!("http://127.0.0.1:{port}/redirect/sandbox");
    let redirect = party
        .visitor
        .allow(&party.authorization_url(&[("redirect_uri", &redirect_uri)]))
        .await
        .unwrap();
    assert!(query(&redirect).contains_key("code"));
    let hits = tokio::time::timeout(Duration::from_secs(5), hits)
        .await
        .unwrap()
        .unwrap();
    assert!(hits.iter().any(|hit| hit.starts_with("GET /favicon.ico")));
    assert!(hits.iter().any(|hit| hit.contains("state=forged")));
    assert!(hits.iter().any(|hit| hit.starts_with("POST")));
    assert!(
        !hits.iter().any(|hit| hit.contains(STATE)),
        "forgers do not know the state"
    );
}

async fn exchanged(party: &Party, scenario: Scenario) -> reqwest::Response {
    party.sandbox.control().set_scenario(&[]);
    let code = party.code().await;
    party.fault(scenario);
    party
        .http
        .post(party.oauth("token"))
        .form(&party.exchange(&code))
        .send()
        .await
        .unwrap()
}

/// Checklist 36, 73, 74.
#[tokio::test]
async fn token_faults_are_what_their_names_say() {
    let party = party(Dialect::Quota).await;
    for (scenario, status) in [
        (Scenario::Token500, 500),
        (Scenario::TokenHtml500, 500),
        (Scenario::TokenHtml200, 200),
        (Scenario::TokenInvalidClient, 401),
        (Scenario::TokenInvalidGrant, 400),
        (Scenario::TokenDetail422, 422),
        (Scenario::TokenRedirect, 302),
    ] {
        assert_eq!(
            exchanged(&party, scenario).await.status(),
            status,
            "{scenario}"
        );
    }
    assert_eq!(
        exchanged(&party, Scenario::TokenNotBearer)
            .await
            .json::<Value>()
            .await
            .unwrap()["token_type"],
        "mac"
    );
    assert!(
        exchanged(&party, Scenario::TokenNoExpires)
            .await
            .json::<Value>()
            .await
            .unwrap()["expires_in"]
            .is_null()
    );
    assert!(
        exchanged(&party, Scenario::IdTokenMissing)
            .await
            .json::<Value>()
            .await
            .unwrap()["id_token"]
            .is_null()
    );
}

/// Checklist 65, 66, 67.
#[tokio::test]
async fn refresh_faults_are_what_their_names_say() {
    let party = party(Dialect::Quota).await;
    let tokens = party.sign_in().await;
    for (scenario, status) in [
        (Scenario::Refresh500, 500),
        (Scenario::RefreshHtml, 502),
        (Scenario::Refresh429, 429),
        (Scenario::RefreshInvalidGrant, 400),
    ] {
        party.fault(scenario);
        let response = party
            .http
            .post(party.oauth("token"))
            .form(&party.refreshing(tokens.refresh()))
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), status, "{scenario}");
        assert_eq!(
            response.headers().contains_key(header::RETRY_AFTER),
            scenario == Scenario::Refresh429
        );
    }
    party.fault(Scenario::RefreshLostAnswer);
    let sent = party
        .http
        .post(party.oauth("token"))
        .form(&party.refreshing(tokens.refresh()))
        .send()
        .await;
    let lost = match sent {
        Ok(response) => response.bytes().await.is_err(),
        Err(_) => true,
    };
    assert!(lost, "the connection breaks, before or after the headers");
    party.sandbox.control().set_scenario(&[]);
    let (status, _) = party.token(&party.refreshing(tokens.refresh())).await;
    assert_eq!(
        status,
        StatusCode::UNAUTHORIZED,
        "the token was rotated all the same"
    );
    assert_eq!(party.sandbox.control().counters().refreshes, 6);
}

/// Checklist 69, 113.
#[tokio::test]
async fn chat_faults_are_what_their_names_say() {
    let party = party(Dialect::Quota).await;
    let tokens = party.sign_in().await;
    for (scenario, status) in [
        (Scenario::Chat401Always, 401),
        (Scenario::Chat402Empty, 402),
        (Scenario::Chat402Reservation, 402),
        (Scenario::Chat402DailyCap, 402),
        (Scenario::Chat403Scope, 403),
        (Scenario::Chat404Model, 404),
        (Scenario::Chat429RetryAfter, 429),
        (Scenario::Chat429Capacity, 429),
        (Scenario::Chat500, 500),
        (Scenario::Chat503, 503),
        (Scenario::ChatHtml200, 200),
        (Scenario::ChatRedirect, 302),
    ] {
        party.fault(scenario);
        let response = party
            .chat(tokens.access(), &asking("penny-small", "hello", true))
            .await;
        assert_eq!(response.status(), status, "{scenario}");
        assert_eq!(
            response.headers().contains_key(header::RETRY_AFTER),
            scenario == Scenario::Chat429RetryAfter
        );
    }
    party.fault(Scenario::Chat401Once);
    let ask = async || {
        party
            .chat(tokens.access(), &asking("penny-small", "hello", true))
            .await
            .status()
    };
    assert_eq!(
        (ask().await, ask().await),
        (StatusCode::UNAUTHORIZED, StatusCode::OK)
    );
}

#[tokio::test]
async fn chutes_says_when_an_allowance_returns() {
    let party = party(Dialect::Chutes).await;
    let tokens = party.sign_in().await;
    party.fault(Scenario::Chat402DailyCap);
    let body: Value = party
        .chat(tokens.access(), &asking("penny-small", "hello", true))
        .await
        .json()
        .await
        .unwrap();
    assert!(
        body["detail"]["quota_reset_timestamp"]
            .as_str()
            .unwrap()
            .contains('T')
    );
    party.fault(Scenario::Chat429Capacity);
    let body: Value = party
        .chat(tokens.access(), &asking("penny-small", "hello", true))
        .await
        .json()
        .await
        .unwrap();
    assert!(
        body["detail"]
            .as_str()
            .unwrap()
            .contains("maximum capacity")
    );
}

#[tokio::test]
async fn an_outage_answers_everything_with_a_page_and_ends() {
    let party = party(Dialect::Quota).await;
    party.sandbox.control().outage(true);
    assert_eq!(
        party.open(&party.at("/sandbox/health")).await.status(),
        StatusCode::SERVICE_UNAVAILABLE
    );
    party.sandbox.control().outage(false);
    assert_eq!(
        party.open(&party.at("/sandbox/health")).await.status(),
        StatusCode::OK
    );
}

#[tokio::test]
async fn expired_and_revoked_tokens_are_refused() {
    let party = party(Dialect::Quota).await;
    let tokens = party.sign_in().await;
    let control = party.sandbox.control();
    control.expire_access_tokens();
    assert_eq!(
        party.get("/v1/balance", tokens.access()).await.0,
        StatusCode::UNAUTHORIZED
    );
    let (status, refreshed) = party.token(&party.refreshing(tokens.refresh())).await;
    assert_eq!(status, StatusCode::OK);
    control.revoke_grant(&control.subjects()[0]);
    let (status, _) = party
        .token(&party.refreshing(refreshed["refresh_token"].as_str().unwrap()))
        .await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_sandbox_can_begin_with_a_fault() {
    let config = sandbox_provider::SandboxConfig {
        scenario: vec![Scenario::Discovery500],
        ..crate::support::config(Dialect::Quota)
    };
    let party = party_with(config).await;
    assert_eq!(
        party
            .open(&party.at("/.well-known/openid-configuration"))
            .await
            .status(),
        StatusCode::INTERNAL_SERVER_ERROR
    );
}
