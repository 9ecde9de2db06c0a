use std::{
    fs,
    io::{Seek, SeekFrom, Write},
    path::Path,
};

use conversations::{ConversationFilter, OpenNotice, Store, StoreError};

use crate::support::{assert_sound, database, open, store, texts, told};

fn titles(store: &Store) -> Vec<String> {
    let list = store.conversations(&ConversationFilter::default()).unwrap();
    list.into_iter().map(|one| one.title).collect()
}

/// Opens a damaged directory; says what was kept and what was restored.
fn reopen(dir: &Path) -> (Store, std::path::PathBuf, Option<std::path::PathBuf>) {
    let opened = Store::open(dir).unwrap();
    let [
        OpenNotice::DamagedKept {
            path,
            restored_from,
        },
    ] = opened.notices.as_slice()
    else {
        panic!("{:?}", opened.notices);
    };
    (opened.store, path.clone(), restored_from.clone())
}

/// Checklist 121.
#[test]
fn a_damaged_file_is_kept_and_the_latest_sound_backup_takes_its_place() {
    let (dir, store) = store();
    let (old, _) = told(&store, "old", "answer");
    let sound = store.back_up().unwrap();
    let unsound = store.back_up().unwrap();
    fs::write(&unsound.path, b"no database").unwrap();
    told(&store, "since the backup", "answer");
    drop(store);
    let bytes = b"this is not a database".repeat(500);
    fs::write(database(dir.path()), &bytes).unwrap();

    let (store, kept, restored_from) = reopen(dir.path());
    assert_eq!(fs::read(kept).unwrap(), bytes);
    assert_eq!(restored_from, Some(sound.path));
    assert_eq!(titles(&store), ["old"]);
    assert_eq!(texts(&store, &old), ["old", "answer"]);
    told(&store, "goes on", "answer");
    drop(store);
    assert_eq!(titles(&open(dir.path())), ["goes on", "old"]);
    assert_sound(dir.path());
}

/// Checklist 121.
#[test]
fn without_a_backup_a_damaged_file_is_kept_beside_a_fresh_one() {
    let (dir, store) = store();
    told(&store, "old", "answer");
    drop(store);
    let bytes = fs::read(database(dir.path())).unwrap();
    fs::write(database(dir.path()), &bytes[..bytes.len() / 2]).unwrap();
    let (store, kept, restored_from) = reopen(dir.path());
    assert_eq!(fs::read(kept).unwrap(), &bytes[..bytes.len() / 2]);
    assert_eq!(restored_from, None);
    assert!(titles(&store).is_empty());
    told(&store, "new", "answer");
}

/// Checklist 121.
#[test]
fn damage_within_the_file_is_found_when_it_is_opened() {
    let (dir, store) = store();
    for number in 0..200 {
        told(&store, &format!("turn {number}"), &"words ".repeat(200));
    }
    drop(store);
    scribble(dir.path(), 20, 40);
    let (store, _, _) = reopen(dir.path());
    told(&store, "new", "answer");
    drop(store);
    assert_sound(dir.path());
}

/// Overwrites some 4 KiB pages.
fn scribble(dir: &Path, from: u64, to: u64) {
    let mut file = fs::OpenOptions::new()
        .write(true)
        .open(database(dir))
        .unwrap();
    file.seek(SeekFrom::Start(from * 4096)).unwrap();
    for page in from..to {
        file.write_all(&[page as u8; 4096]).unwrap();
    }
}

/// Checklist 121.
#[test]
fn a_damaged_search_index_is_made_anew_and_no_message_is_touched() {
    let (dir, store) = store();
    let (id, _) = told(&store, "needle 針箱", "answer");
    drop(store);
    let raw = rusqlite::Connection::open(database(dir.path())).unwrap();
    raw.execute("DELETE FROM message_words_data WHERE id > 10", [])
        .unwrap();
    drop(raw);
    let store = open(dir.path());
    assert_eq!(texts(&store, &id), ["needle 針箱", "answer"]);
    assert_eq!(
        store
            .search("needle", &Default::default(), 9)
            .unwrap()
            .len(),
        1
    );
    assert_eq!(
        store.search("針箱", &Default::default(), 9).unwrap().len(),
        1
    );
    drop(store);
    assert_sound(dir.path());
}

/// Checklist 121.
#[test]
fn a_database_of_another_program_is_kept_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let raw = rusqlite::Connection::open(database(dir.path())).unwrap();
    raw.execute_batch("CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1);")
        .unwrap();
    drop(raw);
    let bytes = fs::read(database(dir.path())).unwrap();
    let (_, kept, _) = reopen(dir.path());
    assert_eq!(fs::read(kept).unwrap(), bytes);
}

/// Checklist 121 and 122.
#[test]
fn a_damaged_file_that_another_process_uses_is_left_in_its_place() {
    let (dir, store) = store();
    for number in 0..50 {
        told(&store, &format!("turn {number}"), &"words ".repeat(200));
    }
    store.empty_bin().unwrap();
    scribble(dir.path(), 10, 20);
    assert!(matches!(
        Store::open(dir.path()),
        Err(StoreError::DamagedInUse)
    ));
    assert!(database(dir.path()).exists());
}

#[test]
fn going_back_to_a_backup_keeps_what_was_there() {
    let (dir, store) = store();
    told(&store, "before", "answer");
    let oldest = store.back_up().unwrap();
    told(&store, "after", "answer");
    for _ in 0..4 {
        store.back_up().unwrap();
    }
    let refused = Store::restore_backup(dir.path(), &oldest.path);
    assert!(matches!(refused, Err(StoreError::InUse)), "{refused:?}");
    drop(store);

    Store::restore_backup(dir.path(), &oldest.path).unwrap();
    let store = open(dir.path());
    assert_eq!(titles(&store), ["before"]);
    let replaced = store.backups().unwrap()[0].path.clone();
    drop(store);
    Store::restore_backup(dir.path(), &replaced).unwrap();
    assert_eq!(titles(&open(dir.path())), ["after", "before"]);
    assert_sound(dir.path());
}

#[test]
fn going_back_from_a_damaged_file_keeps_it_and_an_unsound_backup_changes_nothing() {
    let (dir, store) = store();
    told(&store, "before", "answer");
    let backup = store.back_up().unwrap().path;
    drop(store);
    let bad = dir.path().join("bad.db");
    fs::write(&bad, "no database").unwrap();
    let refused = Store::restore_backup(dir.path(), &bad);
    assert!(
        matches!(refused, Err(StoreError::BackupUnsound)),
        "{refused:?}"
    );
    assert_eq!(titles(&open(dir.path())), ["before"]);

    fs::write(database(dir.path()), b"damaged".repeat(999)).unwrap();
    Store::restore_backup(dir.path(), &backup).unwrap();
    assert_eq!(titles(&open(dir.path())), ["before"]);
    let kept = fs::read_dir(dir.path()).unwrap().flatten().any(|entry| {
        entry
            .file_name()
            .to_string_lossy()
            .starts_with("tuppence.db.damaged-")
    });
    assert!(kept);
}
