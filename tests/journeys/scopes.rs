//! What was not allowed is off, by itself; and the person can allow it afterwards.

use sandbox_provider::{Scenario, Visitor};
use tuppence_core::{Balance, Ending, FailureKind, Feature, SignInOutcome, Status, TurnRequest};

use crate::world::{Person, World, ended};

fn turn(account: &tuppence_core::AccountId) -> TurnRequest {
    TurnRequest {
        model_id: "penny-small".to_owned(),
        account: account.clone(),
    }
}

async fn signed_in_with_less(world: &World) -> tuppence_core::AccountId {
    world.control().set_scenario(&[Scenario::TokenSmallerScope]);
    let outcome = world.sign_in_as(Person::Allows).await;
    world.control().set_scenario(&[]);
    match outcome {
        SignInOutcome::SignedIn(id) => id,
        other => panic!("{other:?}"),
    }
}

/// Checklist 32: the feature is off with its reason, consent is asked for the union, and the same message
/// goes.
#[tokio::test(flavor = "multi_thread")]
async fn a_missing_scope_is_named_allowed_and_the_same_message_goes() {
    let world = World::new().await;
    let id = signed_in_with_less(&world).await;
    let lacking = world.core.account(&id).unwrap().record.lacking;
    let features: Vec<Feature> = lacking.iter().map(|it| it.feature).collect();
    assert_eq!(features, [Feature::Answers, Feature::Balance]);
    let balance = world.core.refresh_balance(&id).await.unwrap();
    assert_eq!(balance, Balance::NotReadable, "off, and no fault");

    let refused = world.ask(&id, "Hello").await;
    let failure = refused.failure.clone().unwrap();
    assert_eq!(failure.kind, FailureKind::InsufficientScope);
    assert_eq!(failure.missing_scopes.as_deref(), Some("credits.spend"));

    world.core.consent_for(&id, &["credits.spend"]).unwrap();
    let asked = world.core.pending_sign_in().unwrap();
    assert_eq!(asked.consent_of.as_ref(), Some(&id));
    let outcome = world.sign_in_ended().await;
    assert!(
        matches!(&outcome, SignInOutcome::SignedIn(same) if *same == id),
        "{outcome:?}"
    );
    let record = world.core.account(&id).unwrap().record;
    assert!(record.lacking.is_empty(), "{record:?}");
    assert!(record.granted_scopes.contains("openid"));

    let again = world.core.retry(&refused.message.id, turn(&id)).await;
    let answer = ended(again.unwrap()).await;
    assert!(
        matches!(
            answer.message.status,
            Status::Ended(Ending::Complete { .. })
        ),
        "{:?}",
        answer.failure
    );
}

/// Checklist 137: whoever else comes back changes nothing.
#[tokio::test(flavor = "multi_thread")]
async fn consent_counts_only_from_the_same_person() {
    let world = World::new().await;
    let id = signed_in_with_less(&world).await;
    *world.browser.person.lock().unwrap() = Person::Leaves;
    let attempt = world.core.consent_for(&id, &["credits.spend"]).unwrap();
    world
        .until("it waits", |core| core.launch_link(&attempt.id).is_ok())
        .await;
    let link = world.core.launch_link(&attempt.id).unwrap();
    let other = Visitor::new().unwrap().named("Somebody Else");
    let revoked = world.control().counters().revocations;
    other.sign_in(&link).await.unwrap();
    let SignInOutcome::Failed(failure) = world.sign_in_ended().await else {
        panic!()
    };
    assert_eq!(failure.kind, FailureKind::OtherAccount);
    let accounts = world.core.accounts();
    assert_eq!(accounts.len(), 1);
    assert_eq!(accounts[0].record.id, id);
    assert_eq!(accounts[0].record.lacking.len(), 2, "as it was");
    world.core.close().await;
    assert!(
        world.control().counters().revocations > revoked,
        "the other person's tokens are nobody's"
    );
}
