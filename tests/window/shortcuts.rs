//! Every entry of the shortcut sheet does what the sheet says.

use private_desktop::{
    AppWindow,
    webdriver::{WebDriver, key, test_id},
};

use crate::{
    accessibility::{mini_browser, open},
    scene::{SOON, Scene},
    showcase::Showcase,
};

/// What the sheet says, how it is brought about that it can be seen, and how it is seen.
const ENTRIES: [(&str, Before, &str); 17] = [
    (
        "New conversation",
        Before::Chat,
        "all('message-user').length === 0",
    ),
    ("Search everything", Before::Chat, "shown('search-dialog')"),
    ("Choose a model", Before::Chat, "shown('model-search')"),
    (
        "Let the first, second, … account pay",
        Before::Chat,
        "shown('payer-question')",
    ),
    (
        "Send",
        Before::Typed,
        "all('message-user').length === 2 && composer.value === ''",
    ),
    ("New line", Before::Typed, "composer.value === 'x\\n'"),
    (
        "Edit your last message (in an empty composer)",
        Before::Chat,
        "shown('edit-input')",
    ),
    (
        "Stop the answer, close what is open",
        Before::Streaming,
        "!document.querySelector('[data-status=streaming]')",
    ),
    (
        "Show or hide the sidebar",
        Before::Chat,
        "!shown('sidebar')",
    ),
    ("Usage", Before::Chat, "shown('usage')"),
    ("Settings", Before::Chat, "shown('settings')"),
    (
        "Everything larger, smaller, as it was",
        Before::Settings,
        "one('zoom').textContent === '110%'",
    ),
    ("Every command", Before::Chat, "shown('palette-input')"),
    (
        "Find in this conversation",
        Before::Chat,
        "shown('find-bar')",
    ),
    (
        "From message to message",
        Before::Chat,
        "document.activeElement.matches('[data-testid=message-assistant]')",
    ),
    (
        "Between versions of a message",
        Before::OnVersions,
        "one('branch-place').textContent.startsWith('1')",
    ),
    ("This sheet", Before::Chat, "shown('shortcuts')"),
];

/// Where the keys are pressed.
#[derive(Clone, Copy, PartialEq)]
enum Before {
    /// In the empty composer of a conversation.
    Chat,
    /// With a letter in the composer.
    Typed,
    /// While an answer is written.
    Streaming,
    /// In the settings.
    Settings,
    /// On an answer of which there are two versions, the second shown.
    OnVersions,
}

const TOOLS: &str = "
    window.all = (id) => [...document.querySelectorAll(`[data-testid=${id}]`)];
    window.one = (id) => all(id).at(-1);
    window.shown = (id) => one(id) !== undefined;
    window.composer = one('composer-input');
";

#[test]
fn every_entry_of_the_sheet_does_what_it_says() {
    let scene = Scene::new();
    let showcase = Showcase::serve();
    let window = AppWindow::launch(&scene.desktop, mini_browser()).unwrap();
    let page = window.page();
    begin(page, &showcase, Before::Chat);
    let sheet = sheet(page);
    let said: Vec<&str> = sheet.iter().map(|(what, _)| what.as_str()).collect();
    assert_eq!(said, ENTRIES.map(|(what, _, _)| what));
    for ((what, printed), (_, before, seen)) in sheet.iter().zip(ENTRIES) {
        begin(page, &showcase, before);
        assert!(!holds(page, seen), "{what}: it is so before");
        page.press(&keys(what, printed)).unwrap();
        page.wait_until(&format!("{what}: {seen}"), SOON, |page| {
            Ok(holds(page, seen).then_some(()))
        })
        .unwrap();
    }
}

fn begin(page: &WebDriver, showcase: &Showcase, before: Before) {
    let scenario = match before {
        Before::Streaming => "streaming",
        _ => "chat",
    };
    open(page, &showcase.url(&format!("scenario={scenario}")));
    page.execute(TOOLS, &[]).unwrap();
    page.click(&test_id("composer-input")).unwrap();
    match before {
        Before::Chat => {}
        Before::Streaming => {
            page.wait_for("[data-status=streaming]", SOON).unwrap();
        }
        Before::Typed => page.type_into(&test_id("composer-input"), "x").unwrap(),
        Before::Settings => {
            page.press(&[key::CONTROL, ',']).unwrap();
            page.wait_for(&test_id("zoom"), SOON).unwrap();
        }
        Before::OnVersions => {
            page.execute("one('retry').click()", &[]).unwrap();
            let second = "one('branch-place')?.textContent.startsWith('2') \
                && one('message-assistant').dataset.status === 'complete'";
            page.wait_until("a second version", SOON, |page| {
                Ok(holds(page, second).then_some(()))
            })
            .unwrap();
            page.press(&[key::ALT, key::UP]).unwrap();
        }
    }
}

fn holds(page: &WebDriver, condition: &str) -> bool {
    page.execute(&format!("return {condition}"), &[]).unwrap() == true
}

/// The sheet's lines: what, and with which keys.
fn sheet(page: &WebDriver) -> Vec<(String, Vec<String>)> {
    page.press(&['?']).unwrap();
    page.wait_for(&test_id("shortcuts"), SOON).unwrap();
    let lines = page
        .execute(
            "return [...document.querySelectorAll('[data-testid=shortcuts] dt')].map((line) =>
                [line.textContent, [...line.nextElementSibling.querySelectorAll('kbd')].map((key) => key.textContent)])",
            &[],
        )
        .unwrap();
    serde_json::from_value(lines).unwrap()
}

/// What is held, and the first of the keys that it is held for.
fn keys(what: &str, printed: &[String]) -> Vec<char> {
    let mut keys = Vec::new();
    for name in printed {
        let (pressed, is_held) = match name.as_str() {
            "Ctrl" => (key::CONTROL, true),
            "Shift" => (key::SHIFT, true),
            "Alt" => (key::ALT, true),
            "Enter" => (key::ENTER, false),
            "Esc" => (key::ESCAPE, false),
            "↑" => (key::UP, false),
            "←" => (key::LEFT, false),
            // The first account pays already.
            "1" => ('2', false),
            letter => (letter.to_lowercase().chars().next().unwrap(), false),
        };
        keys.push(pressed);
        if !is_held {
            return keys;
        }
    }
    panic!("{what} has no key of its own: {printed:?}")
}
