//! Beginning with a preset, and going on with what no longer fits.

use private_desktop::{
    Tuppence,
    webdriver::{WebDriver, key, test_id},
};

use crate::{
    hosted::HostedSandbox,
    scene::{ANSWER, SOON, Scene, click},
};

#[test]
fn a_preset_made_in_the_window_asks_for_its_variable_and_the_model_hears_it() {
    let scene = Scene::new();
    let sandbox = HostedSandbox::start(&scene.data);
    let (tuppence, _browser) = scene.signed_in();
    tuppence.page().press(&[key::CONTROL, ',']).unwrap();
    click(&tuppence, "open-presets");
    click(&tuppence, "preset-new");
    fill(&tuppence, "preset-name", "Translator");
    fill(
        &tuppence,
        "preset-instructions",
        "Translate into {{language}}.",
    );
    click(&tuppence, "preset-keep");
    tuppence
        .page()
        .wait_for(&test_id("preset-edit"), SOON)
        .unwrap();
    tuppence.close_overlays().unwrap();

    click(&tuppence, "preset-picker");
    click(&tuppence, "preset-choice");
    fill(&tuppence, "composer-input", "Good morning");
    click(&tuppence, "send");
    // Nothing leaves before it was told; the caret is where it goes.
    let asks = |page: &WebDriver| {
        let id = page.active_element()?.attribute("data-testid")?;
        Ok((id.as_deref() == Some("preset-variable")).then_some(()))
    };
    tuppence
        .page()
        .wait_until("the variable's field", SOON, asks)
        .unwrap();
    assert_eq!(sandbox.control().counters().chats, 0);
    fill(&tuppence, "preset-variable", "Frisian");
    click(&tuppence, "send");
    tuppence.wait_for_status("complete", ANSWER).unwrap();
    let heard = sandbox.control().heard();
    assert_eq!(
        heard[0],
        ("system".to_owned(), "Translate into Frisian.".to_owned())
    );
    assert_eq!(heard[1].1, "Good morning");
}

#[test]
fn a_conversation_that_is_too_long_goes_on_with_what_the_person_chose() {
    let scene = Scene::new();
    let sandbox = HostedSandbox::with(&scene.data, |config| config.context_length = 2_048);
    let (tuppence, _browser) = scene.signed_in();
    let words = "one two three four five six seven eight nine ten ".repeat(24);
    let mut refused = false;
    for _ in 0..9 {
        paste(&tuppence, &words);
        click(&tuppence, "send");
        // The composer is empty once the new answer is there, and not the one before it.
        tuppence
            .page()
            .wait_until("the words on their way", ANSWER, |page| {
                let left = page.find(&test_id("composer-input"))?.property("value")?;
                Ok((left == "").then_some(()))
            })
            .unwrap();
        let status = tuppence
            .page()
            .wait_until("an end", ANSWER, |_| {
                let answer = tuppence.last_answer().ok().flatten();
                let ended = |status: &str| ["complete", "failed"].contains(&status);
                Ok(answer
                    .map(|answer| answer.status)
                    .filter(|status| ended(status)))
            })
            .unwrap();
        if status == "failed" {
            refused = true;
            break;
        }
    }
    assert!(refused, "it never grew too long");
    let (code, _) = tuppence.error_card(SOON).unwrap();
    assert_eq!(code, "conversationTooLong");
    let refused_with = sandbox.control().heard().len();
    click(&tuppence, "error-action-choose-context");
    tuppence
        .page()
        .wait_for(&test_id("context-0"), SOON)
        .unwrap();
    let offered = tuppence.page().text_of("fieldset").unwrap();
    assert!(
        offered.contains("Leave out the oldest") && offered.contains("play"),
        "{offered}"
    );
    click(&tuppence, "context-send");
    tuppence.wait_for_status("complete", ANSWER).unwrap();
    assert!(tuppence.page().shows(&test_id("context-notice")).unwrap());
    let sent = sandbox.control().heard().len();
    assert!(
        sent < refused_with,
        "{sent} of {refused_with} messages were sent"
    );
}

/// Typing so much key by key takes the driver longer than it waits.
fn paste(tuppence: &Tuppence<'_>, words: &str) {
    let script = "const [css, words] = arguments;
        const area = document.querySelector(css);
        area.value = words;
        area.dispatchEvent(new Event('input', { bubbles: true }));";
    let arguments = [test_id("composer-input").into(), words.into()];
    tuppence.page().execute(script, &arguments).unwrap();
}

fn fill(tuppence: &Tuppence<'_>, id: &str, words: &str) {
    tuppence.page().wait_for(&test_id(id), SOON).unwrap();
    tuppence.page().type_into(&test_id(id), words).unwrap();
}
