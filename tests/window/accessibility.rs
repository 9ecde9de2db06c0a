//! What axe-core finds in every screen, as WebKitGTK lays it out.

use std::{fs, path::Path, time::Duration};

use private_desktop::{App, AppWindow, webdriver::WebDriver};
use serde_json::Value;

use crate::{
    scene::{SOON, Scene},
    showcase::Showcase,
};

/// What is opened in a conversation, and how: a control to press, or a key.
const OPENED: [(&str, &str); 9] = [
    ("the models", "press('model-picker')"),
    ("who pays", "press('payer')"),
    ("the account", "press('account-menu')"),
    ("a conversation's menu", "press('conversation-menu')"),
    ("the settings", "key(',', true)"),
    ("the search", "key('k', true)"),
    ("the shortcuts", "key('?', false)"),
    ("the commands", "key('P', true, true)"),
    (
        "a link",
        "once('.prose a[href]', (link) => link.dispatchEvent(new MouseEvent('click', \
         { bubbles: true, cancelable: true })))",
    ),
];

const DEEDS: &str = "
    const once = (selector, deed) => {
        const found = document.querySelector(selector);
        if (found) deed(found);
        else setTimeout(once, 10, selector, deed);
    };
    const control = (id) => `[data-testid=${id}]`;
    const press = (id) => once('.composer', () => {
        // A narrow window shows the sidebar only when asked.
        if (!document.querySelector(control(id))) document.querySelector(control('sidebar-toggle')).click();
        once(control(id), (found) => found.click());
    });
    const key = (key, ctrlKey, shiftKey = false) => document.body.dispatchEvent(
        new KeyboardEvent('keydown', { key, ctrlKey, shiftKey, bubbles: true, cancelable: true }));
";

/// Whatever of them has opened.
const HAS_OPENED: &str =
    "return document.querySelector('dialog[open], [role=menu], [role=dialog]') !== null";

/// WCAG 2.2 AA and axe's own good practice.
const LOOK: &str = "
    window.found = null;
    for (const animation of document.getAnimations()) {
        if (Number.isFinite(animation.effect.getComputedTiming().endTime)) animation.finish();
    }
    axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
        .then(({ violations }) => {
            window.found = violations.flatMap(({ id, nodes }) => nodes.map(
                ({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} (${failureSummary})`));
        });
";

/// Five hundred messages like those of the others.
const LONG: &str = "long";

#[test]
fn axe_finds_nothing_in_any_screen_in_either_theme() {
    look_everywhere((1280, 800));
}

/// At 200 % zoom a window of 1280 by 800 has half as many CSS pixels each way.
#[test]
fn axe_finds_nothing_and_nothing_is_cut_off_at_200_per_cent() {
    look_everywhere((640, 420));
}

fn look_everywhere((width, height): (u32, u32)) {
    let scene = Scene::new();
    let showcase = Showcase::serve();
    let window = AppWindow::launch(&scene.desktop, mini_browser()).unwrap();
    let page = window.page();
    let mut faults = Vec::new();
    for theme in ["light", "dark"] {
        let names = open(
            page,
            &showcase.url(&format!("scenario=welcome&theme={theme}")),
        );
        page.set_window_size(width, height).unwrap();
        for name in names.split(' ').filter(|name| *name != LONG) {
            open(
                page,
                &showcase.url(&format!("scenario={name}&theme={theme}")),
            );
            look(page, &format!("{name}, {theme}"), &mut faults);
        }
        for (what, how) in OPENED {
            open(page, &showcase.url(&format!("scenario=chat&theme={theme}")));
            page.execute(&format!("{DEEDS} {how}"), &[]).unwrap();
            page.wait_until(what, SOON, |page| {
                Ok((page.execute(HAS_OPENED, &[])? == true).then_some(()))
            })
            .unwrap();
            look(page, &format!("{what}, {theme}"), &mut faults);
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Opens a state of the window and waits until it stands; answers every scenario's name.
pub(crate) fn open(page: &WebDriver, url: &str) -> String {
    page.goto(url).unwrap();
    let staged = "return document.documentElement.dataset.staged ?? null";
    page.wait_until("the screen", SOON, |page| {
        Ok(page.execute(staged, &[])?.as_str().map(str::to_owned))
    })
    .unwrap()
}

fn look(page: &WebDriver, what: &str, faults: &mut Vec<String>) {
    // What is still fading in has too little contrast for a moment: a press is heard, then `LOOK` ends
    // what moves.
    std::thread::sleep(Duration::from_millis(250));
    page.execute(&axe(), &[]).unwrap();
    page.execute(LOOK, &[]).unwrap();
    let found = page
        .wait_until("what axe finds", SOON, |page| {
            let found = page.execute("return window.found", &[])?;
            Ok((!found.is_null()).then_some(found))
        })
        .unwrap();
    let found = found.as_array().unwrap().iter().filter_map(Value::as_str);
    faults.extend(found.map(|fault| format!("{what}: {fault}")));
    let wide = "return document.documentElement.scrollWidth > window.innerWidth";
    if page.execute(wide, &[]).unwrap() == true {
        faults.push(format!("{what}: wider than the window"));
    }
}

fn axe() -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/node_modules/axe-core/axe.min.js");
    fs::read_to_string(file).unwrap()
}

/// WebKitGTK's own test browser, which comes with the library.
pub(crate) fn mini_browser() -> App {
    let libraries = ["/usr/lib", "/usr/libexec", "/usr/lib64"].map(Path::new);
    let below = libraries
        .iter()
        .flat_map(|folder| fs::read_dir(folder).into_iter().flatten().flatten())
        .map(|entry| entry.path());
    let binary = libraries
        .iter()
        .map(|folder| folder.to_path_buf())
        .chain(below)
        .map(|folder| folder.join("webkit2gtk-4.1/MiniBrowser"))
        .find(|file| file.is_file())
        .expect("WebKitGTK's MiniBrowser is installed with it");
    App::new(binary).arg("--automation")
}
