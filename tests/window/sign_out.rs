use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::Path,
    time::{Duration, Instant},
};

use private_desktop::webdriver::test_id;

use crate::scene::{ANSWER, SOON, Scene};

#[test]
fn a_restart_keeps_the_person_signed_in_without_the_browser() {
    let scene = Scene::new();
    let (tuppence, _browser) = scene.signed_in();
    let name = tuppence.page().text_of(&test_id("profile-name")).unwrap();
    tuppence.ask("Hello").unwrap();
    tuppence.wait_for_status("complete", ANSWER).unwrap();

    let tuppence = tuppence.restart().unwrap();
    tuppence.wait_for_chat().unwrap();
    assert_eq!(
        tuppence.page().text_of(&test_id("profile-name")).unwrap(),
        name
    );
    tuppence.page().click(&test_id("conversation-row")).unwrap();
    tuppence.wait_for_status("complete", SOON).unwrap();
    tuppence.ask("And again").unwrap();
    tuppence
        .page()
        .wait_until("a second answer", ANSWER, |page| {
            let complete = format!("{}[data-status=complete]", test_id("message-assistant"));
            Ok((page.find_all(&complete)?.len() == 2).then_some(()))
        })
        .unwrap();
    assert_eq!(
        scene.desktop.opened_urls().take_now(),
        None,
        "no browser was needed"
    );
}

#[test]
fn signing_out_forgets_the_person_and_a_restart_does_not_bring_them_back() {
    let scene = Scene::new();
    let (tuppence, _browser) = scene.signed_in();
    assert!(keychain_holds_items(&scene));
    tuppence.sign_out().unwrap();
    assert!(!keychain_holds_items(&scene));
    let tuppence = tuppence.restart().unwrap();
    tuppence
        .page()
        .wait_for(&test_id("try-play-money"), SOON)
        .unwrap();
}

#[test]
fn the_doctor_shows_what_it_found_and_the_steps_of_the_sign_in() {
    let scene = Scene::new();
    let (tuppence, _browser) = scene.signed_in();
    tuppence.open_account_menu().unwrap();
    let page = tuppence.page();
    page.click(&test_id("open-settings")).unwrap();
    page.click(&test_id("open-doctor")).unwrap();
    page.wait_for(&test_id("doctor-findings"), ANSWER).unwrap();
    page.click(&test_id("doctor-steps")).unwrap();
    let last = format!("{} [data-step=tokens_stored]", test_id("flow-steps"));
    page.wait_for(&last, SOON).unwrap();
    let steps = page.text_of(&test_id("flow-steps")).unwrap();
    assert!(steps.contains("RFC 7636 section 4.3"), "{steps}");
    assert!(steps.contains("<redacted"), "{steps}");
}

/// What is left on a computer that others use too.
#[test]
fn erasing_leaves_neither_a_file_nor_a_secret_and_ends_the_app() {
    let scene = Scene::new();
    let (tuppence, _browser) = scene.signed_in();
    tuppence.ask("Hello").unwrap();
    tuppence.wait_for_status("complete", ANSWER).unwrap();
    let apps = tuppence.window().process_ids();
    tuppence.open_account_menu().unwrap();
    let page = tuppence.page();
    page.click(&test_id("open-settings")).unwrap();
    page.click(&test_id("open-erase")).unwrap();
    page.wait_for(&test_id("leave-stays"), SOON).unwrap();
    page.click(&test_id("leave-sure")).unwrap();
    page.click(&test_id("leave-confirm")).unwrap();

    let deadline = Instant::now() + ANSWER;
    let runs = |pid: &u32| {
        Path::new("/proc")
            .join(pid.to_string())
            .join("exe")
            .exists()
    };
    while apps.iter().any(runs) {
        assert!(Instant::now() < deadline, "the app goes on");
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(!keychain_holds_items(&scene));
    let words = |entry: fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
    let left: Vec<String> = fs::read_dir(&scene.data)
        .map(|entries| entries.map(|entry| words(entry.unwrap())).collect())
        .unwrap_or_default();
    assert!(!left.iter().any(|name| name != "webview"), "{left:?}");
}

/// Checklist 125, 142.
#[test]
fn every_file_of_the_data_directory_belongs_to_one_user_alone() {
    let scene = Scene::new();
    let (tuppence, _browser) = scene.signed_in();
    tuppence.ask("Hello").unwrap();
    tuppence.wait_for_status("complete", ANSWER).unwrap();
    let open = open_to_others(&scene.data);
    assert!(open.is_empty(), "{open:?}");
}

/// Whether our service has items in the person's keychain.
fn keychain_holds_items(scene: &Scene) -> bool {
    let output = scene
        .desktop
        .command("secret-tool")
        .args(["search", "--all", "service", "app.tuppence.desktop"])
        .output()
        .unwrap();
    !output.stdout.is_empty()
}

/// What under this path others could read, write or enter.
fn open_to_others(path: &Path) -> Vec<String> {
    let metadata = fs::symlink_metadata(path).unwrap();
    let mut open = Vec::new();
    if !metadata.is_symlink() && metadata.permissions().mode() & 0o077 != 0 {
        open.push(path.display().to_string());
    }
    if metadata.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            open.extend(open_to_others(&entry.unwrap().path()));
        }
    }
    open
}
