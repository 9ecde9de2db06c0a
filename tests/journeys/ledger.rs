//! The ledger against the provider's own books.

use sandbox_provider::Scenario as S;
use tuppence_core::{GroupBy, LedgerFormat};

use crate::world::World;

/// Turns of the usual run; `TUPPENCE_LEDGER_TURNS` asks for more.
const TURNS: u32 = 120;

/// What can happen to a turn. Several of one are as likely as they are many.
const FATES: &[&[S]] = &[
    &[],
    &[],
    &[],
    &[],
    &[S::StreamCut],
    &[S::StreamBareJsonError],
    &[S::StreamErrorObject],
    &[S::StreamErrorEvent],
    &[S::StreamRestart],
    &[S::StreamNoUsage],
    &[S::StreamNoUsage, S::StreamNoDone],
    &[S::StreamNoUsage, S::StreamRestart],
    &[S::StreamCrlf],
    &[S::StreamBom, S::StreamComments],
    &[S::StreamOddFields],
    &[S::StreamUnknownFinish],
    &[S::Chat401Once],
    &[S::Chat402Empty],
    &[S::Chat402Reservation],
    &[S::Chat429Capacity],
    &[S::Chat500],
    &[S::Chat503],
    &[S::ChatHtml200],
];

const QUESTIONS: &[&str] = &[
    "Hello there",
    "Show me a table, please.",
    "Some code in Rust?",
    "Über Geld: what does a token cost?",
    "日本語でお願いします",
    "A story, and then a plan.",
];

const MODELS: &[&str] = &["penny-small", "penny-large", "penny-reasoner"];

/// A sequence that is the same in every run (xorshift).
struct Dice(u64);

impl Dice {
    fn one_of<'a, T: ?Sized>(&mut self, choices: &[&'a T]) -> &'a T {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let index = usize::try_from(self.0 % choices.len() as u64).unwrap();
        choices[index]
    }
}

/// Random turns with random faults, some in conversations that go on: the ledger's sum is what the
/// provider took, to the millionth.
#[tokio::test(flavor = "multi_thread")]
async fn the_ledger_is_what_the_provider_took_whatever_went_wrong() {
    let turns =
        std::env::var("TUPPENCE_LEDGER_TURNS").map_or(TURNS, |turns| turns.parse().unwrap());
    let world = World::new().await;
    let id = world.signed_in().await;
    world.control().set_balance(1_000_000_000);
    let mut dice = Dice(0x5eed);
    let mut conversation: Option<String> = None;
    let mut failed = 0;
    for turn in 0..turns {
        if turn % 5 == 0 {
            conversation = None;
        }
        let fate = dice.one_of(FATES);
        let model = dice.one_of(MODELS);
        let question = dice.one_of(QUESTIONS);
        world.control().set_scenario(fate);
        let answer = world
            .ask_of(model, conversation.as_deref(), &id, question)
            .await;
        failed += u32::from(answer.failure.is_some());
        conversation = Some(answer.message.conversation_id.clone());
        world.control().set_scenario(&[]);
        let (told, taken) = sums(&world).await;
        assert_eq!(
            told, taken,
            "turn {turn}: {fate:?} {model} {question:?}: {:?}",
            answer.message.cost
        );
    }
    let (told, taken) = sums(&world).await;
    println!(
        "{turns} turns, {failed} of them failed: ledger {told}, taken {taken}, difference {}",
        told - taken
    );
    assert!(failed > turns / 4 && taken > 0);

    // The same by what the balance lost. Readings stop while answers are under way, so this is later.
    world.core.refresh_balance(&id).await.unwrap();
    let compared = world.core.reconcile(&id, None).await.unwrap();
    let play = compared
        .first()
        .expect("the balance was read more than once");
    assert!(play.taken.is_play());
    assert_eq!(play.unexplained.micro(), 0, "{play:?}");
}

