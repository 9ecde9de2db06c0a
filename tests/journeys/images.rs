//! An image for a model that is listed as taking none.

use tuppence_core::{AttachTo, FailureKind, SendRequest, TurnRequest};

use crate::world::World;

/// A provider that lists what its models take: nothing leaves, nothing is recorded, and the picture stays
/// with the draft for a model that sees.
#[tokio::test(flavor = "multi_thread")]
async fn an_image_is_refused_before_it_leaves_and_stays_with_the_draft() {
    let world = World::giving_keys().await;
    let outcome = world.sign_in_at("openrouter", crate::world::Person::Allows);
    let tuppence_core::SignInOutcome::SignedIn(account) = outcome.await else {
        panic!("not signed in")
    };
    world.core.models(&account).await.unwrap();
    let picture = include_bytes!("../../icons/32x32.png").to_vec();
    let attached = world
        .core
        .attach_file(AttachTo::Draft(None), "picture.png", picture)
        .await
        .unwrap();
    let send = |model: &str| {
        world.core.send(SendRequest {
            conversation_id: None,
            text: "What is this?".to_owned(),
            attachments: vec![attached.id.clone()],
            preset: None,
            turn: TurnRequest {
                model_id: model.to_owned(),
                account: account.clone(),
            },
        })
    };
    let refused = send("penny-small").await.unwrap_err();
    assert_eq!(refused.kind, FailureKind::ModelTakesNoImages);
    assert_eq!(world.control().counters().chats, 0);
    assert!(world.core.conversations().await.unwrap().is_empty());
    let kept = world.core.draft_attachments(None).await.unwrap();
    assert_eq!(kept.len(), 1);
    let answer = crate::world::ended(send("penny-vision").await.unwrap()).await;
    assert!(
        answer.message.text.contains("image/png"),
        "{}",
        answer.message.text
    );
}
