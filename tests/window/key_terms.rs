//! What is asked of a key before the browser opens, at a provider that gives keys.

use private_desktop::{Tuppence, webdriver::test_id};
use sandbox_provider::Dialect;

use crate::{
    elsewhere::Elsewhere,
    scene::{SOON, Scene},
};

#[test]
fn a_key_has_the_cap_and_the_end_that_the_person_asked_for() {
    let scene = Scene::new();
    let elsewhere = Elsewhere::start(Dialect::OpenRouter);
    let browser = scene.browser();
    let app = scene
        .app()
        .env("OPENROUTER_BASE_URL", elsewhere.sandbox.issuer_identifier());
    let tuppence = Tuppence::launch_app(&scene.desktop, app).unwrap();
    let page = tuppence.page();
    page.click(&test_id("sign-in-openrouter")).unwrap();
    page.wait_for(&test_id("key-terms"), SOON).unwrap();
    assert_eq!(
        scene.desktop.opened_urls().take_now(),
        None,
        "the form comes first"
    );

    page.type_into(&test_id("key-limit"), "nothing").unwrap();
    let fault = format!("{}[aria-invalid]", test_id("key-limit"));
    page.wait_for(&fault, SOON).unwrap();
    page.find(&test_id("key-limit")).unwrap().clear().unwrap();
    page.type_into(&test_id("key-limit"), "3.50").unwrap();
    page.type_into(&test_id("key-days"), "30").unwrap();
    page.click(&format!("{} button[type=submit]", test_id("key-terms")))
        .unwrap();
    browser.open_next(SOON).unwrap();
    let consent = browser.page().text_of("body").unwrap();
    assert!(consent.contains("no more than the limit"), "{consent}");
    browser.page().click("#allow").unwrap();
    tuppence.wait_for_chat().unwrap();
    tuppence.confirm_account().unwrap();
    // A cap is shown as one, never as what the account holds.
    assert!(tuppence.balance().unwrap().contains("3.50"));
    tuppence.open_account_menu().unwrap();
    assert!(
        page.shows(&test_id("sign-out-key")).unwrap(),
        "the key outlives a sign-out"
    );
}
