//! Signing in by a code on another device (RFC 8628), whose browser here is a real Chromium.

use private_desktop::{Browser, Tuppence, webdriver::test_id};
use sandbox_provider::Dialect;

use crate::{
    elsewhere::Elsewhere,
    scene::{SOON, Scene},
};

/// Checklist 72.
#[test]
fn a_person_types_the_code_on_another_device_and_is_signed_in_here() {
    let scene = Scene::new();
    let elsewhere = Elsewhere::start(Dialect::Oidc);
    let browser = scene.browser();
    let tuppence = waiting(&scene, &elsewhere);
    go_by_device(&tuppence);
    let page = tuppence.page();
    assert!(page.shows(&test_id("device-picture")).unwrap());
    let spelled = page.text_of(&format!("{} .unseen", test_id("device-code")));
    let letters = code(&tuppence)
        .chars()
        .fold(String::new(), |all, it| all + " " + &it.to_string());
    assert_eq!(spelled.unwrap(), letters.trim());

    type_code(&tuppence, &browser);
    browser.page().click("#allow").unwrap();
    tuppence.wait_for_chat().unwrap();
    tuppence.confirm_account().unwrap();
    assert_eq!(tuppence.open_account_menu().unwrap(), "Penny Sandbox");
}

#[test]
fn a_code_that_is_refused_or_expires_is_named_and_tried_again_in_the_same_place() {
    let scene = Scene::new();
    let elsewhere = Elsewhere::start(Dialect::Oidc);
    let browser = scene.browser();
    let tuppence = waiting(&scene, &elsewhere);
    go_by_device(&tuppence);
    type_code(&tuppence, &browser);
    browser.page().click("#deny").unwrap();
    assert_eq!(tuppence.error_card(SOON).unwrap().0, "accessDenied");

    elsewhere.get_wrong(Some("device-expired"));
    try_again(&tuppence);
    assert_eq!(tuppence.error_card(SOON).unwrap().0, "deviceCodeExpired");

    elsewhere.get_wrong(None);
    try_again(&tuppence);
    let page = tuppence.page();
    page.wait_for(&test_id("device-code"), SOON).unwrap();
    page.click(&test_id("device-open")).unwrap();
    browser.open_next(SOON).unwrap();
    browser.page().click("#allow").unwrap();
    tuppence.wait_for_chat().unwrap();
}

#[test]
fn the_browser_of_this_computer_can_be_gone_back_to_and_the_wait_be_cancelled() {
    let scene = Scene::new();
    let elsewhere = Elsewhere::start(Dialect::Oidc);
    let tuppence = waiting(&scene, &elsewhere);
    go_by_device(&tuppence);
    let page = tuppence.page();
    page.click(&test_id("device-back")).unwrap();
    page.wait_for(&test_id("waiting"), SOON).unwrap();
    let opened = scene.desktop.opened_urls().take(SOON).unwrap();
    assert!(opened.starts_with("http://127.0.0.1:"), "{opened}");
    go_by_device(&tuppence);
    page.click(&test_id("waiting-cancel")).unwrap();
    page.wait_gone(&test_id("device-sign-in"), SOON).unwrap();
    assert!(!page.shows(&test_id("error-card")).unwrap());
}

#[test]
fn what_a_provider_does_not_have_is_not_offered() {
    let scene = Scene::new();
    let tuppence = scene.launch();
    tuppence.begin_with_play_money().unwrap();
    scene.desktop.opened_urls().take(SOON).unwrap();
    let page = tuppence.page();
    assert!(page.shows(&test_id("waiting-open-again")).unwrap());
    assert!(!page.shows(&test_id("waiting-device")).unwrap());
}

/// The app, with the provider added and a sign-in to it that waits for the browser.
fn waiting<'d>(scene: &'d Scene, elsewhere: &Elsewhere) -> Tuppence<'d> {
    let tuppence = scene.launch();
    elsewhere.fill_in(&tuppence);
    let page = tuppence.page();
    page.click(&test_id("setup-save")).unwrap();
    page.wait_for(&test_id("waiting"), SOON).unwrap();
    scene.desktop.opened_urls().take(SOON).unwrap();
    tuppence
}

fn go_by_device(tuppence: &Tuppence<'_>) {
    let page = tuppence.page();
    page.click(&test_id("waiting-device")).unwrap();
    page.wait_for(&test_id("device-code"), SOON).unwrap();
}

fn try_again(tuppence: &Tuppence<'_>) {
    let retry = test_id("error-action-retry");
    tuppence.page().click(&retry).unwrap();
    tuppence.page().wait_gone(&retry, SOON).unwrap();
}

fn code(tuppence: &Tuppence<'_>) -> String {
    let seen = format!("{} [aria-hidden]", test_id("device-code"));
    tuppence.page().text_of(&seen).unwrap()
}

/// Does on the other device what the window says.
fn type_code(tuppence: &Tuppence<'_>, browser: &Browser) {
    let address = format!("{} .value", test_id("device-sign-in"));
    let address = tuppence.page().text_of(&address).unwrap();
    let page = browser.page();
    page.goto(&address).unwrap();
    page.type_into("#user_code", &code(tuppence)).unwrap();
    page.click("#continue").unwrap();
}
