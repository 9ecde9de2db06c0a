use std::time::{Duration, Instant};

use money::{Amount, Label};
use sandbox_provider::{SandboxConfig, Typing};
use tuppence_core::{Balance, Ending, PatchOp, Status, TurnRequest, TurnUpdate};

use crate::world::{World, ended};

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_streams_in_is_rendered_and_costs_what_the_wallet_loses() {
    let world = World::new().await;
    let id = world.signed_in().await;
    let before = balance(&world, &id);
    let mut started = world.send(&id, "Show me a table, please.").await;
    assert_eq!(started.conversation.title, "Show me a table, please.");
    let mut text = String::new();
    let message = loop {
        match started.updates.next().await.unwrap() {
            TurnUpdate::Patch { text: more, .. } => text.push_str(&more),
            TurnUpdate::Ended { message, .. } => break *message,
            _ => {}
        }
    };
    assert_eq!(message.message.text, text);
    assert!(matches!(
        message.message.status,
        Status::Ended(Ending::Complete { .. })
    ));
    let html = message.blocks.concat();
    assert!(html.contains("<table>"), "{html}");
    let cost = message.message.cost.unwrap();
    assert_eq!(cost.label, Label::Reported);
    assert!(matches!(cost.amount, Amount::Play(_)) && cost.amount.micro() > 0);
    world
        .until("the balance is read again", |_| {
            balance(&world, &id) == before - cost.amount.micro()
        })
        .await;
    let row = world
        .core
        .conversation_row(&started.conversation.id)
        .await
        .unwrap();
    assert_eq!(row.totals.play.unwrap().amount, cost.amount);
    assert_eq!(row.totals.usd, None);
}

/// What streamed patch by patch is what a fresh rendering shows.
#[tokio::test(flavor = "multi_thread")]
async fn following_late_shows_the_same_as_from_the_start() {
    let world = paced().await;
    let id = world.signed_in().await;
    let started = world.send(&id, "Write something long with code.").await;
    tokio::time::sleep(Duration::from_millis(400)).await;
    let mut late = world.core.attach(&started.turn_id).unwrap();
    let Some(TurnUpdate::Patch { ops, text, .. }) = late.next().await else {
        panic!()
    };
    assert!(ops.iter().all(|op| matches!(op, PatchOp::Append { .. })));
    assert!(!text.is_empty());
    world.core.stop(&started.turn_id);
    let message = ended(started).await;
    assert!(message.message.text.starts_with(&text));
}

