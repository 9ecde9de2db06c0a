//! Keeping conversations: deleting and taking back, the bin, backups, and quitting in the middle.

use std::{path::Path, time::Instant};

use private_desktop::{
    Tuppence,
    webdriver::{key, test_id},
};

use crate::scene::{ANSWER, SOON, Scene, click, shows};

#[test]
fn what_is_deleted_comes_back_by_undo_or_goes_for_good_with_its_backups() {
    let scene = Scene::new();
    let (tuppence, _browser) = scene.signed_in();
    ask(&tuppence, "A secret about pennies");
    open_settings(&tuppence);
    click(&tuppence, "backup-make");
    tuppence
        .page()
        .wait_for(&test_id("backup-restore"), SOON)
        .unwrap();
    tuppence.close_overlays().unwrap();

    delete(&tuppence);
    tuppence
        .page()
        .wait_gone(&test_id("conversation-row"), SOON)
        .unwrap();
    tuppence.page().click(&test_id("toast-action")).unwrap();
    tuppence
        .page()
        .wait_for(&test_id("conversation-row"), SOON)
        .unwrap();
    delete(&tuppence);
    tuppence
        .page()
        .wait_gone(&test_id("conversation-row"), SOON)
        .unwrap();

    click(&tuppence, "shelves");
    click(&tuppence, "shelf-bin");
    click(&tuppence, "empty-bin");
    click(&tuppence, "empty-bin-sure");
    shows(&tuppence, "may still hold their words");
    click(&tuppence, "purge-backups");
    shows(&tuppence, "The backups are gone too");
    let left = std::fs::read_dir(scene.data.join("backups"))
        .unwrap()
        .count();
    assert_eq!(left, 0);
    assert!(tuppence.page().shows(&test_id("shelf")).unwrap());
}

#[test]
fn a_backup_that_is_gone_back_to_is_what_the_app_starts_with() {
    let scene = Scene::new();
    let (tuppence, _browser) = scene.signed_in();
    ask(&tuppence, "Before the backup");
    open_settings(&tuppence);
    click(&tuppence, "backup-make");
    tuppence
        .page()
        .wait_for(&test_id("backup-restore"), SOON)
        .unwrap();
    tuppence.close_overlays().unwrap();
    tuppence.new_conversation().unwrap();
    ask(&tuppence, "After the backup");
    open_settings(&tuppence);
    click(&tuppence, "backup-restore");
    // The app ends and starts again by itself, out of the driver's sight, at times before the driver has
    // answered: its database tells.
    let _ = tuppence.page().click(&test_id("backup-restore-sure"));
    let began = Instant::now();
    loop {
        if titles(&scene.data) == ["Before the backup"] {
            break;
        }
        assert!(began.elapsed() < ANSWER, "{:?}", titles(&scene.data));
        std::thread::sleep(std::time::Duration::from_millis(200));
    }
    assert!(!scene.data.join("restore-at-next-start").exists());
}

#[test]
fn quitting_in_the_middle_of_an_answer_keeps_what_came_and_says_so() {
    let scene = Scene::new();
    let (tuppence, _browser) = scene.signed_in();
    tuppence.ask("Write a long answer.").unwrap();
    tuppence.wait_for_text(200, ANSWER).unwrap();
    let tuppence = tuppence.restart().unwrap();
    tuppence.page().click(&test_id("conversation-row")).unwrap();
    let kept = tuppence.wait_for_status("cutOff", ANSWER).unwrap();
    assert!(kept.text.chars().count() >= 200, "{}", kept.text);
    assert!(tuppence.page().shows(&test_id("continue")).unwrap());
    assert!(tuppence.page().shows(&test_id("retry")).unwrap());
}

fn ask(tuppence: &Tuppence<'_>, words: &str) {
    tuppence.ask(words).unwrap();
    tuppence.wait_for_status("complete", ANSWER).unwrap();
}

fn delete(tuppence: &Tuppence<'_>) {
    tuppence
        .page()
        .wait_for(&test_id("conversation-row"), SOON)
        .unwrap();
    click(tuppence, "conversation-row");
    click(tuppence, "conversation-menu");
    click(tuppence, "delete");
}

fn open_settings(tuppence: &Tuppence<'_>) {
    tuppence.page().press(&[key::CONTROL, ',']).unwrap();
    tuppence
        .page()
        .wait_for(&test_id("backup-make"), SOON)
        .unwrap();
}

/// The titles in the database; none while it is being replaced.
fn titles(data: &Path) -> Vec<String> {
    let read = || {
        let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
        let database = rusqlite::Connection::open_with_flags(data.join("tuppence.db"), flags)?;
        let mut rows = database.prepare("SELECT title FROM conversations ORDER BY seq")?;
        let titles = rows.query_map([], |row| row.get(0))?;
        titles.collect::<Result<Vec<String>, _>>()
    };
    read().unwrap_or_default()
}
