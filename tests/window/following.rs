//! The end of an answer that streams in is followed while it is in view, and only then.

use private_desktop::webdriver::{key, test_id};

use crate::{scene::Scene, transcript::Stage};

#[test]
fn the_end_is_followed_until_one_scrolls_away_and_again_after_a_jump() {
    let scene = Scene::new();
    // A word a second: its end is far beyond what follows.
    let stage = Stage::new(&scene, "scenario=long&messages=60&pace=1000");
    let input = test_id("composer-input");
    stage.page().type_into(&input, "And then?").unwrap();
    stage.page().press(&[key::ENTER]).unwrap();
    stage.until(
        "an answer that streams in",
        "texts().at(-1)?.dataset.status === 'streaming' && texts().at(-1).textContent.length > 10",
    );
    stage.run("window.written = () => texts().at(-1).textContent.length; window.seen = written()");
    for _ in 0..2 {
        stage.until(
            "more words, and the end in view",
            "written() > seen && rest() <= 2",
        );
        stage.run("window.seen = written()");
    }
    stage.run("scroller.scrollTop -= 500");
    let way_back = "document.querySelector('[data-testid=jump-to-latest]')";
    stage.until("the way back", &format!("{way_back} !== null"));
    let before = stage.run("window.seen = written(); return firstInView()");
    stage.until("more words", "written() > seen");
    let after = stage.run("return firstInView()");
    assert_eq!(before, after, "it is left alone");
    stage.page().click(&test_id("jump-to-latest")).unwrap();
    stage.until("the end", "rest() <= 2");
    stage.until("no way back", &format!("{way_back} === null"));
}
