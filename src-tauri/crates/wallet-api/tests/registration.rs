//! Registering an app with a developer key, over real HTTP.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use native_oauth::SecretText;
use serde_json::Value;
use support::*;
use wallet_api::{ApiErrorKind, AppRegistry, ProviderProfile, profiles};

const KEY: &str = "cpk_developer-key-0123456789";

fn quota(server: &Server) -> ProviderProfile {
    let mut profile = profiles::quota_at(&server.base);
    profile.allow_insecure_loopback = true;
    profile
}

async fn refused(status: u16, body: &'static str) -> ApiErrorKind {
    let server = Server::start(move |_| json(status, body)).await;
    let registry = AppRegistry::of(&chutes_at(&server.base)).unwrap();
    let key = SecretText::new(KEY);
    let error = registry.register(&http(), "Tuppence", &key).await;
    let error = error.unwrap_err();
    assert!(!format!("{error:?}{error}").contains(KEY));
    error.kind()
}

#[tokio::test]
async fn an_app_of_the_dollars_dialect_is_registered_for_its_owner_only() {
    let answer = r#"{"app_id":"a","client_id":"cid_1","client_secret":"csc_1","name":"Tuppence"}"#;
    let server = Server::start(move |_| json(200, answer)).await;
    let registry = AppRegistry::of(&chutes_at(&server.base)).unwrap();
    let key = SecretText::new(KEY);
    let app = registry
        .register(&http(), "Tuppence 1", &key)
        .await
        .unwrap();
    assert_eq!(app.client_id, "cid_1");
    assert_eq!(app.client_secret.as_ref().unwrap().expose(), "csc_1");
    assert!(!format!("{app:?}").contains("csc_1"));

    let request = &server.requests()[0];
    assert_eq!(
        (request.method.as_str(), request.path.as_str()),
        ("POST", "/idp/apps")
    );
    assert_eq!(request.token(), Some(KEY));
    let said: Value = serde_json::from_str(&request.body).unwrap();
    assert_eq!(said["name"], "Tuppence 1");
    assert_eq!(said["public"], false);
    assert_eq!(
        said["allowed_scopes"],
        serde_json::json!(["profile", "chutes:invoke"])
    );
    let uris = said["redirect_uris"].as_array().unwrap();
    assert_eq!(uris.len(), 5);
    assert_eq!(uris[0], "http://127.0.0.1:17493/redirect/chutes");
}

#[tokio::test]
async fn an_app_of_the_credits_dialect_is_registered_with_its_scopes() {
    let server = Server::start(|_| json(201, r#"{"client_id":"app_1"}"#)).await;
    let registry = AppRegistry::of(&quota(&server)).unwrap();
    let key = SecretText::new("sess_1");
    let app = registry.register(&http(), "Tuppence", &key).await.unwrap();
    assert_eq!(app.client_id, "app_1");
    assert!(app.client_secret.is_none());
    let request = &server.requests()[0];
    assert_eq!(request.path, "/developers/apps");
    let said: Value = serde_json::from_str(&request.body).unwrap();
    assert_eq!(said["allowed_scopes"][0], "openid");
    assert!(said.get("public").is_none());
}

#[tokio::test]
async fn a_refusal_says_what_kind_it_is_and_never_the_key() {
    assert_eq!(
        refused(401, r#"{"detail":"Invalid API key"}"#).await,
        ApiErrorKind::Unauthorized
    );
    assert_eq!(
        refused(409, r#"{"detail":"App name is taken"}"#).await,
        ApiErrorKind::RequestRejected
    );
    assert_eq!(refused(200, "<html>").await, ApiErrorKind::Unreadable);
}

#[tokio::test]
async fn where_apps_are_not_registered_by_request_there_is_no_registry() {
    let server = Server::start(|_| json(500, "")).await;
    assert!(AppRegistry::of(&quota_at(&server.base)).is_none());
    let mut insecure = quota(&server);
    insecure.allow_insecure_loopback = false;
    assert!(AppRegistry::of(&insecure).is_none());
}
