use conversations::{Ending, Finished, Loss, LossCause, Lowered, MoneyKind, Reservation, Store};
use money::{Cost, Label};

use crate::support::{TERMS, complete, costing, store, usd};

const ACCOUNT: &str = "account-1";

fn read(store: &Store, micro: i64) {
    let quiet = store.quiet_moment(ACCOUNT).unwrap().unwrap();
    store
        .add_balance_reading(ACCOUNT, usd(micro), quiet)
        .unwrap();
}

/// An answer that left, of which this much came.
fn ask(store: &Store, came: &str, finished: &Finished) -> String {
    let (_, turn) = store.begin_conversation("buy", &TERMS).unwrap();
    let id = turn.assistant.id;
    let held = store.reserve(&id, MoneyKind::Usd, "limits", |_, _| {
        Ok::<_, ()>((
            Reservation {
                micro: 900,
                input_tokens: 1,
            },
            (),
        ))
    });
    held.unwrap().unwrap();
    store.request_leaves(&id).unwrap();
    if !came.is_empty() {
        store.append(&id, came, "").unwrap();
    }
    store.finish(&id, finished).unwrap();
    id
}

fn silent() -> Finished {
    Finished::without_usage(Ending::CutOff)
}

fn loss_of(store: &Store, id: &str) -> Option<Loss> {
    store.message(id).unwrap().loss
}

#[test]
fn a_charge_for_the_one_answer_that_never_came_is_its_loss() {
    let (_dir, store) = store();
    read(&store, 1_000);
    ask(&store, "Hello", &costing(usd(30), Label::Reported));
    let lost = ask(&store, "", &silent());
    assert_eq!(store.attribute_loss(ACCOUNT).unwrap(), None, "not read yet");
    read(&store, 900);
    assert_eq!(store.attribute_loss(ACCOUNT).unwrap().as_ref(), Some(&lost));
    let loss = loss_of(&store, &lost).unwrap();
    assert_eq!(
        (loss.cause, loss.cost.amount, loss.cost.label),
        (LossCause::NoWords, usd(70), Label::Estimate)
    );
    assert_eq!(store.attribute_loss(ACCOUNT).unwrap(), None, "only once");
    let sums = store.losses(Some(ACCOUNT), None).unwrap();
    assert_eq!((sums[0].amount, sums[0].answers), (usd(70), 1));
    assert!(
        store
            .losses(Some("somebody else"), None)
            .unwrap()
            .is_empty()
    );
}

#[test]
fn what_may_be_of_two_answers_or_of_none_is_nobodys_loss() {
    let (_dir, store) = store();
    read(&store, 1_000);
    let first = ask(&store, "", &silent());
    let second = ask(&store, "", &silent());
    read(&store, 950);
    assert_eq!(
        store.attribute_loss(ACCOUNT).unwrap(),
        None,
        "which of them?"
    );
    assert_eq!(loss_of(&store, &first), None);
    assert_eq!(loss_of(&store, &second), None);

    let (_dir, store) = crate::support::store();
    read(&store, 1_000);
    ask(&store, "Hello", &complete());
    read(&store, 950);
    assert_eq!(
        store.attribute_loss(ACCOUNT).unwrap(),
        None,
        "its words came"
    );
}

#[test]
fn a_charge_that_comes_late_is_for_the_answer_before() {
    let (_dir, store) = store();
    read(&store, 1_000);
    let lost = ask(&store, "", &silent());
    read(&store, 1_000);
    assert_eq!(store.attribute_loss(ACCOUNT).unwrap(), None);
    read(&store, 960);
    assert_eq!(store.attribute_loss(ACCOUNT).unwrap(), Some(lost));
}

#[test]
fn what_was_never_sent_or_refused_outright_lost_nothing() {
    let (_dir, store) = store();
    read(&store, 1_000);
    let refused = Finished {
        bound: Some(usd(0)),
        ..silent()
    };
    ask(&store, "", &refused);
    read(&store, 950);
    assert_eq!(store.attribute_loss(ACCOUNT).unwrap(), None);
}

#[test]
fn a_loss_that_the_answers_end_tells_is_kept_with_it() {
    let (_dir, store) = store();
    let loss = Loss {
        cause: LossCause::BegunAnew,
        cost: Cost {
            amount: usd(12),
            label: Label::Estimate,
        },
    };
    let finished = Finished {
        loss: Some(loss),
        ..costing(usd(40), Label::Reported)
    };
    let id = ask(&store, "Second try", &finished);
    assert_eq!(loss_of(&store, &id), Some(loss));
}

#[test]
fn the_room_that_an_answer_was_given_stays_with_it() {
    let (dir, store) = store();
    let (_, turn) = store.begin_conversation("buy", &TERMS).unwrap();
    let lowered = Lowered {
        max_tokens: 800,
        by: "wallet".to_owned(),
    };
    store.note_lowered(&turn.assistant.id, &lowered).unwrap();
    store.finish(&turn.assistant.id, &complete()).unwrap();
    assert!(
        store.note_lowered(&turn.assistant.id, &lowered).is_err(),
        "it is over"
    );
    drop(store);
    let store = Store::open(dir.path()).unwrap().store;
    let message = store.message(&turn.assistant.id).unwrap();
    assert_eq!(message.lowered, Some(lowered));
}
