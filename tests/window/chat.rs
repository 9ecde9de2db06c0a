use std::time::Duration;

use private_desktop::webdriver::{WebDriver, test_id};

use crate::scene::{ANSWER, Scene};

#[test]
fn an_answer_streams_in_rendered_and_is_paid_for() {
    let scene = Scene::new();
    let (tuppence, _browser) = scene.signed_in();
    let before = tuppence.balance().unwrap();
    for (words, rendered) in [
        ("Show me a table", "table tbody td"),
        ("some code", "pre code span"),
    ] {
        tuppence.new_conversation().unwrap();
        tuppence.ask(words).unwrap();
        tuppence.wait_for_text(40, ANSWER).unwrap();
        tuppence.wait_for_status("complete", ANSWER).unwrap();
        let inside = format!("{} {rendered}", test_id("message-assistant"));
        assert!(tuppence.page().shows(&inside).unwrap(), "{words}");
        let cost = tuppence.page().text_of(&test_id("message-cost")).unwrap();
        assert!(
            cost.contains("play"),
            "play money is never shown as dollars: {cost}"
        );
    }
    let spent = |page: &WebDriver| {
        let now = page.find(&test_id("balance"))?.text()?;
        Ok((now != before).then_some(now))
    };
    tuppence
        .page()
        .wait_until("a smaller balance", ANSWER, spent)
        .unwrap();
}

/// Checklist 117.
#[test]
fn stop_works_within_200_ms_and_what_came_stays_also_after_a_restart() {
    let scene = Scene::new();
    let (tuppence, _browser) = scene.signed_in();
    tuppence.ask("Write a long answer.").unwrap();
    tuppence.wait_for_text(200, ANSWER).unwrap();
    let (took, stopped) = tuppence.stop().unwrap();
    assert!(took < Duration::from_millis(200), "{took:?}");
    assert!(stopped.text.chars().count() >= 200);

    let tuppence = tuppence.restart().unwrap();
    tuppence.page().click(&test_id("conversation-row")).unwrap();
    let kept = tuppence.wait_for_status("stopped", ANSWER).unwrap();
    assert_eq!(words(&kept.text)[..20], words(&stopped.text)[..20]);
}

/// Checklist 119: a power cut in the middle of an answer costs at most its last moment.
#[test]
fn an_answer_cut_off_by_a_power_cut_is_there_again_and_says_so() {
    let scene = Scene::new();
    let (tuppence, _browser) = scene.signed_in();
    tuppence.ask("Write a long answer.").unwrap();
    tuppence.wait_for_text(400, ANSWER).unwrap();
    // What is on the screen for longer than the journal's 250 ms must be on disk.
    let seen = tuppence.last_answer().unwrap().unwrap();
    std::thread::sleep(Duration::from_millis(600));

    let tuppence = tuppence.kill_and_start_again(&scene.desktop).unwrap();
    tuppence.page().click(&test_id("conversation-row")).unwrap();
    let kept = tuppence.wait_for_status("cutOff", ANSWER).unwrap();
    let seen = words(&seen.text);
    assert_eq!(words(&kept.text)[..20], seen[..20]);
    assert!(
        words(&kept.text).len() + 5 >= seen.len(),
        "nothing that was shown is lost"
    );
}

#[test]
fn an_empty_wallet_is_an_error_with_a_way_to_fill_it_and_the_answer_then_comes() {
    let scene = Scene::new();
    let (tuppence, browser) = scene.signed_in();
    tuppence.open_top_up_in(&browser).unwrap();
    browser.page().click("#spend-all").unwrap();
    tuppence.ask("Is there anything left?").unwrap();
    let (code, _) = tuppence.error_card(ANSWER).unwrap();
    assert!(
        ["insufficientBalance", "reservationTooLarge"].contains(&code.as_str()),
        "{code}"
    );

    tuppence
        .page()
        .click(&test_id("error-action-top-up"))
        .unwrap();
    browser.open_next(ANSWER).unwrap();
    tuppence.page().wait_for(&test_id("stay"), ANSWER).unwrap();
    browser.page().click("#top-up-5").unwrap();
    // Nobody sends it again: it goes on by itself.
    tuppence.wait_for_status("complete", ANSWER).unwrap();
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}
