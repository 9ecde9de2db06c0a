//! A provider where nothing has to be registered: a key of the person's own, and what it may spend.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use money::Label;
use sandbox_provider::Scenario;
use tuppence_core::{
    AccountId, Balance, Ending, FailureKind, KeyCap, SessionStatus, SignInOutcome, Status, Url,
};

use crate::world::{Person, World};

async fn signed_in(world: &World) -> AccountId {
    match world.sign_in_at("openrouter", Person::Allows).await {
        SignInOutcome::SignedIn(id) => id,
        other => panic!("{other:?}"),
    }
}

async fn cap(world: &World, id: &AccountId) -> KeyCap {
    match world.core.refresh_balance(id).await.unwrap() {
        Balance::KeyCap(cap) => cap,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_signs_in_without_any_set_up_and_pays_what_the_stream_says() {
    let world = World::giving_keys().await;
    let providers = world.core.providers();
    let provider = providers
        .iter()
        .find(|provider| provider.id == "openrouter");
    assert!(provider.is_some_and(|provider| provider.ready && !provider.play_money));

    let id = signed_in(&world).await;
    let account = world.core.account(&id).unwrap();
    assert_eq!(account.record.provider_name, "OpenRouter");
    assert_eq!(account.record.subject, world.control().subjects()[0]);
    assert!(
        account
            .record
            .display_name
            .starts_with("sk-or-v1-sandbox..."),
        "the masked key"
    );
    assert!(account.record.last_balance.is_none(), "a cap is no balance");
    let before = cap(&world, &id).await;
    assert_eq!((before.spent.micro(), before.limit), (0, None));

    world.core.models(&id).await.unwrap();
    let answer = world.ask(&id, "Show me a table.").await;
    let complete = matches!(
        answer.message.status,
        Status::Ended(Ending::Complete { .. })
    );
    assert!(complete);
    let cost = answer.message.cost.unwrap();
    assert_eq!(cost.label, Label::Reported);
    assert_eq!(cap(&world, &id).await.spent, cost.amount);
    for secret in world.control().issued_secrets() {
        assert!(!format!("{account:?} {answer:?}").contains(&secret));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn saying_no_and_an_empty_account_are_told_as_such() {
    let world = World::giving_keys().await;
    let SignInOutcome::Failed(failure) = world.sign_in_at("openrouter", Person::Denies).await
    else {
        panic!("it was allowed")
    };
    assert_eq!(failure.kind, FailureKind::AccessDenied);

    let id = signed_in(&world).await;
    world.core.models(&id).await.unwrap();
    world.control().set_balance(0);
    let refused = world.ask(&id, "Anything?").await;
    let kind = refused.failure.map(|failure| failure.kind);
    assert_eq!(kind, Some(FailureKind::InsufficientBalance));
}

/// Only the person can take a key back: the sign-out forgets it, and leads to where it is deleted.
#[tokio::test(flavor = "multi_thread")]
async fn a_sign_out_says_that_the_key_stays_and_can_lead_to_its_page() {
    let world = World::giving_keys().await;
    let id = signed_in(&world).await;
    assert!(world.core.account(&id).unwrap().key_outlives_sign_out);
    *world.browser.person.lock().unwrap() = Person::Leaves;
    world.core.sign_out(&id, true).await.unwrap();
    assert!(world.core.accounts().is_empty());
    let opened = world
        .browser
        .opened
        .lock()
        .unwrap()
        .last()
        .cloned()
        .unwrap();
    assert_eq!(
        opened.host_str(),
        Some("127.0.0.1"),
        "which key it is, no process list tells"
    );
    let answer = tokio::task::spawn_blocking(move || raw_get(&opened))
        .await
        .unwrap();
    let page = answer
        .lines()
        .find_map(|line| line.strip_prefix("Location: "))
        .unwrap();
    assert!(page.starts_with("https://openrouter.ai/keys/"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stray_refusal_keeps_the_key_and_taking_it_back_asks_for_a_sign_in() {
    let world = World::giving_keys().await;
    let id = signed_in(&world).await;
    world.core.models(&id).await.unwrap();
    world.control().set_scenario(&[Scenario::Chat401Once]);
    let refused = world.ask(&id, "Anything?").await;
    let kind = refused.failure.map(|failure| failure.kind);
    assert_eq!(kind, Some(FailureKind::ProviderUnavailable));
    let session = |world: &World| world.core.account(&id).unwrap().session;
    assert!(matches!(session(&world), SessionStatus::SignedIn(_)));

    let subject = world.control().subjects()[0].clone();
    world.control().revoke_grant(&subject);
    let failure = world.core.refresh_balance(&id).await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::ReauthRequired);
    assert_eq!(session(&world), SessionStatus::ReauthRequired);
}

/// What is answered, redirects not followed.
fn raw_get(url: &Url) -> String {
    let host = url.host_str().unwrap();
    let mut stream = TcpStream::connect((host, url.port().unwrap())).unwrap();
    let (path, port) = (url.path(), url.port().unwrap());
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}
