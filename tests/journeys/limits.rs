//! Limits through the whole core: what is refused, shortened and counted, in one process and in eight.

use std::collections::BTreeMap;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use sandbox_provider::SandboxConfig;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::process::{Child, Command};
use tuppence_core::{
    AccountId, Asked, BoxFuture, Confirmed, Ending, FailureKind, LimitName, LimitSet, Limits,
    LoweredBy, MessageState, PlayMoneyHost, PlayMoneyProvider, SendRequest, Status, Tuppence,
    TurnRequest, TurnUpdate,
};

use crate::world::{Browser, World, ended, open_with, sign_in_alone};

fn on_play(play: LimitSet) -> Limits {
    Limits {
        play,
        ..Limits::default()
    }
}

fn a_message(micro: i64) -> Limits {
    on_play(LimitSet {
        message: Some(micro),
        ..LimitSet::default()
    })
}

fn a_day(micro: i64) -> Limits {
    on_play(LimitSet {
        day: Some(micro),
        ..LimitSet::default()
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_shortens_an_answer_and_says_so() {
    let world = World::new().await;
    let id = world.signed_in().await;
    world.core.set_limits(a_message(100), None).await.unwrap();
    let mut started = world.send(&id, "Write something long.").await;
    let mut lowered = None;
    let answer = loop {
        match started.updates.next().await.unwrap() {
            TurnUpdate::Lowered { max_tokens, by } => lowered = Some((max_tokens, by)),
            TurnUpdate::Ended { message, .. } => break *message,
            _ => {}
        }
    };
    let (most, by) = lowered.expect("it is said");
    assert_eq!(by, LoweredBy::Limit(LimitName::Message));
    let reason = Some("length".to_owned());
    let complete = Status::Ended(Ending::Complete {
        finish_reason: reason,
    });
    assert_eq!(answer.message.status, complete);
    assert!(answer.message.usage.unwrap().output <= u64::from(most));
    assert!(answer.message.cost.unwrap().amount.micro() <= 100);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_that_is_reached_refuses_by_its_name_and_charges_nothing() {
    let world = World::new().await;
    let id = world.signed_in().await;
    let cost = world.ask(&id, "Hello there").await.message.cost.unwrap();
    let spent = cost.amount.micro();
    world.core.set_limits(a_day(spent + 5), None).await.unwrap();
    let chats = world.control().counters().chats;

    let refused = world.ask(&id, "And again?").await;
    let failure = refused.failure.unwrap();
    assert_eq!(failure.kind, FailureKind::LimitReached);
    let limit = failure.limit.unwrap();
    assert_eq!(limit.limit, LimitName::Day);
    assert_eq!(
        (limit.amount.micro(), limit.counted.micro()),
        (spent + 5, spent)
    );
    assert!(limit.resets_at.unwrap() > std::time::SystemTime::now());
    assert_eq!(world.control().counters().chats, chats, "nothing was sent");
    assert_eq!(refused.message.cost, None);

    let turn = TurnRequest {
        model_id: "penny-small".to_owned(),
        account: id.clone(),
    };
    let again = ended(
        world
            .core
            .retry(&refused.message.id, turn.clone())
            .await
            .unwrap(),
    )
    .await;
    assert_eq!(
        again.failure.unwrap().kind,
        FailureKind::LimitReached,
        "a retry is no way round"
    );
    let yes = Some(Confirmed::by_the_person());
    world.core.set_limits(Limits::default(), yes).await.unwrap();
    let answered = ended(world.core.retry(&refused.message.id, turn).await.unwrap()).await;
    assert!(matches!(
        answered.message.status,
        Status::Ended(Ending::Complete { .. })
    ));
}

/// Checklist 146.
#[tokio::test(flavor = "multi_thread")]
async fn a_limit_is_lowered_at_once_and_raised_only_when_confirmed() {
    let world = World::new().await;
    let core = &world.core;
    core.set_limits(a_day(1_000), None).await.unwrap();
    core.set_limits(a_day(900), None).await.unwrap();
    for raised in [a_day(901), Limits::default()] {
        let refused = core.set_limits(raised, None).await.unwrap_err();
        assert_eq!(refused.kind, FailureKind::ConfirmationNeeded);
    }
    assert_eq!(core.limits().await.unwrap(), a_day(900));
    let yes = Some(Confirmed::by_the_person());
    core.set_limits(a_day(2_000), yes).await.unwrap();
    assert_eq!(core.limits().await.unwrap(), a_day(2_000));
    let world = world.restarted().await;
    assert_eq!(world.core.limits().await.unwrap(), a_day(2_000));
}

/// Checklist 149: a limit of zero dollars holds no play money.
#[tokio::test(flavor = "multi_thread")]
async fn limits_on_dollars_leave_play_money_alone() {
    let world = World::new().await;
    let id = world.signed_in().await;
    let dollars = LimitSet {
        day: Some(0),
        ..LimitSet::default()
    };
    let limits = Limits {
        dollars,
        ..Limits::default()
    };
    world.core.set_limits(limits, None).await.unwrap();
    assert_eq!(world.ask(&id, "Hello there").await.failure, None);
    let state = world.core.limits_state().await.unwrap();
    assert_eq!((state.dollars.day, state.dollars.month), (0, 0));
    assert!(state.play.day > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_draft_would_cost_is_a_range_around_what_it_costs() {
    let world = World::new().await;
    let id = world.signed_in().await;
    let costs = world
        .core
        .prompt_costs(
            &id,
            Asked {
                text: "Hello there".to_owned(),
                ..Asked::default()
            },
        )
        .await
        .unwrap();
    assert_eq!(costs.len(), 4);
    let small = costs
        .iter()
        .find(|it| it.model_id == "penny-small")
        .unwrap();
    let range = small.cost.unwrap();
    let cost = world
        .ask(&id, "Hello there")
        .await
        .message
        .cost
        .unwrap()
        .amount;
    let (low, high) = (range.low.micro(), range.high.micro());
    assert!(
        low > 0 && low <= cost.micro() && cost.micro() <= high,
        "{low} {cost} {high}"
    );
}

const PROCESSES: usize = 8;
const SENDS_EACH: usize = 25;
/// Two play dollars in all, of which an answer may hold six cents; about two cents is what one costs.
const LIMIT: i64 = 2_000_000;
const ANSWER: i64 = 60_000;

const ROLE: &str = "TUPPENCE_TEST_LIMIT_ROLE";
const TOGETHER: &str = "limits::eight_processes_and_two_hundred_sends_pass_no_limit";

/// The provider of another process.
struct Elsewhere(Value);

impl PlayMoneyHost for Elsewhere {
    fn start(&self) -> BoxFuture<'_, Result<PlayMoneyProvider, String>> {
        let text = |name: &str| self.0[name].as_str().unwrap().to_owned();
        let provider = PlayMoneyProvider {
            issuer: text("issuer").parse().unwrap(),
            api_base: text("api_base").parse().unwrap(),
            client_id: text("client_id"),
        };
        Box::pin(async { Ok(provider) })
    }
}

/// Eight processes over one data directory, each with 25 messages at once, each message asked again
/// while other answers hold what is left. What the provider took is in its own books.
#[tokio::test(flavor = "multi_thread")]
async fn eight_processes_and_two_hundred_sends_pass_no_limit() {
    if let Ok(role) = std::env::var(ROLE) {
        send_together(serde_json::from_str(&role).unwrap()).await;
        return;
    }
    let world = World::with(SandboxConfig {
        starting_balance_micro: 100_000_000,
        ..SandboxConfig::default()
    })
    .await;
    world.signed_in().await;
    let limits = on_play(LimitSet {
        day: Some(LIMIT),
        message: Some(ANSWER),
        ..LimitSet::default()
    });
    world.core.set_limits(limits, None).await.unwrap();
    let role = json!({
        "data": world.data.path(),
        "issuer": world.sandbox.issuer(),
        "api_base": world.sandbox.api_base(),
        "client_id": world.sandbox.client_id(),
    });
    let mut children = Vec::new();
    for _ in 0..PROCESSES {
        let (child, mut lines) = child(&role);
        // One after the other: the sign-ins share five redirect ports.
        assert_eq!(line(&mut lines, "ready").await, "");
        children.push((child, lines));
    }
    for (child, _) in &mut children {
        child
            .stdin
            .as_mut()
            .unwrap()
            .write_all(b"go\n")
            .await
            .unwrap();
    }
    let mut sum: BTreeMap<String, i64> = BTreeMap::new();
    for (mut child, mut lines) in children {
        let told: Value = serde_json::from_str(&line(&mut lines, "told ").await).unwrap();
        for (name, count) in told.as_object().unwrap() {
            *sum.entry(name.clone()).or_default() += count.as_i64().unwrap();
        }
        assert!(child.wait().await.unwrap().success());
    }
    let subject = &world.control().subjects()[0];
    let taken = 100_000_000 - world.control().balance(subject).unwrap();
    let state = world.core.limits_state().await.unwrap();
    println!(
        "limit {LIMIT}, taken by the provider {taken} ({} below it), counted {}; {sum:?}",
        LIMIT - taken,
        state.play.day
    );
    assert!(taken <= LIMIT, "the limit is passed by {}", taken - LIMIT);
    assert!(
        taken > LIMIT - ANSWER,
        "the limit was not reached, so nothing was shown: {taken}"
    );
    assert_eq!(state.play.day, taken, "what counts is what was taken");
    assert_eq!(sum["sends"], i64::try_from(PROCESSES * SENDS_EACH).unwrap());
    assert_eq!(sum["answered"] + sum["refused"], sum["sends"]);
    assert!(sum["refused"] > 0);
}

type Lines = tokio::io::Lines<BufReader<tokio::process::ChildStdout>>;

fn child(role: &Value) -> (Child, Lines) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([TOGETHER, "--exact", "--nocapture", "--test-threads=1"])
        .env(ROLE, role.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    (child, lines)
}

/// The rest of the next line that begins so.
async fn line(lines: &mut Lines, prefix: &str) -> String {
    let reading = async {
        while let Some(line) = lines.next_line().await.unwrap() {
            if let Some(rest) = line.strip_prefix(prefix) {
                return rest.to_owned();
            }
        }
        panic!("the process ended without saying {prefix:?}");
    };
    tokio::time::timeout(Duration::from_secs(240), reading)
        .await
        .unwrap()
}

/// One of the eight.
async fn send_together(role: Value) {
    let browser = Arc::new(Browser::default());
    let data = role["data"].as_str().unwrap().to_owned();
    let core = open_with(data.as_ref(), Arc::new(Elsewhere(role)), &browser).await;
    let id = sign_in_alone(&core).await;
    core.models(&id).await.unwrap();
    println!("\nready");
    let mut go = String::new();
    BufReader::new(tokio::io::stdin())
        .read_line(&mut go)
        .await
        .unwrap();
    let mut sends = tokio::task::JoinSet::new();
    for nth in 0..SENDS_EACH {
        sends.spawn(until_settled(core.clone(), id.clone(), nth));
    }
    let (mut answered, mut refused, mut waited) = (0, 0, 0);
    while let Some(end) = sends.join_next().await {
        let (was_answered, asked_again) = end.unwrap();
        answered += u32::from(was_answered);
        refused += u32::from(!was_answered);
        waited += asked_again;
    }
    core.close().await;
    println!(
        "told {}",
        json!({"sends": SENDS_EACH, "answered": answered, "refused": refused, "asked_again": waited})
    );
}

/// Asks until there is an answer, or a refusal that waiting does not help; says how often it was asked
/// again.
async fn until_settled(core: Tuppence, account: AccountId, nth: usize) -> (bool, u32) {
    let turn = TurnRequest {
        model_id: "penny-large".to_owned(),
        account,
    };
    let request = SendRequest {
        conversation_id: None,
        text: format!("Hello there, for the {nth}th time"),
        turn: turn.clone(),
        attachments: Vec::new(),
        preset: None,
    };
    let mut answer: MessageState = ended(core.send(request).await.unwrap()).await;
    for asked_again in 0.. {
        let Some(failure) = answer.failure else {
            return (true, asked_again);
        };
        assert_eq!(failure.kind, FailureKind::LimitReached, "{failure}");
        if failure.limit.unwrap().held.micro() == 0 {
            return (false, asked_again);
        }
        tokio::time::sleep(Duration::from_millis(150)).await;
        answer = ended(core.retry(&answer.message.id, turn.clone()).await.unwrap()).await;
    }
    unreachable!("each round returns or asks again")
}
