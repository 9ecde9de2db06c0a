//! An answer that was refused for want of money goes on at most once.

use std::time::{Duration, SystemTime};

use conversations::{Ending, Finished, Resumption, Store};

use crate::support::{TERMS, open, store};

const LONG_AGO: SystemTime = SystemTime::UNIX_EPOCH;

fn refused(store: &Store) -> Resumption {
    let (_, turn) = store.begin_conversation("Why?", &TERMS).unwrap();
    let error_json = "{}".to_owned();
    let refused = Finished::without_usage(Ending::Failed { error_json });
    store.finish(&turn.assistant.id, &refused).unwrap();
    Resumption {
        message_id: turn.assistant.id,
        account_key: "me".to_owned(),
        model_id: "small".to_owned(),
        had_micro: Some(3),
        armed_at: SystemTime::now(),
    }
}

#[test]
fn only_one_of_many_takes_it_and_none_takes_it_again() {
    let (dir, store) = store();
    let resumption = refused(&store);
    store.arm_resumption(&resumption).unwrap();
    assert_eq!(store.waiting_resumptions(LONG_AGO).unwrap().len(), 1);
    let takers: Vec<_> = (0..8)
        .map(|_| {
            let (store, id) = (open(dir.path()), resumption.message_id.clone());
            std::thread::spawn(move || store.take_resumption(&id).unwrap())
        })
        .collect();
    let taken = takers.into_iter().map(|taker| taker.join().unwrap());
    assert_eq!(taken.filter(|taken| *taken).count(), 1);
    // Asked for again, it stays taken.
    store.arm_resumption(&resumption).unwrap();
    assert!(!store.take_resumption(&resumption.message_id).unwrap());
    assert!(store.waiting_resumptions(LONG_AGO).unwrap().is_empty());
}

#[test]
fn what_waits_too_long_or_is_let_be_does_not_go_on() {
    let (_dir, store) = store();
    let resumption = refused(&store);
    store.arm_resumption(&resumption).unwrap();
    let later = SystemTime::now() + Duration::from_secs(60);
    assert!(store.waiting_resumptions(later).unwrap().is_empty());
    store.disarm_resumption(&resumption.message_id).unwrap();
    assert!(!store.take_resumption(&resumption.message_id).unwrap());
}

#[test]
fn a_conversation_that_has_gone_on_otherwise_is_left_alone() {
    let (_dir, store) = store();
    let resumption = refused(&store);
    store.arm_resumption(&resumption).unwrap();
    let again = store.retry_turn(&resumption.message_id, &TERMS).unwrap();
    let stopped = Finished::without_usage(Ending::Stopped);
    store.finish(&again.id, &stopped).unwrap();
    assert!(!store.take_resumption(&resumption.message_id).unwrap());
}