/// Checklist 117: Stop closes the request, keeps the part, and only the part is paid for.
#[tokio::test(flavor = "multi_thread")]
async fn stop_works_at_once_and_the_part_received_stays() {
    let world = paced().await;
    let id = world.signed_in().await;
    let started = world.send(&id, "Write something long.").await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    let said = Instant::now();
    world.core.stop(&started.turn_id);
    let message = ended(started).await;
    assert!(
        said.elapsed() < Duration::from_millis(200),
        "{:?}",
        said.elapsed()
    );
    assert_eq!(message.message.status, Status::Ended(Ending::Stopped));
    assert!(!message.message.text.is_empty());
    assert!(
        message
            .message
            .cost
            .is_some_and(|cost| cost.label != Label::Reported)
    );
    world
        .until("the provider notices", |_| {
            world.control().counters().cancelled_chats == 1
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn quitting_while_an_answer_streams_keeps_what_came_as_cut_off() {
    let world = paced().await;
    let id = world.signed_in().await;
    let started = world.send(&id, "Write something long.").await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    let world = world.restarted().await;
    let open = world
        .core
        .conversation(&started.conversation.id)
        .await
        .unwrap();
    let answer = open.page.messages.last().unwrap();
    assert_eq!(answer.message.status, Status::Ended(Ending::CutOff));
    assert!(!answer.message.text.is_empty());
    assert!(answer.message.cost.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn asking_again_makes_a_sibling_and_the_model_hears_the_conversation() {
    let world = World::new().await;
    let id = world.signed_in().await;
    let first = world.send(&id, "Remember the number 41.").await;
    let conversation = first.conversation.id.clone();
    let first = ended(first).await;
    let turn = TurnRequest {
        model_id: "penny-large".to_owned(),
        account: id.clone(),
    };
    let second = ended(world.core.retry(&first.message.id, turn).await.unwrap()).await;
    assert_eq!(second.message.sibling_ids.len(), 2);
    assert_eq!(second.message.model_id.as_deref(), Some("penny-large"));
    ended(world.send_in(Some(&conversation), &id, "And now?").await).await;
    let shown = world
        .core
        .conversation(&conversation)
        .await
        .unwrap()
        .page
        .messages;
    assert_eq!(shown.len(), 4);
    assert_eq!(shown[1].message.id, second.message.id);
}

#[tokio::test(flavor = "multi_thread")]
async fn drafts_survive_a_restart_and_leave_when_they_are_sent() {
    let world = World::new().await;
    world.core.save_draft(None, "half a tho").await.unwrap();
    let world = world.restarted().await;
    assert_eq!(world.core.draft(None).await.unwrap(), "half a tho");
    let id = world.signed_in().await;
    world.ask(&id, "half a thought").await;
    assert_eq!(world.core.draft(None).await.unwrap(), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn reasoning_is_kept_apart_from_the_answer() {
    let world = World::new().await;
    let id = world.signed_in().await;
    let turn = TurnRequest {
        model_id: "penny-reasoner".to_owned(),
        account: id.clone(),
    };
    let request = tuppence_core::SendRequest {
        conversation_id: None,
        text: "Why?".to_owned(),
        attachments: Vec::new(),
        preset: None,
        turn,
    };
    let message = ended(world.core.send(request).await.unwrap()).await.message;
    assert!(!message.reasoning.is_empty());
    assert!(!message.text.contains(&message.reasoning));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_conversation_comes_back() {
    let world = World::new().await;
    let id = world.signed_in().await;
    let started = world.send(&id, "Hello").await;
    let conversation = started.conversation.id.clone();
    ended(started).await;
    world.core.delete_conversation(&conversation).await.unwrap();
    assert!(world.core.conversations().await.unwrap().is_empty());
    world
        .core
        .restore_conversation(&conversation)
        .await
        .unwrap();
    assert_eq!(
        world
            .core
            .conversation(&conversation)
            .await
            .unwrap()
            .page
            .messages
            .len(),
        2
    );
}

async fn paced() -> World {
    World::with(SandboxConfig {
        typing: Typing::Paced(Duration::from_millis(10)),
        ..SandboxConfig::default()
    })
    .await
}

fn balance(world: &World, id: &tuppence_core::AccountId) -> i64 {
    match world.core.account(id).unwrap().balance {
        Balance::Known { amount, .. } => amount.micro(),
        other => panic!("{other:?}"),
    }
}

/// Checklist 120: an end that cannot be recorded is shown as such, and recorded once it can be.
#[tokio::test(flavor = "multi_thread")]
async fn an_answer_whose_end_the_disk_refuses_is_recorded_later() {
    let world = paced().await;
    let id = world.signed_in().await;
    let started = world.send(&id, "Write something long.").await;
    let conversation = started.conversation.id.clone();
    let turn_id = started.turn_id.clone();
    tokio::time::sleep(Duration::from_millis(400)).await;
    // Another program holds the database for longer than anybody waits.
    let other = rusqlite::Connection::open(world.data.path().join("tuppence.db")).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    world.core.stop(&turn_id);
    let shown = ended(started).await;
    let failure = shown.failure.expect("it says that it is not recorded");
    assert_eq!(failure.kind, tuppence_core::FailureKind::StorageUnavailable);
    assert!(!shown.message.text.is_empty());

    other.execute_batch("ROLLBACK").unwrap();
    let recorded = async {
        loop {
            let open = world.core.conversation(&conversation).await.unwrap();
            let answer = open.page.messages.last().unwrap().message.clone();
            if answer.status == Status::Ended(Ending::Stopped) {
                return answer;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    let answer = tokio::time::timeout(Duration::from_secs(30), recorded)
        .await
        .unwrap();
    assert_eq!(answer.text, shown.message.text);
    ended(world.send_in(Some(&conversation), &id, "And on?").await).await;
}
