//! A sign-in on another device (RFC 8628).

use std::time::{Duration, Instant};

use native_oauth::{Authorized, CancellationToken, DeviceAuthorization, DeviceFlow, SignInError};
use serde_json::Value;
use tokio::task::JoinHandle;
use tokio::time::sleep;

use crate::provider::{Answer, DeviceVerdict, SUBJECT};
use crate::world::World;

const GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

async fn begin(world: &World) -> DeviceAuthorization {
    let flow = DeviceFlow::new(world.http.clone(), world.client().await);
    flow.begin(None).await.unwrap().unwrap()
}

fn waiting(authorization: DeviceAuthorization) -> JoinHandle<Result<Authorized, SignInError>> {
    tokio::spawn(authorization.authorized(CancellationToken::new()))
}

async fn polled(world: &World, times: usize) {
    while world.provider.count("/token", GRANT) < times {
        sleep(Duration::from_millis(10)).await;
    }
}

/// Checklist 72: `authorization_pending`, until the person agrees.
#[tokio::test]
async fn a_person_who_agrees_on_another_device_is_signed_in() {
    let world = World::new().await;
    let authorization = begin(&world).await;
    assert_eq!(authorization.user_code(), "WDJB-MJHT");
    assert_eq!(authorization.verification_uri().path(), "/device/enter");
    let complete = authorization.verification_uri_complete().unwrap();
    assert_eq!(complete.query(), Some("user_code=WDJB-MJHT"));
    assert!(!format!("{authorization:?}").contains("WDJB"));
    let waiting = waiting(authorization);
    polled(&world, 1).await;
    world
        .provider
        .state()
        .books
        .decide_devices(DeviceVerdict::Agreed);
    let authorized = waiting.await.unwrap().unwrap();
    assert_eq!(authorized.id_token_claims.unwrap().subject, SUBJECT);
    assert!(authorized.tokens.refresh_token.is_some());
    assert!(authorized.tokens.granted_scopes.contains("chat"));
}

/// Checklist 72: `access_denied`.
#[tokio::test]
async fn a_person_who_declines_ends_the_wait() {
    let world = World::new().await;
    let waiting = waiting(begin(&world).await);
    polled(&world, 1).await;
    world
        .provider
        .state()
        .books
        .decide_devices(DeviceVerdict::Declined);
    let outcome = waiting.await.unwrap();
    assert!(
        matches!(&outcome, Err(SignInError::Denied { error, .. }) if error == "access_denied"),
        "{outcome:?}"
    );
}

/// Checklist 72: `expired_token`, as the provider says.
#[tokio::test]
async fn a_code_that_the_provider_calls_expired_ends_the_wait() {
    let world = World::new().await;
    let waiting = waiting(begin(&world).await);
    polled(&world, 1).await;
    world
        .provider
        .state()
        .books
        .decide_devices(DeviceVerdict::Expired);
    let outcome = waiting.await.unwrap();
    assert!(matches!(outcome, Err(SignInError::TimedOut)), "{outcome:?}");
}

/// Checklist 72: also where the provider never says so.
#[tokio::test]
async fn a_code_is_not_waited_for_longer_than_it_lives() {
    let world = World::new().await;
    world.provider.state().faults.device_code_lifetime = Some(2);
    let started = Instant::now();
    let outcome = waiting(begin(&world).await).await.unwrap();
    assert!(matches!(outcome, Err(SignInError::TimedOut)), "{outcome:?}");
    assert!(started.elapsed() < Duration::from_secs(10));
    assert!((1..=9).contains(&world.provider.count("/token", GRANT)));
}

/// Checklist 72: `slow_down` adds five seconds to the wait between two questions, for good.
#[tokio::test]
async fn a_provider_that_asks_for_patience_gets_it() {
    let world = World::new().await;
    let answer = Answer::json(400, r#"{"error": "slow_down"}"#);
    world
        .provider
        .state()
        .faults
        .token_answers
        .push_back(answer);
    let started = Instant::now();
    let authorization = begin(&world).await;
    world
        .provider
        .state()
        .books
        .decide_devices(DeviceVerdict::Agreed);
    assert!(waiting(authorization).await.unwrap().is_ok());
    assert!(
        started.elapsed() >= Duration::from_secs(6),
        "{:?}",
        started.elapsed()
    );
    assert_eq!(world.provider.count("/token", GRANT), 2);
}

/// RFC 8628 section 3.5: what is not a verdict does not end the wait.
#[tokio::test]
async fn a_provider_in_trouble_is_asked_again() {
    let world = World::new().await;
    world
        .provider
        .state()
        .faults
        .token_answers
        .push_back(Answer::html(503));
    let authorization = begin(&world).await;
    world
        .provider
        .state()
        .books
        .decide_devices(DeviceVerdict::Agreed);
    assert!(waiting(authorization).await.unwrap().is_ok());
}

#[tokio::test]
async fn a_cancelled_wait_asks_no_more() {
    let world = World::new().await;
    let cancel = CancellationToken::new();
    let waiting = tokio::spawn(begin(&world).await.authorized(cancel.clone()));
    polled(&world, 1).await;
    cancel.cancel();
    assert!(matches!(
        waiting.await.unwrap(),
        Err(SignInError::Cancelled)
    ));
    sleep(Duration::from_millis(1200)).await;
    assert_eq!(world.provider.count("/token", GRANT), 1);
}

#[tokio::test]
async fn a_provider_that_does_not_offer_it_is_not_asked() {
    let world = World::new().await;
    world.provider.state().faults.discovery = Some(Box::new(|document| {
        document["device_authorization_endpoint"] = Value::Null;
    }));
    let flow = DeviceFlow::new(world.http.clone(), world.client().await);
    assert!(flow.begin(None).await.unwrap().is_none());
}
