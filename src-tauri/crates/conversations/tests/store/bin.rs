use std::{fs, path::Path};

use conversations::{ConversationFilter, SearchFilter, Shelf, Store, StoreError};

use crate::support::{TERMS, assert_sound, complete, store, told};

const SECRET: &str = "quetzalcoatl";

/// Whether any file directly in the directory holds the words, as bytes.
fn holds(dir: &Path, words: &str) -> bool {
    fs::read_dir(dir).unwrap().flatten().any(|entry| {
        fs::read(entry.path()).is_ok_and(|bytes| {
            bytes
                .windows(words.len())
                .any(|window| window == words.as_bytes())
        })
    })
}

fn everywhere(store: &Store) -> String {
    let (id, _) = told(
        store,
        &format!("the {SECRET} of 羽毛蛇"),
        &format!("{SECRET} 羽毛 answered"),
    );
    let turn = store.begin_turn(&id, "again", &TERMS).unwrap();
    store.append(&turn.assistant.id, SECRET, SECRET).unwrap();
    store.restart(&turn.assistant.id).unwrap();
    store.append(&turn.assistant.id, SECRET, "").unwrap();
    store.finish(&turn.assistant.id, &complete()).unwrap();
    store
        .set_draft(Some(&id), &format!("more {SECRET}"))
        .unwrap();
    id
}

#[test]
fn what_is_in_the_bin_can_be_taken_back() {
    let (_dir, store) = store();
    let id = everywhere(&store);
    let before = store.branch(&id).unwrap();
    store.delete(&id).unwrap();
    let bin = ConversationFilter {
        shelf: Shelf::Bin,
        ..Default::default()
    };
    assert!(store.conversations(&bin).unwrap()[0].deleted_at.is_some());
    store.restore(&id).unwrap();
    assert_eq!(store.branch(&id).unwrap(), before);
    assert_eq!(store.empty_bin().unwrap().conversations, 0);
    assert_eq!(store.branch(&id).unwrap(), before);
}

/// Checklist 124.
#[test]
fn emptying_the_bin_reaches_tables_indexes_and_log() {
    let (dir, store) = store();
    told(&store, "this one stays 羽", "kept");
    let id = everywhere(&store);
    assert!(holds(dir.path(), SECRET) && holds(dir.path(), "羽毛"));
    store.delete(&id).unwrap();
    let emptied = store.empty_bin().unwrap();
    assert_eq!(
        (emptied.conversations, emptied.log_still_holds_words),
        (1, false)
    );
    assert!(!holds(dir.path(), SECRET));
    // Parts of it too: an index keeps words by what they share with their neighbours.
    assert!(!holds(dir.path(), "etzalcoatl") && !holds(dir.path(), "羽毛"));
    assert!(matches!(store.branch(&id), Err(StoreError::NotFound(_))));
    let all = SearchFilter::default();
    assert!(store.search(SECRET, &all, 9).unwrap().is_empty());
    assert_eq!(store.search("羽", &all, 9).unwrap().len(), 1);
    drop(store);
    assert!(!holds(dir.path(), SECRET));
    assert_sound(dir.path());
}

/// Checklist 150.
#[test]
fn emptying_the_bin_tells_of_backups_which_can_be_purged() {
    let (dir, store) = store();
    let id = everywhere(&store);
    let backup = store.back_up().unwrap();
    fs::write(dir.path().join("tuppence.db.damaged-0000000000001"), SECRET).unwrap();
    store.delete(&id).unwrap();
    assert_eq!(store.empty_bin().unwrap().copies_left, 2);
    assert!(holds(backup.path.parent().unwrap(), SECRET));
    assert_eq!(store.purge_backups().unwrap(), 2);
    assert!(!holds(backup.path.parent().unwrap(), SECRET) && !holds(dir.path(), SECRET));
    assert_eq!(store.empty_bin().unwrap().copies_left, 0);
}

#[test]
fn a_conversation_with_an_answer_streaming_in_stays_in_the_bin() {
    let (_dir, store) = store();
    let (conversation, turn) = store.begin_conversation("go", &TERMS).unwrap();
    store.delete(&conversation.id).unwrap();
    assert_eq!(store.empty_bin().unwrap().conversations, 0);
    store.finish(&turn.assistant.id, &complete()).unwrap();
    assert_eq!(store.empty_bin().unwrap().conversations, 1);
}

#[test]
fn a_long_conversation_goes_as_a_whole() {
    let (dir, store) = store();
    let (id, _) = told(&store, "begin", "1");
    for number in 0..600 {
        let turn = store
            .begin_turn(&id, &format!("turn {number}"), &TERMS)
            .unwrap();
        store.finish(&turn.assistant.id, &complete()).unwrap();
    }
    assert_eq!(store.branch(&id).unwrap().len(), 1_202);
    store.delete(&id).unwrap();
    assert_eq!(store.empty_bin().unwrap().conversations, 1);
    assert!(
        store
            .search("turn", &SearchFilter::default(), 9)
            .unwrap()
            .is_empty()
    );
    drop(store);
    assert_sound(dir.path());
}

#[test]
fn five_backups_stay() {
    let (_dir, store) = store();
    let made: Vec<_> = (0..7).map(|_| store.back_up().unwrap().path).collect();
    let kept: Vec<_> = store
        .backups()
        .unwrap()
        .into_iter()
        .map(|b| b.path)
        .collect();
    let newest: Vec<_> = made.into_iter().rev().take(5).collect();
    assert_eq!(kept, newest);
}
