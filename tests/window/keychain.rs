use private_desktop::{Keyring, webdriver::test_id};

use crate::scene::{ANSWER, SOON, Scene};

/// Checklist 76: nothing is stored in the clear silently; the person decides, and is told what it
/// means.
#[test]
fn without_a_keychain_a_session_until_quitting_is_offered_and_ends_with_the_app() {
    let scene = Scene::with_keyring(Keyring::Absent);
    let browser = scene.browser();
    let tuppence = scene.launch();
    tuppence.page().click(&test_id("try-play-money")).unwrap();
    let (code, _) = tuppence.error_card(SOON).unwrap();
    assert_eq!(code, "keychainUnavailable");
    assert_eq!(
        scene.desktop.opened_urls().take_now(),
        None,
        "nobody consents for nothing"
    );

    tuppence
        .page()
        .click(&test_id("error-action-session-only"))
        .unwrap();
    tuppence.allow_in(&browser).unwrap();
    tuppence.ask("Hello").unwrap();
    tuppence.wait_for_status("complete", ANSWER).unwrap();

    let tuppence = tuppence.restart().unwrap();
    tuppence
        .page()
        .wait_for(&test_id("try-play-money"), SOON)
        .unwrap();
}

/// Checklist 77, 80: a keychain that waits for a password nobody types does not hold up the
/// window.
#[test]
fn a_locked_keychain_is_explained_while_the_window_stays_alive() {
    let scene = Scene::with_keyring(Keyring::Locked);
    let tuppence = scene.launch();
    tuppence.page().click(&test_id("try-play-money")).unwrap();
    let (code, _) = tuppence.error_card(ANSWER).unwrap();
    assert!(
        ["keychainLocked", "keychainUnavailable"].contains(&code.as_str()),
        "{code}"
    );
    assert!(
        tuppence
            .page()
            .shows(&test_id("error-action-session-only"))
            .unwrap()
    );
}

#[test]
fn a_keychain_that_starts_late_is_found_without_a_restart() {
    let scene = Scene::with_keyring(Keyring::Absent);
    let browser = scene.browser();
    let tuppence = scene.launch();
    tuppence.page().click(&test_id("try-play-money")).unwrap();
    tuppence.error_card(SOON).unwrap();
    scene.desktop.set_keyring(Keyring::Unlocked).unwrap();
    tuppence.sign_in_with_play_money(&browser).unwrap();
}
