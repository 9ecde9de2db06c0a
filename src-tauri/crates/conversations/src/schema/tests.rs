#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::{
    path::Path,
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use rusqlite::Connection;

use super::MIGRATIONS;
use crate::{OpenNotice, StoreError, TurnTerms, open::open_with};

/// A later version whose step takes a while.
const SLOW: &str = "
  CREATE TABLE later (n INTEGER PRIMARY KEY, words TEXT NOT NULL) STRICT;
  INSERT INTO later WITH RECURSIVE up (n) AS (
    SELECT 1 UNION ALL SELECT n + 1 FROM up WHERE n < 60000)
    SELECT n, hex(zeroblob(40)) FROM up;
  ALTER TABLE conversations ADD COLUMN colour TEXT;";

const TERMS: TurnTerms = TurnTerms {
    model_id: "m",
    account_key: "a",
    price_snapshot_json: None,
};

const ROLE: &str = "CONVERSATIONS_TEST_MIGRATE_DIR";

fn later() -> Vec<&'static str> {
    MIGRATIONS.iter().copied().chain([SLOW]).collect()
}

fn version(dir: &Path) -> u32 {
    let raw = Connection::open(dir.join("tuppence.db")).unwrap();
    raw.pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap()
}

/// A directory of the current version with one conversation; its id.
fn filled(dir: &Path) -> String {
    let store = open_with(dir, MIGRATIONS).unwrap().store;
    store.begin_conversation("words", &TERMS).unwrap().0.id
}

/// Checklist 123.
#[test]
fn a_migration_killed_half_way_leaves_the_version_before_it_and_its_backup() {
    if let Some(dir) = std::env::var_os(ROLE) {
        open_with(Path::new(&dir), &later()).unwrap();
        return;
    }
    let current = u32::try_from(MIGRATIONS.len()).unwrap();
    let mut half_way = 0;
    for round in 0..12 {
        let dir = tempfile::tempdir().unwrap();
        let id = filled(dir.path());
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["schema::tests::a_migration_killed_half_way_leaves_the_version_before_it_and_its_backup"])
            .args(["--exact", "--nocapture"])
            .env(ROLE, dir.path())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(Duration::from_millis(10 + round * 12));
        child.kill().unwrap();
        child.wait().unwrap();

        let reached = version(dir.path());
        assert!(reached == current || reached == current + 1, "{reached}");
        if reached == current {
            half_way += 1;
            let same = open_with(dir.path(), MIGRATIONS).unwrap().store;
            assert_eq!(same.branch(&id).unwrap()[0].text, "words");
        }
        let store = open_with(dir.path(), &later()).unwrap().store;
        assert_eq!(version(dir.path()), current + 1);
        assert_eq!(store.branch(&id).unwrap()[0].text, "words");
        let backup = &store.backups().unwrap()[0];
        let raw = Connection::open(&backup.path).unwrap();
        let words: String = raw
            .query_row("SELECT text FROM messages WHERE role = 'user'", [], |row| {
                row.get(0)
            })
            .unwrap();
        assert_eq!(words, "words");
    }
    assert!(half_way >= 2, "only {half_way} were killed before the end");
}

#[test]
fn conversations_from_before_the_lists_had_pages_are_listed_in_order() {
    let dir = tempfile::tempdir().unwrap();
    let first = {
        let store = open_with(dir.path(), &MIGRATIONS[..8]).unwrap().store;
        let first = store.begin_conversation("first", &TERMS).unwrap().0.id;
        store.begin_conversation("second", &TERMS).unwrap();
        store.set_pinned(&first, true).unwrap();
        first
    };
    let store = open_with(dir.path(), MIGRATIONS).unwrap().store;
    let page = store.list_page(crate::Shelf::Current, None, 1).unwrap();
    assert_eq!(page.conversations[0].id, first);
    assert_eq!(page.total, 2);
    let rest = store
        .list_page(crate::Shelf::Current, page.next.as_ref(), 1)
        .unwrap();
    assert_eq!(rest.conversations[0].title, "second");
    assert_eq!(rest.next, None);
}

#[test]
fn a_step_that_fails_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let id = filled(dir.path());
    let broken: Vec<_> = MIGRATIONS
        .iter()
        .copied()
        .chain(["CREATE TABLE half (x) STRICT; INSERT INTO nowhere VALUES (1);"])
        .collect();
    assert!(matches!(
        open_with(dir.path(), &broken),
        Err(StoreError::Database(_))
    ));
    let store = open_with(dir.path(), MIGRATIONS).unwrap().store;
    assert_eq!(store.branch(&id).unwrap()[0].text, "words");
    assert_eq!(store.backups().unwrap().len(), 1);
}

/// Checklist 121.
#[test]
fn a_database_of_a_later_version_opens_for_reading() {
    let dir = tempfile::tempdir().unwrap();
    let id = filled(dir.path());
    drop(open_with(dir.path(), &later()).unwrap());
    let opened = open_with(dir.path(), MIGRATIONS).unwrap();
    let known = u32::try_from(MIGRATIONS.len()).unwrap();
    let found = known + 1;
    assert_eq!(opened.notices, [OpenNotice::NewerSchema { found, known }]);
    assert_eq!(opened.store.branch(&id).unwrap()[0].text, "words");
    assert!(opened.store.is_read_only());
    let refused = opened.store.set_draft(None, "x").unwrap_err();
    assert!(
        matches!(refused, StoreError::NewerSchema { .. }),
        "{refused:?}"
    );
    assert_eq!(version(dir.path()), found);
}

#[test]
fn an_upgrade_waits_until_nobody_has_the_database_open() {
    let dir = tempfile::tempdir().unwrap();
    let store = open_with(dir.path(), MIGRATIONS).unwrap().store;
    assert!(matches!(
        open_with(dir.path(), &later()),
        Err(StoreError::UpgradeBlocked)
    ));
    store.set_draft(None, "still here").unwrap();
    drop(store);
    open_with(dir.path(), &later()).unwrap();
}
