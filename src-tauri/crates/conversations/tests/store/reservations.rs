use std::io::{BufRead, BufReader, Write};
use std::path::Path;

use conversations::{
    Ending, Finished, MoneyKind, ReceiptFilter, Reservation, Standing, Store, StoreError, TurnTerms,
};
use money::{Amount, Label, MicroUsd};

use crate::support::{
    Running, TERMS, child_dir, complete, costing, in_child, open, play, store, usd,
};

const LIMITS: &str = "limits";

/// Holds `micro` if no more than `limit` is spent and held today.
fn hold(store: &Store, message: &str, micro: i64, limit: i64) -> Result<(), i64> {
    store
        .reserve(message, MoneyKind::Usd, LIMITS, |standing, _| {
            if standing.day + micro <= limit {
                Ok((
                    Reservation {
                        micro,
                        input_tokens: 10,
                    },
                    (),
                ))
            } else {
                Err(standing.day)
            }
        })
        .unwrap()
}

fn begin(store: &Store) -> (String, String) {
    let terms = TurnTerms {
        price_snapshot_json: Some(r#"{"input":"1","output":"2"}"#),
        ..TERMS
    };
    let (conversation, turn) = store.begin_conversation("buy", &terms).unwrap();
    (conversation.id, turn.assistant.id)
}

fn standing(store: &Store) -> Standing {
    store.standing(MoneyKind::Usd, "", "account-1").unwrap()
}

fn bound(store: &Store, message: &str) -> Option<Amount> {
    let receipts = store.receipts(&ReceiptFilter::default()).unwrap();
    let receipt = receipts.into_iter().find(|it| it.message_id == message);
    receipt.unwrap().bound
}

#[test]
fn what_is_held_counts_until_the_answer_ends_and_then_what_it_cost() {
    let (_dir, store) = store();
    let (conversation, answer) = begin(&store);
    hold(&store, &answer, 700, 1_000).unwrap();
    store.request_leaves(&answer).unwrap();
    let (_, second) = begin(&store);
    assert_eq!(hold(&store, &second, 700, 1_000), Err(700));

    store
        .finish(&answer, &costing(usd(120), Label::Reported))
        .unwrap();
    assert_eq!(standing(&store).day, 120);
    let of = store
        .standing(MoneyKind::Usd, &conversation, "account-1")
        .unwrap();
    assert_eq!(
        (of.conversation, of.month, of.account, of.held),
        (120, 120, 120, 0)
    );
    hold(&store, &second, 700, 1_000).unwrap();
    assert_eq!(
        (standing(&store).day, standing(&store).account_held),
        (820, 700)
    );
}

/// Checklist 149.
#[test]
fn play_money_counts_in_no_limit_on_dollars() {
    let (_dir, store) = store();
    let (_, answer) = begin(&store);
    let held = |_: &Standing, _: Option<&str>| {
        Ok::<_, ()>((
            Reservation {
                micro: 900,
                input_tokens: 1,
            },
            (),
        ))
    };
    store
        .reserve(&answer, MoneyKind::Play, LIMITS, held)
        .unwrap()
        .unwrap();
    store.request_leaves(&answer).unwrap();
    assert_eq!(standing(&store), Standing::default());
    store
        .finish(&answer, &costing(play(900), Label::Reported))
        .unwrap();
    assert_eq!(standing(&store), Standing::default());
}

#[test]
fn an_estimate_counts_as_the_most_that_it_can_be() {
    let (_dir, store) = store();
    let (_, unknown) = begin(&store);
    hold(&store, &unknown, 500, 10_000).unwrap();
    store.request_leaves(&unknown).unwrap();
    store
        .finish(&unknown, &Finished::without_usage(Ending::Stopped))
        .unwrap();
    assert_eq!(
        bound(&store, &unknown),
        Some(usd(500)),
        "nothing is known: all that was held"
    );

    let (_, counted) = begin(&store);
    hold(&store, &counted, 500, 10_000).unwrap();
    store.request_leaves(&counted).unwrap();
    let finished = Finished {
        bound: Some(usd(80)),
        ..costing(usd(20), Label::Estimate)
    };
    store.finish(&counted, &finished).unwrap();
    assert_eq!(bound(&store, &counted), Some(usd(80)));
    assert_eq!(standing(&store).day, 580);
}

#[test]
fn what_never_left_costs_nothing() {
    let (_dir, store) = store();
    let (_, answer) = begin(&store);
    hold(&store, &answer, 500, 1_000).unwrap();
    store
        .finish(&answer, &Finished::without_usage(Ending::Stopped))
        .unwrap();
    assert_eq!(bound(&store, &answer), Some(Amount::Usd(MicroUsd(0))));
    assert_eq!(standing(&store).day, 0);
}

#[test]
fn only_an_answer_that_streams_here_can_hold_anything() {
    let (_dir, store) = store();
    let (_, answer) = begin(&store);
    store.finish(&answer, &complete()).unwrap();
    let held = store.reserve(&answer, MoneyKind::Usd, LIMITS, |_, _| {
        Ok::<_, ()>((
            Reservation {
                micro: 1,
                input_tokens: 1,
            },
            (),
        ))
    });
    assert!(matches!(held, Err(StoreError::NotStreaming)));
}

#[test]
fn the_setting_of_the_limits_is_read_where_the_money_is_held() {
    let (_dir, store) = store();
    let (_, answer) = begin(&store);
    let seen =
        |_: &Standing, limits: Option<&str>| Err::<(Reservation, ()), _>(limits.map(str::to_owned));
    let read = || {
        store
            .reserve(&answer, MoneyKind::Usd, LIMITS, seen)
            .unwrap()
            .unwrap_err()
    };
    assert_eq!(read(), None);
    store.set_setting(LIMITS, r#"{"day":1}"#).unwrap();
    assert_eq!(read().as_deref(), Some(r#"{"day":1}"#));
}

const TWO: &str = "reservations::a_process_that_dies_frees_what_never_left_and_settles_what_did";

/// A process that is killed with two answers under way: one asked for, one not yet.
#[test]
fn a_process_that_dies_frees_what_never_left_and_settles_what_did() {
    if let Some(dir) = child_dir() {
        hold_until_killed(&dir);
    }
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    let mut child = in_child(TWO, dir.path());
    let [left, stayed] = ids(&mut child);
    assert_eq!(standing(&store).held, 1_000);
    let (_, ours) = begin(&store);
    assert_eq!(
        hold(&store, &ours, 700, 1_000),
        Err(1_000),
        "the other process lives"
    );

    child.0.kill().unwrap();
    child.0.wait().unwrap();
    assert_eq!(
        hold(&store, &ours, 700, 1_000),
        Err(400),
        "what had left may have been paid for"
    );
    hold(&store, &ours, 600, 1_000).unwrap();
    let receipts = store.receipts(&ReceiptFilter::default()).unwrap();
    let of = |id: &str| receipts.iter().find(|it| it.message_id == id).unwrap();
    assert_eq!(of(&stayed).bound, Some(usd(0)));
    assert_eq!(of(&left).bound, Some(usd(400)));
    // 10 tokens in at 1 dollar a million, "so far" is 2 out at 2 dollars.
    let cost = of(&left).cost.unwrap();
    assert_eq!((cost.amount, cost.label), (usd(14), Label::Estimate));
}

fn hold_until_killed(dir: &Path) -> ! {
    let store = Store::open(dir).unwrap().store;
    let (_, left) = begin(&store);
    hold(&store, &left, 400, 10_000).unwrap();
    store.request_leaves(&left).unwrap();
    store.append(&left, "so far", "").unwrap();
    let (_, stayed) = begin(&store);
    hold(&store, &stayed, 600, 10_000).unwrap();
    println!("\nheld {left} {stayed}");
    std::io::stdout().flush().unwrap();
    loop {
        std::thread::park();
    }
}

fn ids(child: &mut Running) -> [String; 2] {
    let lines = BufReader::new(child.0.stdout.take().unwrap()).lines();
    for line in lines.map_while(Result::ok) {
        if let Some(ids) = line.strip_prefix("held ") {
            let (left, stayed) = ids.split_once(' ').unwrap();
            return [left.to_owned(), stayed.to_owned()];
        }
    }
    panic!("the child ended early");
}
