//! A message that was refused for want of money goes on by itself, at most once, whichever process dies
//! when. The provider's books are the witness.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use sandbox_provider::{Counters, SandboxConfig, Scenario};
use tuppence_core::{Ending, MessageState, Status};

use crate::resume_child::{self, Seen};
use crate::world::World;

const TEST: &str = "resume::killed_between_any_two_steps_it_is_paid_for_at_most_once";

#[tokio::test(flavor = "multi_thread")]
async fn after_a_top_up_the_same_message_goes_on_by_itself_once() {
    let world = World::new().await;
    let id = world.signed_in().await;
    world.core.wait_on_for_money().await.unwrap();
    world.control().set_balance(0);
    let refused = world.ask(&id, "One more thing?").await;
    *world.browser.person.lock().unwrap() = crate::world::Person::Leaves;
    world
        .core
        .top_up_for(&id, &refused.message.id)
        .await
        .unwrap();
    assert_eq!(
        world.core.awaiting_money(),
        std::slice::from_ref(&refused.message.id)
    );

    world.control().set_balance(5_000_000);
    let conversation = refused.message.conversation_id.clone();
    let last = answered(&world, &conversation).await;
    assert_eq!(last.message.parent_id, refused.message.parent_id);
    assert!(world.core.awaiting_money().is_empty());
    assert_eq!(world.control().counters().settled_chats, 1);

    // More money changes nothing: it went on once.
    world.control().set_balance(9_000_000);
    world.core.refresh_balance(&id).await.unwrap();
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(world.control().counters().settled_chats, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_person_sends_themselves_does_not_go_on_too() {
    let world = World::new().await;
    let id = world.signed_in().await;
    world.control().set_balance(0);
    let refused = world.ask(&id, "One more thing?").await;
    *world.browser.person.lock().unwrap() = crate::world::Person::Leaves;
    world
        .core
        .top_up_for(&id, &refused.message.id)
        .await
        .unwrap();
    world.core.stay(&refused.message.id).await.unwrap();
    world.control().set_balance(5_000_000);
    world.core.refresh_balance(&id).await.unwrap();
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(world.control().counters().settled_chats, 0);
}

/// An answer of which a part came was paid for in part: the person decides.
#[tokio::test(flavor = "multi_thread")]
async fn only_a_refusal_goes_on_by_itself() {
    let world = World::new().await;
    let id = world.signed_in().await;
    world.control().set_scenario(&[Scenario::StreamCut]);
    let broken = world.ask(&id, "Something long.").await;
    *world.browser.person.lock().unwrap() = crate::world::Person::Leaves;
    world
        .core
        .top_up_for(&id, &broken.message.id)
        .await
        .unwrap();
    assert!(world.core.awaiting_money().is_empty());
}

/// What is to be after a death at a place, and a new start.
struct Expected {
    place: &'static str,
    /// Answers in the provider's books.
    charged: std::ops::RangeInclusive<u64>,
    /// It went on without being asked.
    went_on: bool,
}

/// Checklist 148.
#[tokio::test(flavor = "multi_thread")]
async fn killed_between_any_two_steps_it_is_paid_for_at_most_once() {
    if resume_child::is_child() {
        return resume_child::run().await;
    }
    let table = [
        // Nothing was sent: it goes on at the next start.
        ("armed 1", 1..=1, true),
        ("opened 1", 1..=1, true),
        ("paid 1", 1..=1, true),
        // It was about to be sent, or was: the person is asked.
        ("taken 1", 0..=0, false),
        ("recorded 2", 0..=0, false),
        ("answering 1", 0..=1, false),
        ("speaking 1", 0..=1, false),
    ];
    for (place, charged, went_on) in table {
        let expected = Expected {
            place,
            charged,
            went_on,
        };
        one_death(&expected).await;
    }
}

async fn one_death(expected: &Expected) {
    let Expected {
        place,
        charged,
        went_on,
    } = expected;
    let world = World::with(SandboxConfig {
        starting_balance_micro: 0,
        ..SandboxConfig::default()
    })
    .await;
    let control = world.control();
    let mut first = child(
        &world,
        &[("TUPPENCE_ABORT_AT", place), ("RESUME_PART", "ask")],
    );
    // Money comes once the page for it is open, or the process is gone.
    let data = world.data.path();
    while !resume_child::is_waiting(data) && first.try_wait().unwrap().is_none() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    control.set_balance(5_000_000);
    let died = wait(&mut first, place).await;
    assert!(!died.success(), "{place}: it was to die there");
    assert!(control.counters().chats > 0, "{place}: it asked before");

    let mut second = child(&world, &[("RESUME_PART", "look")]);
    assert!(wait(&mut second, place).await.success(), "{place}");
    let Seen { status, text } = resume_child::seen(world.data.path());
    let Counters { settled_chats, .. } = control.counters();
    println!("{place}: charged {settled_chats}, then {status}, {text} bytes kept");
    assert!(
        charged.contains(&settled_chats),
        "{place}: charged {settled_chats}"
    );
    assert_eq!(status == "complete", *went_on, "{place}: {status}");
}

fn child(world: &World, vars: &[(&str, &str)]) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", TEST, "--nocapture"])
        .envs(resume_child::vars(world))
        .envs(vars.iter().copied())
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

async fn wait(child: &mut Child, place: &str) -> std::process::ExitStatus {
    let deadline = Instant::now() + Duration::from_secs(60);
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status;
        }
        if Instant::now() > deadline {
            child.kill().unwrap();
            panic!("{place}: the process does not end");
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Waits until the conversation's last answer is whole.
async fn answered(world: &World, conversation: &str) -> MessageState {
    let deadline = Instant::now() + Duration::from_secs(60);
    loop {
        let open = world.core.conversation(conversation).await.unwrap();
        let last = open.page.messages.into_iter().next_back().unwrap();
        if matches!(last.message.status, Status::Ended(Ending::Complete { .. })) {
            return last;
        }
        assert!(
            Instant::now() < deadline,
            "never: {:?}",
            last.message.status
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
