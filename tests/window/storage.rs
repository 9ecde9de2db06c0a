//! A data folder that is damaged, read-only, full, or of a later version: the window says so, what can be
//! read is read, and no word is lost.

use std::{
    fs,
    io::Write as _,
    os::unix::fs::{FileExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use private_desktop::{
    Browser, Tuppence,
    webdriver::{WebDriver, test_id},
};

use crate::scene::{ANSWER, SOON, Scene, click, shows};

/// Checklist 121.
#[test]
fn a_later_versions_conversations_are_read_and_left_as_they_are() {
    let scene = Scene::new();
    let _browser = told(&scene, "Words of today");
    let database = rusqlite::Connection::open(scene.data.join("tuppence.db")).unwrap();
    database.pragma_update(None, "user_version", 999).unwrap();
    drop(database);
    let tuppence = scene.launch();
    reads_but_does_not_send(&tuppence, "written by a later version", "Words of today");
}

/// Checklist 121.
#[test]
fn a_damaged_file_is_put_aside_and_the_backup_of_before_is_used() {
    let scene = Scene::new();
    let (tuppence, _browser) = scene.signed_in();
    ask(&tuppence, "Before the backup");
    tuppence
        .page()
        .press(&[private_desktop::webdriver::key::CONTROL, ','])
        .unwrap();
    click(&tuppence, "backup-make");
    let made = test_id("backup-restore");
    tuppence.page().wait_for(&made, SOON).unwrap();
    tuppence.close().unwrap();
    // What may still be in the log would heal it.
    for log in ["tuppence.db-wal", "tuppence.db-shm"] {
        let _ = fs::remove_file(scene.data.join(log));
    }
    let database = fs::File::options()
        .write(true)
        .open(scene.data.join("tuppence.db"))
        .unwrap();
    database.write_all_at(b"not a database", 0).unwrap();
    let tuppence = scene.launch();
    shows(&tuppence, "The data file was damaged");
    click(&tuppence, "conversation-row");
    shows(&tuppence, "Before the backup");
    let kept = fs::read_dir(&scene.data).unwrap().flatten();
    let kept = kept.filter(|entry| entry.file_name().to_string_lossy().contains("damaged"));
    assert_eq!(kept.count(), 1, "and the damaged file is still there");
    ask(&tuppence, "It goes on");
}

/// Checklist 121.
#[test]
fn a_folder_that_cannot_be_written_is_read_and_says_so() {
    refused_write(&Scene::new());
}

/// Checklist 120.
#[test]
fn a_full_disk_keeps_what_was_typed_and_the_message_goes_once_there_is_room() {
    let scene = Scene::new();
    fs::create_dir_all(&scene.data).unwrap();
    let Some(_disk) = SmallDisk::mount(&scene.data) else {
        // Where nothing can be mounted, no file system here can be filled: what the store does on a full one
        // is shown without a mount in its own tests, and here that the window tells a refused write.
        return refused_write(&scene);
    };
    let (tuppence, _browser) = scene.signed_in();
    ask(&tuppence, "While there is room");
    let ballast = scene.data.join("ballast");
    fill(&ballast);
    let words = "A message for a full disk";
    tuppence.ask(words).unwrap();
    shows(&tuppence, "Nothing can be saved right now");
    let input = tuppence.page().find(&test_id("composer-input")).unwrap();
    assert_eq!(input.property("value").unwrap(), words);
    shows(&tuppence, "While there is room");

    fs::remove_file(ballast).unwrap();
    tuppence.page().click(&test_id("send")).unwrap();
    let sent = |page: &WebDriver| {
        let messages = page.find_all(&test_id("message-user"))?;
        Ok((messages.len() == 2).then_some(()))
    };
    tuppence.page().wait_until("it goes", SOON, sent).unwrap();
    tuppence.wait_for_status("complete", ANSWER).unwrap();
}

/// A folder that lost the right to be written since the app ran last.
fn refused_write(scene: &Scene) {
    let _browser = told(scene, "Words to read");
    let _read_only = ReadOnly::make(&scene.data);
    let tuppence = scene.launch();
    reads_but_does_not_send(
        &tuppence,
        "The data folder cannot be written",
        "Words to read",
    );
}

/// Starts the app, signs in, asks once, and ends it.
fn told(scene: &Scene, words: &str) -> Browser {
    let (tuppence, browser) = scene.signed_in();
    ask(&tuppence, words);
    tuppence.close().unwrap();
    browser
}

/// The window tells why nothing is kept, shows what there is, and refuses a message without losing it.
fn reads_but_does_not_send(tuppence: &Tuppence<'_>, why: &str, words: &str) {
    shows(tuppence, why);
    click(tuppence, "conversation-row");
    tuppence
        .page()
        .wait_for(&test_id("message-user"), SOON)
        .unwrap();
    shows(tuppence, words);
    tuppence.ask("Not to be lost").unwrap();
    shows(tuppence, "Nothing can be saved right now");
    let input = tuppence.page().find(&test_id("composer-input")).unwrap();
    assert_eq!(input.property("value").unwrap(), "Not to be lost");
}

fn ask(tuppence: &Tuppence<'_>, words: &str) {
    tuppence.ask(words).unwrap();
    tuppence.wait_for_status("complete", ANSWER).unwrap();
}

/// A folder that nobody may write, until this is dropped.
struct ReadOnly {
    dir: PathBuf,
    mounted: bool,
}

impl ReadOnly {
    /// Root may write where the mode forbids it: for root the folder becomes a read-only file system.
    fn make(dir: &Path) -> Self {
        let mounted = mount(&["--bind"], &[dir, dir]);
        if !(mounted && mount(&["-o", "remount,ro,bind"], &[dir])) {
            set_mode(dir, 0o500);
        }
        Self {
            dir: dir.to_owned(),
            mounted,
        }
    }
}

impl Drop for ReadOnly {
    fn drop(&mut self) {
        if self.mounted {
            let _ = Command::new("umount").arg("-l").arg(&self.dir).status();
        }
        set_mode(&self.dir, 0o700);
    }
}

/// A small file system, until this is dropped.
struct SmallDisk(PathBuf);

impl SmallDisk {
    fn mount(dir: &Path) -> Option<Self> {
        let options = ["-t", "tmpfs", "-o", "size=64m,mode=700", "tmpfs"];
        mount(&options, &[dir]).then(|| Self(dir.to_owned()))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

/// Writes a file until nothing more fits.
fn fill(path: &Path) {
    let mut file = fs::File::create(path).unwrap();
    for size in [1 << 20, 4 << 10, 1] {
        let piece = vec![0; size];
        while file.write_all(&piece).is_ok() {}
    }
}

fn mount(options: &[&str], paths: &[&Path]) -> bool {
    let mut command = Command::new("mount");
    command.args(options).args(paths).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// Of the folder and all that is in it; files lose or get the right to be written.
fn set_mode(dir: &Path, mode: u32) {
    let _ = fs::set_permissions(dir, fs::Permissions::from_mode(mode));
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        if entry.path().is_file() {
            let _ = fs::set_permissions(entry.path(), fs::Permissions::from_mode(mode & 0o600));
        }
    }
}
