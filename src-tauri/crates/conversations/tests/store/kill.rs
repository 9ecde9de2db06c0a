use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader},
    path::Path,
    thread,
    time::Duration,
};

use conversations::{Ending, ReceiptFilter, Role, Status, Store};

use crate::support::{TERMS, assert_sound, child_dir, complete, in_child};

/// `CONVERSATIONS_KILLS=2000` makes a longer run.
fn kills() -> u64 {
    let asked = std::env::var("CONVERSATIONS_KILLS").ok();
    asked.and_then(|number| number.parse().ok()).unwrap_or(80)
}

const TEST: &str = "kill::killing_the_writer_loses_nothing_it_was_told_is_kept";

/// What the writer was told is kept, by answer.
#[derive(Debug, Default)]
struct Promised {
    pieces: usize,
    finished: bool,
}

/// Checklist 119 and 148.
#[test]
fn killing_the_writer_loses_nothing_it_was_told_is_kept() {
    if let Some(dir) = child_dir() {
        write_for_ever(&dir);
    }
    let mut dir = tempfile::tempdir().unwrap();
    let mut promised = BTreeMap::new();
    let mut acknowledged = 0;
    let kills = kills();
    for round in 0..kills {
        if round % 16 == 0 {
            dir = tempfile::tempdir().unwrap();
            promised.clear();
        }
        acknowledged += run_and_kill(dir.path(), &mut promised, delay(round));
        check(dir.path(), &promised);
    }
    println!("{kills} kills, {acknowledged} acknowledged writes, 0 lost");
    assert!(
        acknowledged > kills,
        "the writer hardly wrote: {acknowledged}"
    );
}

/// Between 0 and 90 ms, spread without a pattern, and the same in every run.
fn delay(round: u64) -> Duration {
    let mixed = (round + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    Duration::from_micros((mixed ^ (mixed >> 29)) % 90_000)
}

fn run_and_kill(dir: &Path, promised: &mut BTreeMap<String, Promised>, delay: Duration) -> u64 {
    let mut writer = in_child(TEST, dir);
    let mut lines = BufReader::new(writer.0.stdout.take().unwrap()).lines();
    // From its first promise on, so that no delay is spent on starting.
    let first = lines
        .by_ref()
        .map_while(Result::ok)
        .find(|line| line.contains("ack "));
    let (killed, rest) = thread::scope(|scope| {
        let rest = scope.spawn(move || lines.map_while(Result::ok).collect::<Vec<_>>());
        thread::sleep(delay);
        (writer.0.kill(), rest.join().unwrap())
    });
    killed.unwrap();
    writer.0.wait().unwrap();
    let mut count = 0;
    for line in first.into_iter().chain(rest) {
        let mut words = line.split("ack ").nth(1).unwrap_or_default().split(' ');
        let (Some(what), Some(id)) = (words.next(), words.next()) else {
            continue;
        };
        let answer = promised.entry(id.to_owned()).or_default();
        match what {
            "append" => answer.pieces += 1,
            "finish" => answer.finished = true,
            _ => {}
        }
        count += 1;
    }
    count
}

fn check(dir: &Path, promised: &BTreeMap<String, Promised>) {
    let store = Store::open(dir).unwrap().store;
    for (id, promised) in promised {
        let answer = store.message(id).unwrap();
        let mut came = String::new();
        for dropped in store.abandoned_starts(id).unwrap() {
            came += &dropped.text;
        }
        came += &answer.text;
        let pieces = came.len() / piece(0).len();
        let written: String = (0..pieces).map(piece).collect();
        assert_eq!(came, written, "pieces in order, each once");
        assert!(
            pieces >= promised.pieces,
            "{pieces} kept of {}",
            promised.pieces
        );
        assert!(
            pieces <= promised.pieces + 1,
            "one call at most was under way"
        );
        match answer.status {
            Status::Ended(Ending::CutOff) => assert!(!promised.finished),
            Status::Ended(Ending::Complete { .. }) => {}
            other => panic!("{other:?} after the writer's end"),
        }
        let asked = store.message(answer.parent_id.as_deref().unwrap()).unwrap();
        assert_eq!(
            (asked.role, asked.text.as_str()),
            (Role::User, "What next?")
        );
    }
    let receipts = store.receipts(&ReceiptFilter::default()).unwrap();
    for id in promised.keys() {
        let of_answer = receipts.iter().filter(|receipt| receipt.message_id == *id);
        assert_eq!(of_answer.count(), 1, "one receipt for each answer");
    }
    drop(store);
    assert_sound(dir);
}

fn piece(number: usize) -> String {
    format!("{number:06} ")
}

/// The child: turns of changing lengths, now and then begun anew or left unfinished.
fn write_for_ever(dir: &Path) -> ! {
    let store = Store::open(dir).unwrap().store;
    for turn in 0_usize.. {
        let (_, begun) = store.begin_conversation("What next?", &TERMS).unwrap();
        let id = begun.assistant.id;
        println!("ack begin {id}");
        for number in 0..=(turn * 7 % 40) {
            store.append(&id, &piece(number), "").unwrap();
            println!("ack append {id}");
            if (number + turn) % 17 == 16 {
                store.restart(&id).unwrap();
                println!("ack restart {id}");
            }
        }
        if turn % 5 != 4 {
            store.finish(&id, &complete()).unwrap();
            println!("ack finish {id}");
        }
    }
    unreachable!("the parent kills this process")
}
