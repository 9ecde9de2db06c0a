//! What a provider can do wrong while it answers: a named failure in the answer's place, with what
//! came kept and the person's words on record.

use sandbox_provider::Scenario as S;
use tuppence_core::{Ending, FailureKind as K, SessionStatus, Status};

use crate::world::World;

/// Checklist 113.
#[tokio::test(flavor = "multi_thread")]
async fn every_refusal_names_its_next_step_and_charges_nothing() {
    let cases = [
        (S::Chat402Reservation, K::ReservationTooLarge),
        (S::Chat403Scope, K::InsufficientScope),
        (S::Chat404Model, K::ModelUnavailable),
        (S::Chat429RetryAfter, K::RateLimited),
        (S::Chat429Capacity, K::AtCapacity),
        (S::Chat500, K::ProviderUnavailable),
        (S::Chat503, K::AtCapacity),
        (S::ChatHtml200, K::ProviderUnavailable),
        (S::ChatRedirect, K::ProviderUnavailable),
    ];
    let world = World::new().await;
    let id = world.signed_in().await;
    for (scenario, expected) in cases {
        world.control().set_scenario(&[scenario]);
        let answer = world.ask(&id, "Are you there?").await;
        let failure = answer
            .failure
            .unwrap_or_else(|| panic!("{scenario:?}: {:?}", answer.message.status));
        assert_eq!(failure.kind, expected, "{scenario:?}: {failure}");
        assert_eq!(answer.message.cost, None, "{scenario:?}");
        assert!(
            matches!(
                world.core.account(&id).unwrap().session,
                SessionStatus::SignedIn(_)
            ),
            "{scenario:?}"
        );
    }
    world.control().set_scenario(&[]);
    // Nothing was lost: every question is there, and each can be asked again.
    assert_eq!(world.core.conversations().await.unwrap().len(), cases.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rate_limit_says_until_when() {
    let world = World::new().await;
    let id = world.signed_in().await;
    world.control().set_scenario(&[S::Chat429RetryAfter]);
    let failure = world.ask(&id, "Again?").await.failure.unwrap();
    assert!(
        failure
            .retry_at
            .is_some_and(|at| at > std::time::SystemTime::now())
    );
}

/// Checklist 69.
#[tokio::test(flavor = "multi_thread")]
async fn a_rejected_token_is_refreshed_once_and_the_answer_comes() {
    let world = World::new().await;
    let id = world.signed_in().await;
    world.control().set_scenario(&[S::Chat401Once]);
    let answer = world.ask(&id, "Still there?").await;
    assert!(
        matches!(
            answer.message.status,
            Status::Ended(Ending::Complete { .. })
        ),
        "{:?}",
        answer.failure
    );
    assert_eq!(world.control().counters().refreshes, 1);

    world.control().set_scenario(&[S::Chat401Always]);
    let failure = world.ask(&id, "And now?").await.failure.unwrap();
    assert_eq!(failure.kind, K::ReauthRequired);
    assert!(world.control().counters().refreshes <= 3, "no loop");
}

/// Checklist 107 to 110: what came is kept, and priced.
#[tokio::test(flavor = "multi_thread")]
async fn a_stream_that_breaks_keeps_what_came() {
    for scenario in [
        S::StreamCut,
        S::StreamReset,
        S::StreamBareJsonError,
        S::StreamErrorObject,
        S::StreamErrorEvent,
    ] {
        let world = World::new().await;
        let id = world.signed_in().await;
        world.control().set_scenario(&[scenario]);
        let answer = world.ask(&id, "Tell me something long.").await;
        let failure = answer
            .failure
            .unwrap_or_else(|| panic!("{scenario:?}: {:?}", answer.message.status));
        assert_eq!(
            failure.kind,
            K::StreamInterrupted,
            "{scenario:?}: {failure}"
        );
        assert!(!answer.message.text.is_empty(), "{scenario:?}");
        assert!(answer.message.cost.is_some(), "{scenario:?}");
    }
}

/// Checklist 103 to 106, 111: streams that are odd but whole.
#[tokio::test(flavor = "multi_thread")]
async fn odd_streams_are_read_whole() {
    let plain = World::new().await;
    let id = plain.signed_in().await;
    let expected = plain.ask(&id, "Tell me about tables.").await.message.text;
    for scenario in [
        S::StreamNoDone,
        S::StreamCrlf,
        S::StreamCr,
        S::StreamBom,
        S::StreamComments,
        S::StreamBytewise,
        S::StreamOddFields,
        S::StreamUnknownFinish,
    ] {
        plain.control().set_scenario(&[scenario]);
        let answer = plain.ask(&id, "Tell me about tables.").await;
        assert!(
            matches!(
                answer.message.status,
                Status::Ended(Ending::Complete { .. })
            ),
            "{scenario:?}: {:?}",
            answer.failure
        );
        assert_eq!(answer.message.text, expected, "{scenario:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn missing_usage_is_estimated_and_never_zero() {
    let world = World::new().await;
    let id = world.signed_in().await;
    world.control().set_scenario(&[S::StreamNoUsage]);
    let cost = world.ask(&id, "How much?").await.message.cost.unwrap();
    assert!(cost.amount.micro() > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_began_anew_shows_the_second_one_and_keeps_the_first() {
    let world = World::new().await;
    let id = world.signed_in().await;
    let whole = world.ask(&id, "Tell me about code.").await.message.text;
    world.control().set_scenario(&[S::StreamRestart]);
    let answer = world.ask(&id, "Tell me about code.").await;
    assert_eq!(answer.message.text, whole);
}

/// The wallet that really runs out, and goes on after a top-up.
#[tokio::test(flavor = "multi_thread")]
async fn an_empty_wallet_refuses_and_after_money_came_the_same_words_are_answered() {
    let world = World::new().await;
    let id = world.signed_in().await;
    world.control().set_balance(0);
    let refused = world.ask(&id, "One more thing?").await;
    assert!(matches!(
        refused.failure.as_ref().unwrap().kind,
        K::InsufficientBalance | K::ReservationTooLarge
    ));

    // This time the person's part is played by the test itself.
    *world.browser.person.lock().unwrap() = crate::world::Person::Leaves;
    world.core.open_top_up(&id).await.unwrap();
    let page = world.browser.opened.lock().unwrap().last().unwrap().clone();
    let visitor = sandbox_provider::Visitor::new().unwrap();
    visitor
        .top_up(&page, sandbox_provider::TopUp::Five)
        .await
        .unwrap();
    let turn = tuppence_core::TurnRequest {
        model_id: "penny-small".to_owned(),
        account: id.clone(),
    };
    let answer =
        crate::world::ended(world.core.retry(&refused.message.id, turn).await.unwrap()).await;
    assert!(matches!(
        answer.message.status,
        Status::Ended(Ending::Complete { .. })
    ));
}
