use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use conversations::{Ending, Status, Store, StoreError};

use crate::support::{SmallDisk, TERMS, assert_sound, child_dir, complete, open, texts, told};

const TEST: &str = "disk_full::a_full_disk_loses_nothing_old_and_work_goes_on_after_it";
const BALLAST: usize = 200 << 10;

/// Checklist 120.
#[test]
fn a_full_disk_loses_nothing_old_and_work_goes_on_after_it() {
    if let Some(dir) = child_dir() {
        return fill(&dir, |error| {
            matches!(error, StoreError::DiskFull | StoreError::Database(_))
        });
    }
    if let Some(disk) = SmallDisk::mount("1200k") {
        return fill(disk.path(), |error| matches!(error, StoreError::DiskFull));
    }
    // Without the right to mount: a limit on the size of any one file stops writes the same way,
    // though SQLite then reports a failed write.
    let dir = tempfile::tempdir().unwrap();
    let status = Command::new("sh")
        .args(["-c", r#"trap '' XFSZ; ulimit -f 1200; exec "$0" "$@""#])
        .arg(std::env::current_exe().unwrap())
        .args([TEST, "--exact", "--nocapture"])
        .env("CONVERSATIONS_TEST_ROLE_DIR", dir.path())
        .stdout(Stdio::null())
        .status()
        .unwrap();
    assert!(status.success());
}

fn fill(dir: &Path, is_full: fn(&StoreError) -> bool) {
    fs::write(dir.join("ballast"), vec![0; BALLAST]).unwrap();
    let store = open(dir);
    let (old, _) = told(&store, "old words", "old answer");
    let (conversation, turn) = store.begin_conversation("new words", &TERMS).unwrap();
    store
        .set_draft(Some(&conversation.id), "half a thought")
        .unwrap();

    let mut kept = String::new();
    let error = loop {
        let piece = format!("{:05} {}\n", kept.len(), "word ".repeat(800));
        match store.append(&turn.assistant.id, &piece, "") {
            Ok(()) => kept += &piece,
            Err(error) => break error,
        }
        assert!(kept.len() < 8 << 20, "the disk never filled");
    };
    assert!(is_full(&error), "{error:?}");
    assert_eq!(store.message(&turn.assistant.id).unwrap().text, kept);
    assert_eq!(texts(&store, &old), ["old words", "old answer"]);
    assert_eq!(
        store.draft(Some(&conversation.id)).unwrap(),
        "half a thought"
    );
    // Folding the journal needs the room of the text again: refused, and nothing changed.
    assert!(store.finish(&turn.assistant.id, &complete()).is_err());
    assert_eq!(
        store.message(&turn.assistant.id).unwrap().status,
        Status::Streaming
    );

    drop(store);
    fs::remove_file(dir.join("ballast")).unwrap();
    // Room enough to open, not enough to fold: what streamed in is there all the same.
    let store = Store::open(dir).unwrap().store;
    store.set_draft(None, "there is room for this").unwrap();
    let answer = store.message(&turn.assistant.id).unwrap();
    assert_eq!(answer.text, kept);
    assert_eq!(answer.status, Status::Ended(Ending::CutOff));
    assert_eq!(texts(&store, &old), ["old words", "old answer"]);
    drop(store);
    assert_sound(dir);
}
