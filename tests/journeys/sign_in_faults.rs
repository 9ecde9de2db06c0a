//! What a provider can do wrong while somebody signs in: a named failure with a next step, nobody
//! signed in, and the next attempt works.

use sandbox_provider::Scenario as S;
use tuppence_core::{FailureKind as K, SignInOutcome};

use crate::world::{Person, World};

#[tokio::test(flavor = "multi_thread")]
async fn every_fault_on_the_way_ends_in_the_failure_that_names_its_next_step() {
    let cases = [
        (S::Discovery500, K::ProviderUnavailable),
        (S::DiscoveryHtml, K::ProviderUntrusted),
        (S::DiscoveryWrongIssuer, K::ProviderUntrusted),
        (S::DiscoveryNoS256, K::ProviderUntrusted),
        (S::DiscoveryPlainHttp, K::ProviderUntrusted),
        (S::AuthorizeErrorDenied, K::AccessDenied),
        (S::Token500, K::ProviderUnavailable),
        (S::TokenHtml500, K::ProviderUnavailable),
        (S::TokenHtml200, K::ProviderUnavailable),
        (S::TokenInvalidClient, K::RegistrationRejected),
        (S::TokenNotBearer, K::ProviderUnavailable),
        (S::IdTokenWrongIss, K::ProviderUntrusted),
        (S::IdTokenWrongAud, K::ProviderUntrusted),
        (S::IdTokenWrongNonce, K::ProviderUntrusted),
        (S::IdTokenExpired, K::ProviderUntrusted),
        (S::IdTokenAlgNone, K::ProviderUntrusted),
        (S::IdTokenHs256, K::ProviderUntrusted),
        (S::IdTokenBadSignature, K::ProviderUntrusted),
        (S::IdTokenWrongAtHash, K::ProviderUntrusted),
    ];
    for (scenario, expected) in cases {
        let world = World::new().await;
        let failure = world.refused(&[scenario]).await;
        assert_eq!(failure.kind, expected, "{scenario:?}: {failure}");
        assert!(world.core.accounts().is_empty(), "{scenario:?}");
        assert!(world.core.pending_sign_in().is_none(), "{scenario:?}");
        let page = world.browser.last_page.lock().unwrap().clone();
        assert!(!page.contains("You are signed in"), "{scenario:?}");

        world.control().set_scenario(&[]);
        world.signed_in().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_is_down_is_told_before_the_browser_opens() {
    let world = World::new().await;
    world.control().outage(true);
    let SignInOutcome::Failed(failure) = world.sign_in_as(Person::Allows).await else {
        panic!()
    };
    assert_eq!(failure.kind, K::ProviderUnavailable);
    assert!(world.browser.opened.lock().unwrap().is_empty());
}

/// Checklist 3 to 6: other hits on the port are answered and change nothing.
#[tokio::test(flavor = "multi_thread")]
async fn stray_and_forged_hits_do_not_disturb() {
    let world = World::new().await;
    world.control().set_scenario(&[S::AuthorizeStrayHits]);
    world.signed_in().await;
}

/// Checklist 54, 56: keys that rotated just now are fetched again.
#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_was_rotated_just_now_is_found() {
    let world = World::new().await;
    world.signed_in().await;
    let fetched = world.control().counters().key_sets;
    world.control().rotate_keys().await.unwrap();
    world.signed_in().await;
    assert!(world.control().counters().key_sets > fetched);
}

/// Checklist 18.
#[tokio::test(flavor = "multi_thread")]
async fn a_registered_port_in_use_is_passed_over() {
    let taken = std::net::TcpListener::bind(("127.0.0.1", sandbox_provider::REGISTERED_PORTS[0]));
    let world = World::new().await;
    world.signed_in().await;
    drop(taken);
}

/// Checklist 3: a response without our state, or with it twice, is none; the wait goes on.
#[tokio::test(flavor = "multi_thread")]
async fn a_response_without_our_state_keeps_the_sign_in_waiting() {
    for scenario in [
        S::AuthorizeWrongState,
        S::AuthorizeMissingState,
        S::AuthorizeDuplicateState,
    ] {
        let world = World::new().await;
        world.control().set_scenario(&[scenario]);
        *world.browser.person.lock().unwrap() = Person::Allows;
        let attempt = world
            .core
            .sign_in("sandbox", tuppence_core::Persistence::SessionOnly)
            .unwrap();
        world
            .until("the page of the refusal", |_| {
                !world.browser.last_page.lock().unwrap().is_empty()
            })
            .await;
        assert!(world.core.pending_sign_in().is_some(), "{scenario:?}");

        // The person tries once more, in the same attempt.
        world.control().set_scenario(&[]);
        world.core.open_browser_again(&attempt.id).await.unwrap();
        assert!(
            matches!(world.sign_in_ended().await, SignInOutcome::SignedIn(_)),
            "{scenario:?}"
        );
    }
}

/// Checklist 32.
#[tokio::test(flavor = "multi_thread")]
async fn a_smaller_grant_signs_in_and_says_what_was_granted() {
    let world = World::new().await;
    world.control().set_scenario(&[S::TokenSmallerScope]);
    let SignInOutcome::SignedIn(id) = world.sign_in_as(Person::Allows).await else {
        panic!()
    };
    let granted = world.core.account(&id).unwrap().record.granted_scopes;
    assert!(granted.split_whitespace().count() < 5, "{granted}");
}
