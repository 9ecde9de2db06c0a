use conversations::{MoneyKind, Reservation};
use money::Label;

use crate::support::{TERMS, costing, store, usd};

const ACCOUNT: &str = "account-1";

#[test]
fn what_the_balance_lost_is_set_against_the_receipts_between_two_readings() {
    let (_dir, store) = store();
    let read = |micro: i64| {
        let quiet = store.quiet_moment(ACCOUNT).unwrap().unwrap();
        store
            .add_balance_reading(ACCOUNT, usd(micro), quiet)
            .unwrap()
    };
    let buy = |micro: i64| {
        let (_, turn) = store.begin_conversation("buy", &TERMS).unwrap();
        store
            .finish(&turn.assistant.id, &costing(usd(micro), Label::Reported))
            .unwrap();
    };
    assert!(read(1_000));
    assert!(!read(1_000), "nothing happened");
    buy(30);
    buy(12);
    assert!(read(950));
    assert!(read(1_950), "money came in");
    let changes = store.balance_changes(ACCOUNT, None).unwrap();
    let told: Vec<_> = changes
        .iter()
        .map(|it| (it.kind, it.taken, it.explained))
        .collect();
    assert_eq!(
        told,
        [(MoneyKind::Usd, 50, 42), (MoneyKind::Usd, -1_000, 0)]
    );
    assert!(
        store
            .balance_changes("somebody else", None)
            .unwrap()
            .is_empty()
    );
}

#[test]
fn a_balance_read_while_an_answer_is_under_way_is_compared_with_nothing() {
    let (_dir, store) = store();
    let before = store.quiet_moment(ACCOUNT).unwrap().unwrap();
    let (_, turn) = store.begin_conversation("buy", &TERMS).unwrap();
    let held = store.reserve(&turn.assistant.id, MoneyKind::Usd, "limits", |_, _| {
        Ok::<_, ()>((
            Reservation {
                micro: 9,
                input_tokens: 1,
            },
            (),
        ))
    });
    held.unwrap().unwrap();
    assert_eq!(store.quiet_moment(ACCOUNT).unwrap(), None);
    assert!(!store.add_balance_reading(ACCOUNT, usd(5), before).unwrap());
    store
        .finish(&turn.assistant.id, &costing(usd(3), Label::Reported))
        .unwrap();
    assert!(
        !store.add_balance_reading(ACCOUNT, usd(5), before).unwrap(),
        "an answer came and went"
    );
}
