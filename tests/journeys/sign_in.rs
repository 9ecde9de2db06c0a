use tuppence_core::{Balance, FailureKind, Persistence, SignInOutcome, SignInStage};

use crate::world::{Person, World};

#[tokio::test(flavor = "multi_thread")]
async fn a_newcomer_signs_in_and_sees_who_they_are_and_what_they_have() {
    let world = World::new().await;
    let id = world.signed_in().await;
    let account = world.core.account(&id).unwrap();
    assert_eq!(account.record.display_name, "Penny Sandbox");
    assert!(account.record.play_money);
    assert!(account.record.granted_scopes.contains("credits.spend"));
    let Balance::Known { amount, .. } = account.balance else {
        panic!("{:?}", account.balance)
    };
    assert_eq!(amount.micro(), 5_000_000);
    assert!(amount.is_play());
    assert_eq!(world.core.active_account(), Some(id));
    assert!(world.core.pending_sign_in().is_none());
    world
        .until("the page tells the truth", |_| {
            world
                .browser
                .last_page
                .lock()
                .unwrap()
                .contains("Penny Sandbox")
        })
        .await;
}

/// Checklist 130: what a process list shows is a used-up launch address.
#[tokio::test(flavor = "multi_thread")]
async fn the_browser_is_handed_an_address_without_anything_of_the_request_in_it() {
    let world = World::new().await;
    world.signed_in().await;
    let opened = world.browser.opened.lock().unwrap().clone();
    assert_eq!(opened.len(), 1);
    assert_eq!(opened[0].host_str(), Some("127.0.0.1"));
    assert!(opened[0].query().is_none());
    for secret in world.control().issued_secrets() {
        assert!(!opened[0].as_str().contains(&secret));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn saying_no_is_told_as_such_on_both_sides() {
    let world = World::new().await;
    let SignInOutcome::Failed(failure) = world.sign_in_as(Person::Denies).await else {
        panic!()
    };
    assert_eq!(failure.kind, FailureKind::AccessDenied);
    assert!(world.core.accounts().is_empty());
    world
        .until("a page", |_| {
            !world.browser.last_page.lock().unwrap().is_empty()
        })
        .await;
    assert!(
        !world
            .browser
            .last_page
            .lock()
            .unwrap()
            .contains("You are signed in")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn cancelling_while_the_browser_has_the_turn_ends_it_and_frees_the_port() {
    let world = World::new().await;
    *world.browser.person.lock().unwrap() = Person::Leaves;
    let attempt = world
        .core
        .sign_in("sandbox", Persistence::SessionOnly)
        .unwrap();
    world
        .until("it waits", |core| {
            core.pending_sign_in()
                .is_some_and(|a| a.stage == SignInStage::WaitingForBrowser)
        })
        .await;
    world.core.cancel_sign_in(&attempt.id);
    assert!(matches!(
        world.sign_in_ended().await,
        SignInOutcome::Cancelled
    ));
    assert!(world.core.pending_sign_in().is_none());
    world.signed_in().await;
}

/// Checklist 19.
#[tokio::test(flavor = "multi_thread")]
async fn a_second_attempt_takes_the_place_of_the_first() {
    let world = World::new().await;
    *world.browser.person.lock().unwrap() = Person::Leaves;
    let first = world
        .core
        .sign_in("sandbox", Persistence::SessionOnly)
        .unwrap();
    world
        .until("it waits", |core| {
            core.pending_sign_in()
                .is_some_and(|a| a.stage == SignInStage::WaitingForBrowser)
        })
        .await;
    *world.browser.person.lock().unwrap() = Person::Allows;
    let second = world
        .core
        .sign_in("sandbox", Persistence::SessionOnly)
        .unwrap();
    assert_ne!(first.id, second.id);
    assert!(matches!(
        world.sign_in_ended().await,
        SignInOutcome::SignedIn(_)
    ));
    assert_eq!(world.core.accounts().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_browser_the_link_can_be_copied_and_works() {
    let world = World::new().await;
    *world.browser.person.lock().unwrap() = Person::HasNoBrowser;
    let attempt = world
        .core
        .sign_in("sandbox", Persistence::SessionOnly)
        .unwrap();
    world
        .until("it says so", |core| {
            core.pending_sign_in().is_some_and(|a| a.browser_failed)
        })
        .await;
    let again = world
        .core
        .open_browser_again(&attempt.id)
        .await
        .unwrap_err();
    assert_eq!(again.kind, FailureKind::BrowserUnavailable);

    let link = world.core.launch_link(&attempt.id).unwrap();
    let visitor = sandbox_provider::Visitor::new().unwrap();
    visitor.sign_in(&link).await.unwrap();
    assert!(matches!(
        world.sign_in_ended().await,
        SignInOutcome::SignedIn(_)
    ));
}

/// Remote desktops and containers: the redirect's address is carried over by hand.
#[tokio::test(flavor = "multi_thread")]
async fn a_pasted_redirect_address_works_and_a_wrong_one_keeps_waiting() {
    let world = World::new().await;
    *world.browser.person.lock().unwrap() = Person::Leaves;
    let attempt = world
        .core
        .sign_in("sandbox", Persistence::SessionOnly)
        .unwrap();
    world
        .until("it waits", |core| {
            core.pending_sign_in()
                .is_some_and(|a| a.stage == SignInStage::WaitingForBrowser)
        })
        .await;
    let (url, _) = world.core.authorization_addresses(&attempt.id).unwrap();
    let visitor = sandbox_provider::Visitor::new().unwrap();
    let redirect = visitor.allow(&url).await.unwrap();

    for wrong in [
        "nonsense",
        "https://example.org/?code=1&state=2",
        &redirect.as_str().replace("state=", "state=x"),
    ] {
        let failure = world
            .core
            .paste_redirect(&attempt.id, wrong.to_owned().into())
            .unwrap_err();
        assert_eq!(failure.kind, FailureKind::RedirectInvalid, "{wrong}");
    }
    world
        .core
        .paste_redirect(&attempt.id, redirect.to_string().into())
        .unwrap();
    assert!(matches!(
        world.sign_in_ended().await,
        SignInOutcome::SignedIn(_)
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_revokes_forgets_and_leaves_the_conversations() {
    let world = World::new().await;
    let id = world.signed_in().await;
    world.ask(&id, "Hello").await;
    world.core.sign_out(&id, false).await.unwrap();
    assert!(world.core.accounts().is_empty());
    assert!(world.control().counters().revocations >= 1);
    assert_eq!(world.core.conversations().await.unwrap().len(), 1);
    let gone = world.core.refresh_balance(&id).await.unwrap_err();
    assert_eq!(gone.kind, FailureKind::NotFound);
}

/// Checklist 70: signing out works offline too.
#[tokio::test(flavor = "multi_thread")]
async fn signing_out_works_while_the_provider_is_down() {
    let world = World::new().await;
    let id = world.signed_in().await;
    world.control().outage(true);
    world.core.sign_out(&id, false).await.unwrap();
    assert!(world.core.accounts().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_of_this_run_only_is_gone_after_a_restart() {
    let world = World::new().await;
    world.signed_in().await;
    let world = world.restarted().await;
    assert!(world.core.accounts().is_empty());
}

/// Being offline, or a provider with faults, signs nobody out.
#[tokio::test(flavor = "multi_thread")]
async fn an_outage_keeps_the_session_and_the_last_known_balance() {
    let world = World::new().await;
    let id = world.signed_in().await;
    world.control().expire_access_tokens();
    world.control().outage(true);
    let failure = world.core.refresh_balance(&id).await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::ProviderUnavailable);
    let account = world.core.account(&id).unwrap();
    assert!(account.balance_is_stale);
    assert!(matches!(account.balance, Balance::Known { .. }));
    assert!(matches!(
        account.session,
        tuppence_core::SessionStatus::SignedIn(_)
    ));

    world.control().outage(false);
    world.core.refresh_balance(&id).await.unwrap();
    assert!(!world.core.account(&id).unwrap().balance_is_stale);
}

/// Checklist 64: the provider's verdict on the grant does.
#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_grant_asks_to_sign_in_again_and_doing_so_goes_on() {
    let world = World::new().await;
    let id = world.signed_in().await;
    let subject = world.core.account(&id).unwrap().record.subject;
    world.control().revoke_grant(&subject);
    let failure = world.core.refresh_balance(&id).await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::ReauthRequired);
    world
        .until("the account says so", |core| {
            core.account(&id).unwrap().session == tuppence_core::SessionStatus::ReauthRequired
        })
        .await;
    assert_eq!(
        world.signed_in().await,
        id,
        "the same person is the same account"
    );
    assert_eq!(world.core.accounts().len(), 1);
}
