//! The transcript in WebKitGTK, beside the fake host: ten thousand messages, what is in view staying where
//! it is, selections, finding, wrapping, scripts that run from the right.

use std::time::{Duration, Instant};

use private_desktop::{
    AppWindow,
    webdriver::{WebDriver, key, test_id},
};
use serde_json::Value;

use crate::{
    accessibility::{mini_browser, open},
    scene::{SOON, Scene},
    showcase::Showcase,
};

/// What the tests ask of the page.
const TOOLS: &str = "
    window.scroller = document.querySelector('[data-testid=transcript]');
    window.rest = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
    window.rows = () => [...document.querySelectorAll('[data-index]')];
    // The row that the top of the view lies in, and where that row begins.
    window.firstInView = () => {
        const top = scroller.getBoundingClientRect().top;
        const row = rows().find((row) => row.getBoundingClientRect().bottom > top + 1);
        return [Number(row.dataset.index), Math.round(row.getBoundingClientRect().top - top)];
    };
    window.texts = () => [...document.querySelectorAll('[data-testid=message-assistant]')];
";

/// Nothing has moved for ten looks in a row, and the middle of the view has a message.
const AT_REST: &str = "(() => {
    const message = document.elementFromPoint(700, 400)?.closest('[data-message-id]');
    const state = [message?.dataset.messageId, message?.getBoundingClientRect().top, scroller.scrollHeight].join();
    window.looks = message && state === window.lastState ? window.looks + 1 : 0;
    window.lastState = state;
    return window.looks >= 10;
})()";

/// Watches the message in the middle of the view, and answers where it begins.
const WATCHED: &str = "
    window.watched = document.elementFromPoint(700, 400).closest('[data-message-id]');
    return watched.getBoundingClientRect().top;
";

const WHERE_IT_IS: &str = "return watched.isConnected ? watched.getBoundingClientRect().top : NaN";

/// The transcript of a fake host's conversation, in a window.
pub(crate) struct Stage<'d> {
    window: AppWindow<'d>,
}

impl<'d> Stage<'d> {
    pub(crate) fn new(scene: &'d Scene, query: &str) -> Self {
        let window = AppWindow::launch(&scene.desktop, mini_browser()).unwrap();
        open(window.page(), &Showcase::serve().url(query));
        window.page().set_window_size(1280, 800).unwrap();
        let stage = Self { window };
        stage.run(TOOLS);
        stage
    }

    pub(crate) fn page(&self) -> &WebDriver {
        self.window.page()
    }

    pub(crate) fn run(&self, script: &str) -> Value {
        self.page().execute(script, &[]).unwrap()
    }

    pub(crate) fn until(&self, what: &str, condition: &str) {
        let script = format!("return {condition}");
        self.page()
            .wait_until(what, SOON, |page| {
                Ok((page.execute(&script, &[])? == true).then_some(()))
            })
            .unwrap();
    }

    pub(crate) fn ask(&self, words: &str) {
        self.page()
            .type_into(&test_id("composer-input"), words)
            .unwrap();
        self.page().press(&[key::ENTER]).unwrap();
        self.until(
            "an answer that streams in",
            "texts().at(-1)?.dataset.status === 'streaming' && texts().at(-1).textContent.length > 60",
        );
    }

    pub(crate) fn wait_for_the_end(&self) {
        self.until(
            "the answer's end",
            "texts().at(-1)?.dataset.status === 'complete'",
        );
    }
}

#[test]
fn ten_thousand_messages_open_at_once_with_a_handful_on_the_page() {
    let scene = Scene::new();
    let stage = Stage::new(&scene, "scenario=long&messages=10000");
    stage.until(
        "the end of the conversation",
        "rows().length > 0 && rest() <= 1",
    );
    let last = stage.run("return rows().at(-1).dataset.index");
    assert_eq!(last, "9999");
    for share in ["0", "0.5", "0.999", "0.25"] {
        let started = Instant::now();
        stage.run(&format!(
            "scroller.scrollTop = scroller.scrollHeight * {share}"
        ));
        stage.until(
            "messages in view",
            "document.elementFromPoint(700, 400)?.closest('[data-message-id]') !== null",
        );
        assert!(
            started.elapsed() < Duration::from_secs(3),
            "{share}: {:?}",
            started.elapsed()
        );
        let rows = stage.run("return rows().length").as_u64().unwrap();
        assert!(rows < 40, "{rows} rows on the page at {share}");
    }
}

