//! Answers that are paid for and do not come; answers that are asked to be shorter.

use sandbox_provider::Scenario as S;
use tuppence_core::{FailureKind, LossCause, LoweredBy, TurnRequest};

use crate::world::{World, ended};

fn turn(account: &tuppence_core::AccountId, model: &str) -> TurnRequest {
    TurnRequest {
        model_id: model.to_owned(),
        account: account.clone(),
    }
}

/// The provider bills the whole answer and breaks the connection before its first byte.
#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_was_charged_and_never_came_says_so_with_its_amount() {
    let world = World::new().await;
    let id = world.signed_in().await;
    world.core.refresh_balance(&id).await.unwrap();
    world.control().set_scenario(&[S::StreamLost]);
    let answer = world.ask(&id, "Show me a table, please.").await;
    assert!(answer.message.text.is_empty());
    assert!(answer.failure.is_some());
    world.control().set_scenario(&[]);
    // The balance is read after the answer; what it lost is that answer's.
    let message_id = answer.message.id.clone();
    let mut lost = None;
    for _ in 0..200 {
        lost = world.core.message(&message_id).await.unwrap().message.loss;
        if lost.is_some() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    let lost = lost.expect("the charge is found");
    let subject = &world.control().subjects()[0];
    let taken = 5_000_000 - world.control().balance(subject).unwrap();
    assert_eq!(lost.cause, LossCause::NoWords);
    assert_eq!(lost.cost.amount.micro(), taken);
    assert!(lost.cost.amount.is_play());
    let losses = world.core.losses(Some(&id)).await.unwrap();
    assert_eq!((losses[0].amount.micro(), losses[0].answers), (taken, 1));

    let world = world.restarted().await;
    let again = world.core.message(&message_id).await.unwrap();
    assert_eq!(again.message.loss, Some(lost), "it is kept");
}

/// A beginning that the provider drops within a stream is in its bill.
#[tokio::test(flavor = "multi_thread")]
async fn a_beginning_that_was_dropped_says_what_it_cost() {
    let world = World::new().await;
    let id = world.signed_in().await;
    world.control().set_scenario(&[S::StreamRestart]);
    let answer = world.ask(&id, "Show me a table, please.").await;
    let (cost, loss) = (answer.message.cost.unwrap(), answer.message.loss.unwrap());
    assert_eq!(loss.cause, LossCause::BegunAnew);
    assert!(loss.cost.amount.micro() > 0 && loss.cost.amount.micro() < cost.amount.micro());
    world.control().set_scenario(&[]);
    let whole = world.ask(&id, "Show me a table, please.").await;
    assert_eq!(whole.message.loss, None);
    assert_eq!(world.core.losses(None).await.unwrap()[0].answers, 1);
}

/// The wallet does not cover the worst case: the same message, with room for what it covers.
#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_the_wallet_does_not_cover_is_asked_again_shorter() {
    let world = World::new().await;
    let id = world.signed_in().await;
    // Enough for a few hundred tokens of the dear model, and the app is not told in time.
    world.core.refresh_balance(&id).await.unwrap();
    world.control().set_scenario(&[S::Chat402Reservation]);
    let refused = world
        .ask_of("penny-large", None, &id, "Show me a table, please.")
        .await;
    let failure = refused.failure.unwrap();
    assert_eq!(failure.kind, FailureKind::ReservationTooLarge);
    world.control().set_scenario(&[]);
    world.control().set_balance(30_000);
    let started = world
        .core
        .retry_shorter(&refused.message.id, turn(&id, "penny-large"))
        .await
        .unwrap();
    let answer = ended(started).await;
    assert!(answer.failure.is_none(), "{:?}", answer.failure);
    assert!(!answer.message.text.is_empty());
    let (tokens, by) = answer.lowered().unwrap();
    assert_eq!(by, LoweredBy::Asked);
    assert!(tokens < 400, "75 a million leave {tokens}");
    assert_eq!(
        answer.message.parent_id, refused.message.parent_id,
        "the same message"
    );

    world.control().set_balance(10);
    let started = world
        .core
        .retry_shorter(&answer.message.id, turn(&id, "penny-large"))
        .await
        .unwrap();
    let failure = ended(started).await.failure.unwrap();
    assert_eq!(failure.kind, FailureKind::ReservationTooLarge);
    let chats = world.control().counters().chats;
    assert_eq!(chats, 2, "nothing left");

    let world = world.restarted().await;
    let again = world.core.message(&answer.message.id).await.unwrap();
    assert_eq!(again.lowered(), Some((tokens, by)), "it is kept");
}
