//! A Mermaid diagram of an answer is drawn when somebody asks for it, by another process of the app.

use private_desktop::webdriver::test_id;

use crate::scene::{ANSWER, SOON, Scene};

/// Checklist 95 and 141.
#[test]
fn a_diagram_is_drawn_on_demand_as_an_image_or_says_why_it_is_not() {
    let scene = Scene::new();
    let (tuppence, _browser) = scene.signed_in();
    tuppence.ask("Show me a diagram").unwrap();
    tuppence.wait_for_status("complete", ANSWER).unwrap();
    let page = tuppence.page();
    let answer = test_id("message-assistant");
    let block = |at: u8| format!("{answer} .block:nth-child({at}) .code[data-lang=mermaid]");
    let places = format!(
        "return [...document.querySelectorAll('{answer} .code[data-lang=mermaid]')]
            .map((code) => [...code.closest('.blocks').children].indexOf(code.closest('.block')) + 1)"
    );
    let places = page.execute(&places, &[]).unwrap();
    let place = |index: usize| u8::try_from(places[index].as_u64().unwrap()).unwrap();
    let images = format!("return document.querySelectorAll('{answer} img').length");
    assert_eq!(page.execute(&images, &[]).unwrap(), 0);

    let draw = |block: &str| {
        let button = format!("{block} .code-draw");
        let show =
            format!("document.querySelector('{button}').scrollIntoView({{ block: 'center' }})");
        page.execute(&show, &[]).unwrap();
        page.click(&button).unwrap();
    };

    let drawn = block(place(0));
    draw(&drawn);
    page.wait_for(&format!("{drawn} .diagram img"), SOON)
        .unwrap();
    // Decoded by the web view under its own policy: it has the size of the sheet.
    let painted = format!(
        "return [...document.querySelectorAll('{drawn} .diagram img')].some((image) =>
            image.checkVisibility() && image.complete && image.naturalWidth > 100)"
    );
    page.wait_until("a painted diagram", SOON, |page| {
        Ok((page.execute(&painted, &[])? == true).then_some(()))
    })
    .unwrap();
    assert!(!page.shows(&format!("{drawn} pre")).unwrap());

    let wrong = block(place(2));
    draw(&wrong);
    page.wait_for(&format!("{wrong} .diagram.refused"), SOON)
        .unwrap();
    let why = page.text_of(&format!("{wrong} .diagram.refused")).unwrap();
    assert!(why.contains("Unterminated"), "{why}");
    assert!(page.shows(&format!("{wrong} pre")).unwrap());
    assert!(page.shows(&format!("{wrong} .code-copy")).unwrap());
}