#[test]
fn what_is_in_view_stays_where_it_is_while_rows_get_their_height() {
    let scene = Scene::new();
    let stage = Stage::new(&scene, "scenario=long&messages=2000");
    for share in 1..20 {
        let share = f64::from(share) / 20.0;
        stage.run(&format!(
            "window.looks = 0; scroller.scrollTop = scroller.scrollHeight * {share}"
        ));
        stage.until("a view that has come to rest", AT_REST);
        let before = stage.run(WATCHED);
        // Code above the view is wrapped, images get their size: heights change above what is read.
        stage.run(
            "window.looks = 0;
             window.added = rows().filter((row) =>
                row.getBoundingClientRect().bottom < scroller.getBoundingClientRect().top);
            for (const row of added) {
                const image = document.createElement('img');
                image.width = 300;
                image.height = 137;
                row.firstElementChild.append(image);
            }",
        );
        assert!(stage.run("return added.length").as_u64() > Some(0));
        stage.until("a view that has come to rest", AT_REST);
        let after = stage.run(WHERE_IT_IS);
        let moved = before.as_f64().unwrap() - after.as_f64().unwrap();
        assert!(moved.abs() <= 1.0, "moved by {moved} px at {share}");
    }
}

#[test]
fn a_selection_made_while_an_answer_streams_stays() {
    let scene = Scene::new();
    let stage = Stage::new(&scene, "scenario=play&pace=150");
    stage.ask("Once more, please.");
    stage.until(
        "a finished block",
        "texts().at(-1).querySelectorAll('.block').length > 2",
    );
    let selected = stage.run(
        "const block = texts().at(-1).querySelectorAll('.block')[1];
         const range = document.createRange();
         range.selectNodeContents(block);
         getSelection().removeAllRanges();
         getSelection().addRange(range);
         return getSelection().toString()",
    );
    assert!(selected.as_str().unwrap().len() > 10, "{selected}");
    stage.wait_for_the_end();
    assert_eq!(stage.run("return getSelection().toString()"), selected);
}

#[test]
fn words_are_found_in_the_whole_conversation_and_walked() {
    let scene = Scene::new();
    let stage = Stage::new(&scene, "scenario=long&messages=2000");
    stage.page().press(&[key::CONTROL, 'f']).unwrap();
    stage
        .page()
        .type_into(&test_id("find-input"), "Question 7")
        .unwrap();
    let count = "document.querySelector('[data-testid=find-count]').textContent";
    // 7, 70 to 79, 700 to 799.
    stage.until("what was found", &format!("{count}.includes('111 of 111')"));
    let seen = "rows().some((row) => row.textContent.includes('Question 799'))";
    stage.until("the newest of them", seen);
    stage.page().click(&test_id("find-next")).unwrap();
    stage.until(
        "round to the first",
        &format!("{count}.includes('1 of 111')"),
    );
    stage.until(
        "it on the page",
        "rows().some((row) => row.textContent.trim().startsWith('Question 7') && row.getBoundingClientRect().top > 0)",
    );
}

#[test]
fn long_lines_wrap_and_run_on_again_and_each_paragraph_runs_as_its_script_does() {
    let scene = Scene::new();
    let stage = Stage::new(&scene, "scenario=figures");
    stage.until(
        "the answer",
        "document.querySelector('.code-wrap') !== null",
    );
    for pressed in ["true", "false"] {
        stage.run("document.querySelector('.code-wrap').click()");
        let state = stage.run(
            "const wrap = document.querySelector('.code-wrap');
             return [wrap.getAttribute('aria-pressed'), getComputedStyle(wrap.closest('.code').querySelector('pre')).whiteSpace]",
        );
        assert_eq!(state[0], pressed);
        let wraps = state[1].as_str().unwrap().contains("wrap");
        assert_eq!(wraps, pressed == "true", "{state}");
    }
    let directions = stage.run(
        "return [...document.querySelectorAll('.block')].map((block) => getComputedStyle(block).direction)",
    );
    let right = directions
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| **one == "rtl");
    assert_eq!(right.count(), 1, "{directions}");
}

#[test]
fn code_that_is_selected_is_copied_as_it_stands() {
    let scene = Scene::new();
    let stage = Stage::new(&scene, "scenario=chat");
    stage.until("the answer", "document.querySelector('pre .line') !== null");
    // Each line is a block of its own; the line feed that ends it must not be told twice.
    let state = stage.run(
        "const pre = document.querySelector('pre');
         getSelection().selectAllChildren(pre);
         const lines = [...pre.querySelectorAll('.line')];
         return [getSelection().toString(), pre.textContent, lines.map((line) => getComputedStyle(line).display)]",
    );
    assert_eq!(state[0], state[1]);
    let lines = state[2].as_array().unwrap();
    assert!(
        lines.len() > 1 && lines.iter().all(|display| display == "block"),
        "{state}"
    );
}
