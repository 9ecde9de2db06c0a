//! An image that an answer points to is fetched when somebody asks for it, and not before.

use private_desktop::webdriver::test_id;

use crate::scene::{ANSWER, SOON, Scene};

/// Checklist 97 and 139. The name leads nowhere (RFC 6761), so what happens is told apart from nothing.
#[test]
fn an_image_of_an_answer_waits_for_a_click_and_says_why_it_does_not_come() {
    let scene = Scene::new();
    let (tuppence, _browser) = scene.signed_in();
    tuppence
        .ask("![A meadow](https://pictures.invalid/m.png)")
        .unwrap();
    tuppence.wait_for_status("complete", ANSWER).unwrap();
    let page = tuppence.page();
    let place = format!("{} .remote-image[data-src]", test_id("message-assistant"));
    let words = page.text_of(&place).unwrap();
    assert!(
        words.contains("A meadow") && words.contains("pictures.invalid"),
        "{words}"
    );
    let images = "return document.querySelectorAll('[data-testid=message-assistant] img').length";
    assert_eq!(page.execute(images, &[]).unwrap(), 0);
    let asked = "return performance.getEntriesByType('resource').filter(({ name }) => name.includes('pictures')).length";
    assert_eq!(page.execute(asked, &[]).unwrap(), 0);
    assert!(!page.shows(".remote-image-fault").unwrap());

    page.click(&format!("{place} .remote-image-show")).unwrap();
    page.wait_for(".remote-image-fault", SOON).unwrap();
    let why = page.text_of(".remote-image-fault").unwrap();
    assert_eq!(why, "Its host could not be reached.");
}
