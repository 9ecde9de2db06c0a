//! What a screen reader gets to hear of an answer: that it begins, its blocks as they finish, that it ends.

use std::time::Duration;

use private_desktop::webdriver::test_id;
use serde_json::Value;

use crate::scene::{ANSWER, Scene};

/// Keeps everything that is put into the live regions, as assistive technology would meet it.
const LISTEN: &str = "
    window.heard = [];
    for (const id of ['spoken', 'spoken-blocks']) {
        const region = document.querySelector(`[data-testid=${id}]`);
        if (region.getAttribute('aria-live') !== 'polite') throw new Error(id);
        new MutationObserver((records) => {
            for (const { addedNodes } of records) for (const { textContent } of addedNodes) {
                if (textContent.trim()) window.heard.push({ id, words: textContent.trim() });
            }
        }).observe(region, { childList: true, subtree: true, characterData: true });
    }
    // Nothing else that is live may speak of the answer.
    window.otherLive = () => [...document.querySelectorAll('.prose')].filter(
        (prose) => prose.closest('[aria-live]:not([aria-live=off]), [role=status], [role=alert], [role=log]')).length;
";

#[test]
fn a_screen_reader_hears_the_start_the_finished_blocks_and_the_end_with_its_cost() {
    let scene = Scene::new();
    let (tuppence, _browser) = scene.signed_in();
    let page = tuppence.page();
    page.execute(LISTEN, &[]).unwrap();
    tuppence.ask("Show me a table").unwrap();
    tuppence.wait_for_status("complete", ANSWER).unwrap();
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(page.execute("return window.otherLive()", &[]).unwrap(), 0);
    let heard = page.execute("return window.heard", &[]).unwrap();
    let said = |id: &str| -> Vec<String> {
        let of = heard
            .as_array()
            .unwrap()
            .iter()
            .filter(|one| one["id"] == id);
        of.filter_map(|one| one["words"].as_str().map(str::to_owned))
            .collect()
    };
    let status = said("spoken");
    assert_eq!(status.len(), 2, "{status:?}");
    assert!(status[0].ends_with(" is answering"), "{status:?}");
    assert!(
        status[1].starts_with("Answer finished, cost ") && status[1].contains("play"),
        "{status:?}"
    );

    let shown =
        "return [...document.querySelectorAll('[data-testid=message-assistant] .block')].length";
    let shown: Value = page.execute(shown, &[]).unwrap();
    let blocks = said("spoken-blocks");
    assert_eq!(shown, blocks.len(), "each block once: {blocks:?}");
    assert!(
        blocks.iter().any(|words| words.starts_with("Table, ")),
        "{blocks:?}"
    );
    let answer = page.text_of(&test_id("message-assistant")).unwrap();
    let whole = blocks
        .iter()
        .filter(|words| answer.contains(words.as_str()));
    assert!(whole.count() >= 1, "a paragraph is told whole: {blocks:?}");
}