/// A connection that breaks can swallow words that were paid for: the estimate is then too low, and what
/// is missing shows against the balance, to the millionth.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_broken_connection_swallowed_shows_against_the_balance() {
    let world = World::new().await;
    let id = world.signed_in().await;
    world.control().set_balance(1_000_000_000);
    world.core.refresh_balance(&id).await.unwrap();
    world.control().set_scenario(&[S::StreamReset]);
    for question in QUESTIONS {
        world.ask_of("penny-large", None, &id, question).await;
    }
    world.core.refresh_balance(&id).await.unwrap();
    let (told, taken) = sums(&world).await;
    let compared = world.core.reconcile(&id, None).await.unwrap().remove(0);
    println!("ledger {told}, taken {taken}: {compared:?}");
    assert_eq!(
        told + compared.unexplained.micro() - compared.unbilled.micro(),
        taken
    );
    assert_eq!(compared.explained.micro(), told);
}

async fn sums(world: &World) -> (i64, i64) {
    let spending = world.core.spending(GroupBy::Month, None).await.unwrap();
    assert_eq!(spending.total.usd, None);
    let told = spending.total.play.map_or(0, |cost| cost.amount.micro());
    let subject = &world.control().subjects()[0];
    (
        told,
        1_000_000_000 - world.control().balance(subject).unwrap(),
    )
}

/// What another app of the same wallet spends has no receipt here, and is shown as such.
#[tokio::test(flavor = "multi_thread")]
async fn what_no_receipt_explains_is_told() {
    let world = World::new().await;
    let id = world.signed_in().await;
    world.core.refresh_balance(&id).await.unwrap();
    let cost = world.ask(&id, "Hello there").await.message.cost.unwrap();
    world
        .control()
        .set_balance(5_000_000 - cost.amount.micro() - 777);
    world.core.refresh_balance(&id).await.unwrap();
    let compared = world.core.reconcile(&id, None).await.unwrap();
    assert_eq!(compared[0].unexplained.micro(), 777, "{compared:?}");
    assert_eq!(compared[0].explained, cost.amount);
    let [difference] = compared[0].differences.as_slice() else {
        panic!("{compared:?}")
    };
    assert_eq!(difference.amount.micro(), 777);
    assert!(difference.from <= difference.to && difference.to == compared[0].to);
}

/// Checklist 149.
#[tokio::test(flavor = "multi_thread")]
async fn the_exported_ledger_has_every_receipt_and_play_money_apart() {
    let world = World::new().await;
    let id = world.signed_in().await;
    let first = world.ask(&id, "Hello there").await.message;
    world.control().set_scenario(&[S::Chat500]);
    world.ask(&id, "And now?").await;
    let csv = world
        .core
        .export_ledger(LedgerFormat::Csv, None)
        .await
        .unwrap();
    let rows: Vec<Vec<&str>> = csv.lines().map(|line| line.split(',').collect()).collect();
    assert_eq!(rows.len(), 3);
    let column = |name: &str| rows[0].iter().position(|it| *it == name).unwrap();
    let cost = first.cost.unwrap().amount.micro().to_string();
    assert_eq!(rows[1][column("play_micro")], cost);
    assert_eq!(rows[1][column("label")], "reported");
    assert_eq!(
        (rows[1][column("micro_usd")], rows[2][column("play_micro")]),
        ("", "")
    );
    assert_eq!(rows[2][column("outcome")], "failed");

    let json = world
        .core
        .export_ledger(LedgerFormat::Json, Some(&id))
        .await
        .unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let receipt = &json["receipts"][0];
    assert_eq!(receipt["cost"]["play_micro"].to_string(), cost);
    assert_eq!(receipt["message"], first.id);
    let request = receipt["request_id"].as_str().unwrap();
    assert!(request.starts_with("chatcmpl-"), "{request}");
    assert!(
        receipt["provider"]
            .as_str()
            .is_some_and(|name| !name.is_empty())
    );
}
