//! Accounts that were signed out: who they were stays until the person says otherwise.

use private_desktop::webdriver::test_id;

use crate::scene::{SOON, Scene};

#[test]
fn a_signed_out_account_is_offered_again_and_can_be_removed() {
    let scene = Scene::new();
    let (tuppence, browser) = scene.signed_in();
    let name = tuppence.page().text_of(&test_id("profile-name")).unwrap();
    tuppence.sign_out().unwrap();

    // Also after a restart: nothing of it depends on the window.
    let tuppence = tuppence.restart().unwrap();
    let page = tuppence.page();
    page.wait_for(&test_id("signed-out-account"), SOON).unwrap();
    assert!(
        page.text_of(&test_id("signed-out-account"))
            .unwrap()
            .contains(&name)
    );
    page.click(&test_id("signed-out-sign-in")).unwrap();
    page.wait_for(&test_id("waiting"), SOON).unwrap();
    tuppence.allow_in(&browser).unwrap();
    assert_eq!(page.text_of(&test_id("profile-name")).unwrap(), name);

    tuppence.sign_out().unwrap();
    page.wait_for(&test_id("signed-out-remove"), SOON).unwrap();
    page.click(&test_id("signed-out-remove")).unwrap();
    page.wait_for(&test_id("leave-stays"), SOON).unwrap();
    page.click(&test_id("leave-confirm")).unwrap();
    page.wait_gone(&test_id("signed-out-account"), SOON)
        .unwrap();
    assert!(page.shows(&test_id("try-play-money")).unwrap());
}
