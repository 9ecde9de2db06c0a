use std::{
    env,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use conversations::{Ending, Finished, Store, Turn, TurnTerms};
use money::{Amount, Cost, Label, MicroUsd, PlayMoney, Usage};
use tempfile::TempDir;

/// A store in a directory of its own, and nothing to notice about it.
pub(crate) fn store() -> (TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    (dir, store)
}

/// Opens what must be in order.
pub(crate) fn open(dir: &Path) -> Store {
    let opened = Store::open(dir).unwrap();
    assert_eq!(opened.notices, []);
    opened.store
}

pub(crate) const TERMS: TurnTerms = TurnTerms {
    model_id: "small",
    account_key: "account-1",
    price_snapshot_json: Some(r#"{"input":"0.15"}"#),
};

pub(crate) fn complete() -> Finished {
    Finished::without_usage(Ending::Complete {
        finish_reason: Some("stop".to_owned()),
    })
}

pub(crate) fn costing(amount: Amount, label: Label) -> Finished {
    Finished {
        usage: Some(Usage {
            input: 10,
            cached: 4,
            output: 20,
            reasoning: 5,
        }),
        cost: Some(Cost { amount, label }),
        request_id: Some("req-1".to_owned()),
        invocation_id: Some("inv-1".to_owned()),
        ..complete()
    }
}

pub(crate) fn usd(micro: i64) -> Amount {
    Amount::Usd(MicroUsd(micro))
}

pub(crate) fn play(micro: i64) -> Amount {
    Amount::Play(PlayMoney(micro))
}

/// A new conversation with one whole turn.
pub(crate) fn told(store: &Store, words: &str, answer: &str) -> (String, Turn) {
    let (conversation, turn) = store.begin_conversation(words, &TERMS).unwrap();
    store.append(&turn.assistant.id, answer, "").unwrap();
    store.finish(&turn.assistant.id, &complete()).unwrap();
    (conversation.id, turn)
}

/// The texts of the shown branch.
pub(crate) fn texts(store: &Store, conversation_id: &str) -> Vec<String> {
    let branch = store.branch(conversation_id).unwrap();
    branch.into_iter().map(|message| message.text).collect()
}

pub(crate) fn database(dir: &Path) -> PathBuf {
    dir.join("tuppence.db")
}

/// Every check SQLite has, against the file.
pub(crate) fn assert_sound(dir: &Path) {
    let connection = rusqlite::Connection::open(database(dir)).unwrap();
    let verdict: String = connection
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(verdict, "ok");
    let orphans: u32 = connection
        .query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| {
            row.get(0)
        })
        .unwrap();
    assert_eq!(orphans, 0);
}

const ROLE: &str = "CONVERSATIONS_TEST_ROLE_DIR";

/// The directory to work in, when this process is one that [`in_child`] started.
pub(crate) fn child_dir() -> Option<PathBuf> {
    env::var_os(ROLE).map(PathBuf::from)
}

/// A process that ends with the test that started it, also where that fails.
pub(crate) struct Running(pub(crate) Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Runs the named test of this binary in a process of its own, where [`child_dir`] says `dir`.
pub(crate) fn in_child(test: &str, dir: &Path) -> Running {
    let child = Command::new(env::current_exe().unwrap())
        .args([test, "--exact", "--nocapture", "--test-threads=1"])
        .env(ROLE, dir)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    Running(child)
}

/// A small file system of its own, unmounted when dropped; `None` where this process may not mount.
pub(crate) struct SmallDisk {
    dir: TempDir,
}

impl SmallDisk {
    pub(crate) fn mount(size: &str) -> Option<Self> {
        let dir = tempfile::tempdir().unwrap();
        mount(
            &["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"],
            dir.path(),
        )
        .then_some(Self { dir })
    }

    pub(crate) fn path(&self) -> &Path {
        self.dir.path()
    }

    pub(crate) fn make_read_only(&self) -> bool {
        mount(&["-o", "remount,ro"], self.path())
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.path()).status();
    }
}

fn mount(arguments: &[&str], dir: &Path) -> bool {
    Command::new("mount")
        .args(arguments)
        .arg(dir)
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}
