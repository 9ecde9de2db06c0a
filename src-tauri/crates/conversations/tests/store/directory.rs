use std::{fs, path::Path};

use conversations::{ConversationFilter, OpenNotice, Store, StoreError};

use crate::support::{SmallDisk, TERMS, database, store, told};

/// Checklist 125 and 142.
#[cfg(unix)]
#[test]
fn only_the_owner_can_read_the_directory_and_every_file_in_it() {
    use std::os::unix::fs::PermissionsExt;
    let parent = tempfile::tempdir().unwrap();
    let dir = parent.path().join("not yet").join("there");
    fs::create_dir_all(&dir).unwrap();
    fs::set_permissions(&dir, fs::Permissions::from_mode(0o755)).unwrap();
    fs::write(database(&dir), "").unwrap();
    fs::set_permissions(database(&dir), fs::Permissions::from_mode(0o644)).unwrap();
    let store = Store::open(&dir).unwrap().store;
    told(&store, "words", "answer");
    store.back_up().unwrap();

    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&dir), 0o700);
    assert_eq!(mode(&dir.join("backups")), 0o700);
    let mut names = Vec::new();
    for folder in [dir.clone(), dir.join("backups")] {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            if entry.path().is_file() {
                assert_eq!(mode(&entry.path()), 0o600, "{:?}", entry.path());
                names.push(entry.file_name().into_string().unwrap());
            }
        }
    }
    for name in ["tuppence.db", "tuppence.db-wal", "tuppence.db-shm"] {
        assert!(names.iter().any(|there| there == name), "{names:?}");
    }
}

#[test]
fn closing_leaves_the_database_alone_in_its_directory() {
    let (dir, store) = store();
    told(&store, "words", "answer");
    drop(store);
    let mut names: Vec<_> = fs::read_dir(dir.path())
        .unwrap()
        .flatten()
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["opening.lock", "tuppence.db"]);
}

/// Checklist 121.
#[test]
fn a_read_only_directory_opens_for_reading_after_a_clean_close() {
    read_only(|dir| {
        let store = Store::open(dir).unwrap().store;
        let (id, _) = told(&store, "words", "answer");
        id
    });
}

/// Checklist 121.
#[test]
fn a_read_only_directory_opens_for_reading_as_a_crash_left_it() {
    read_only(|dir| {
        let alive = tempfile::tempdir().unwrap();
        let store = Store::open(alive.path()).unwrap().store;
        let (id, _) = told(&store, "words", "answer");
        // The files of a store that never closed: the log still holds it all.
        for entry in fs::read_dir(alive.path()).unwrap().flatten() {
            fs::copy(entry.path(), dir.join(entry.file_name())).unwrap();
        }
        id
    });
}

fn read_only(fill: impl FnOnce(&Path) -> String) {
    // Root may write where the mode forbids it, so for root the whole file system is read-only.
    let disk = SmallDisk::mount("4m");
    let plain = tempfile::tempdir().unwrap();
    let dir = disk.as_ref().map_or(plain.path(), SmallDisk::path);
    let id = fill(dir);
    match &disk {
        Some(disk) => assert!(disk.make_read_only()),
        None => set_read_only(dir, true),
    }
    let opened = Store::open(dir).unwrap();
    assert_eq!(opened.notices, [OpenNotice::ReadOnly]);
    let store = opened.store;
    assert!(store.is_read_only());
    let branch = store.branch(&id).unwrap();
    assert_eq!(branch[1].text, "answer");
    assert_eq!(
        store
            .conversations(&ConversationFilter::default())
            .unwrap()
            .len(),
        1
    );
    assert_eq!(
        store.search("word", &Default::default(), 9).unwrap().len(),
        1
    );
    for refused in [
        store.begin_turn(&id, "more", &TERMS).map(drop),
        store.set_draft(None, "x"),
        store.delete(&id),
        store.purge_backups().map(drop),
        store.append(&branch[1].id, "x", ""),
    ] {
        assert!(matches!(refused, Err(StoreError::ReadOnly)), "{refused:?}");
    }
    drop(store);
    if disk.is_none() {
        set_read_only(dir, false);
    }
}

/// Checklist 121.
#[test]
fn a_read_only_directory_with_nothing_in_it_is_an_error() {
    let disk = SmallDisk::mount("1m");
    let plain = tempfile::tempdir().unwrap();
    let dir = disk.as_ref().map_or(plain.path(), SmallDisk::path);
    match &disk {
        Some(disk) => assert!(disk.make_read_only()),
        None => set_read_only(dir, true),
    }
    assert!(matches!(Store::open(dir), Err(StoreError::ReadOnly)));
    assert!(matches!(
        Store::open(&dir.join("below")),
        Err(StoreError::ReadOnly)
    ));
    if disk.is_none() {
        set_read_only(dir, false);
    }
}

fn set_read_only(dir: &Path, read_only: bool) {
    let mut permissions = fs::metadata(dir).unwrap().permissions();
    #[cfg(unix)]
    std::os::unix::fs::PermissionsExt::set_mode(
        &mut permissions,
        if read_only { 0o500 } else { 0o700 },
    );
    #[cfg(not(unix))]
    permissions.set_readonly(read_only);
    fs::set_permissions(dir, permissions).unwrap();
}
