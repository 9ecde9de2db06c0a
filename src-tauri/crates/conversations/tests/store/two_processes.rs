use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    thread,
};

use conversations::{ConversationFilter, Ending, ReceiptFilter, Status, Store, StoreError};

use crate::support::{Running, TERMS, assert_sound, child_dir, complete, in_child, open, told};

const TURNS: usize = 60;

/// Checklist 122.
#[test]
fn two_processes_write_at_once_and_both_are_kept() {
    let write = |store: &Store, who: &str| {
        for turn in 0..TURNS {
            told(store, &format!("{who} {turn}"), "answer");
            store.set_draft(None, who).unwrap();
        }
    };
    if let Some(dir) = child_dir() {
        write(&Store::open(&dir).unwrap().store, "child");
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    let mut child = in_child(
        "two_processes::two_processes_write_at_once_and_both_are_kept",
        dir.path(),
    );
    write(&store, "parent");
    assert!(child.0.wait().unwrap().success());
    let all = store.conversations(&ConversationFilter::default()).unwrap();
    for who in ["parent", "child"] {
        let kept = all.iter().filter(|one| one.title.starts_with(who)).count();
        assert_eq!(kept, TURNS, "{who}");
    }
    assert_eq!(
        store.receipts(&ReceiptFilter::default()).unwrap().len(),
        2 * TURNS
    );
    drop(store);
    assert_sound(dir.path());
}

/// Checklist 122.
#[test]
fn an_answer_is_cut_off_when_its_process_is_gone_and_not_before() {
    if let Some(dir) = child_dir() {
        stream_until_killed(&dir);
    }
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    let mut child = in_child(
        "two_processes::an_answer_is_cut_off_when_its_process_is_gone_and_not_before",
        dir.path(),
    );
    let id = streamed_id(&mut child);

    assert_eq!(store.recover().unwrap(), 0);
    drop(open(dir.path()));
    let answer = store.message(&id).unwrap();
    assert_eq!(
        (answer.status, answer.text.as_str()),
        (Status::Streaming, "so far")
    );
    assert!(matches!(
        store.append(&id, "x", ""),
        Err(StoreError::NotStreaming)
    ));
    assert!(matches!(
        store.finish(&id, &complete()),
        Err(StoreError::NotStreaming)
    ));
    let conversation = answer.conversation_id;
    let refused = store.begin_turn(&conversation, "and?", &TERMS);
    assert!(matches!(refused, Err(StoreError::TurnInProgress)));

    child.0.kill().unwrap();
    child.0.wait().unwrap();
    // Sending again in that conversation is enough to notice.
    store.begin_turn(&conversation, "and?", &TERMS).unwrap();
    let answer = store.message(&id).unwrap();
    assert_eq!(answer.status, Status::Ended(Ending::CutOff));
    assert_eq!(answer.text, "so far");
}

/// Checklist 147.
#[test]
fn two_data_directories_share_nothing() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (store, apart) = (open(one.path()), open(other.path()));
    let (id, _) = told(&store, "here", "there");
    assert!(matches!(apart.branch(&id), Err(StoreError::NotFound(_))));
    assert_eq!(apart.receipts(&ReceiptFilter::default()).unwrap(), []);
}

#[test]
fn many_threads_share_one_store() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    thread::scope(|scope| {
        for number in 0..8 {
            let store = store.clone();
            scope.spawn(move || {
                for _ in 0..10 {
                    told(&store, &format!("thread {number}"), "answer");
                }
            });
        }
    });
    assert_eq!(
        store
            .conversations(&ConversationFilter::default())
            .unwrap()
            .len(),
        80
    );
}

fn stream_until_killed(dir: &Path) -> ! {
    let store = Store::open(dir).unwrap().store;
    let (_, turn) = store.begin_conversation("words", &TERMS).unwrap();
    store.append(&turn.assistant.id, "so far", "").unwrap();
    println!("ack {}", turn.assistant.id);
    std::io::stdout().flush().unwrap();
    loop {
        thread::park();
    }
}

fn streamed_id(child: &mut Running) -> String {
    BufReader::new(child.0.stdout.take().unwrap())
        .lines()
        .map_while(Result::ok)
        .find_map(|line| Some(line.split_once("ack ")?.1.to_owned()))
        .unwrap()
}
