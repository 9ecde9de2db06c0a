//! What a person did not allow is off by itself, and can be allowed later for the message that lacked it.

use private_desktop::{Browser, Tuppence, webdriver::test_id};

use crate::{
    hosted::HostedSandbox,
    scene::{ANSWER, SOON, Scene},
};

const ASKED: &str = "Is it allowed?";

/// Checklist 32: what was not granted is off with its reason, nothing else is, and no word is lost.
#[test]
fn what_was_not_allowed_is_off_until_the_person_allows_it() {
    let scene = Scene::new();
    let sandbox = HostedSandbox::start(&scene.data);
    sandbox.get_wrong("token-smaller-scope");
    let (tuppence, browser) = scene.signed_in();
    sandbox.get_right();
    let page = tuppence.page();
    let name = page.text_of(&test_id("profile-name")).unwrap();
    tuppence.ask(ASKED).unwrap();
    let (code, text) = tuppence.error_card(ANSWER).unwrap();
    assert_eq!(code, "insufficientScope", "{text}");

    let asked = answer_consent(&tuppence, &browser, "#deny");
    assert!(asked.contains("Spend your play money"), "{asked}");
    assert!(asked.contains("See your name"), "for the union: {asked}");
    let declined = format!("{}[data-code=accessDenied]", test_id("error-card"));
    page.wait_for(&declined, SOON).unwrap();
    assert_eq!(
        page.text_of(&test_id("profile-name")).unwrap(),
        name,
        "still signed in"
    );
    let written = page
        .find(&test_id("composer-input"))
        .unwrap()
        .property("value");
    assert_eq!(written.unwrap(), ASKED, "the words stay where they are");
    assert_eq!(sandbox.control().counters().chats, 0);

    answer_consent(&tuppence, &browser, "#allow");
    tuppence.wait_for_status("complete", ANSWER).unwrap();
    assert_eq!(page.text_of(&test_id("message-user")).unwrap(), ASKED);
    tuppence.balance().unwrap();
}

#[test]
fn a_message_that_is_refused_for_want_of_access_goes_on_once_that_is_allowed() {
    let scene = Scene::new();
    let sandbox = HostedSandbox::start(&scene.data);
    let (tuppence, browser) = scene.signed_in();
    sandbox.get_wrong("chat-403-scope");
    tuppence.ask(ASKED).unwrap();
    tuppence.wait_for_status("failed", ANSWER).unwrap();
    assert_eq!(tuppence.error_card(SOON).unwrap().0, "insufficientScope");
    sandbox.get_right();
    answer_consent(&tuppence, &browser, "#allow");
    tuppence.wait_for_status("complete", ANSWER).unwrap();
    let words = tuppence.page().find_all(&test_id("message-user")).unwrap();
    assert_eq!(words.len(), 1, "the same message, not another");
    assert_eq!(sandbox.control().counters().settled_chats, 1);
}

/// Asks for the access that lacks, gives this answer in the browser, and returns what its page asked.
fn answer_consent(tuppence: &Tuppence<'_>, browser: &Browser, answer: &str) -> String {
    let allow = test_id("error-action-allow-access");
    tuppence.page().click(&allow).unwrap();
    browser.open_next(SOON).unwrap();
    let asked = browser.page().text_of("body").unwrap();
    browser.page().click(answer).unwrap();
    asked
}
