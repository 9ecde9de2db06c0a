//! Words typed in the place of a message are a draft too.

use std::time::Duration;

use private_desktop::webdriver::test_id;

use crate::scene::{ANSWER, SOON, Scene};

#[test]
fn other_words_for_a_message_are_there_again_after_a_power_cut() {
    let scene = Scene::new();
    let (tuppence, _browser) = scene.signed_in();
    tuppence.ask("Hello").unwrap();
    tuppence.wait_for_status("complete", ANSWER).unwrap();
    let page = tuppence.page();
    page.execute(
        "document.querySelector('[data-testid=edit-message]').click()",
        &[],
    )
    .unwrap();
    page.type_into(&test_id("edit-input"), ", once more")
        .unwrap();
    // Longer than words wait until they are kept.
    std::thread::sleep(Duration::from_millis(900));

    let tuppence = tuppence.kill_and_start_again(&scene.desktop).unwrap();
    let page = tuppence.page();
    page.click(&test_id("conversation-row")).unwrap();
    let field = page.wait_for(&test_id("edit-input"), SOON).unwrap();
    assert_eq!(field.property("value").unwrap(), "Hello, once more");
    page.click(&test_id("edit-cancel")).unwrap();
    page.wait_gone(&test_id("edit-input"), SOON).unwrap();
}
