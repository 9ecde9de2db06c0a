//! What the window owes to those who cannot use a mouse, or who want nothing to move.

use std::fs;

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

/// Where the focus is: the region, the row within it (by its top, to a control's height), how far along.
const FOCUSED: &str = "
    const focused = document.activeElement;
    if (focused === document.body) return null;
    const region = focused.closest('dialog, [role=dialog], nav, aside, header, form, footer, [data-testid=transcript]');
    const { top, left, width, height } = focused.getBoundingClientRect();
    // Where it is in what scrolls.
    let middle = top + height / 2;
    for (let outer = focused.parentElement; outer; outer = outer.parentElement) middle += outer.scrollTop;
    return {
        region: region ? (region.dataset.testid || region.getAttribute('aria-label') || region.localName) : 'page',
        what: focused.dataset.testid || focused.getAttribute('aria-label') || focused.textContent.trim(),
        middle: Math.round(middle), height, left, width,
    };
";

/// Presses Tab until the focus comes round, and answers where it was.
fn walk(page: &WebDriver) -> Vec<Value> {
    let mut seen = Vec::new();
    for _ in 0..80 {
        page.press(&[key::TAB]).unwrap();
        let here = page.execute(FOCUSED, &[]).unwrap();
        if here.is_null() || seen.first() == Some(&here) {
            break;
        }
        seen.push(here);
    }
    seen
}

/// Within one region, Tab goes down, and along a line from left to right.
fn faults(screen: &str, walked: &[Value]) -> Vec<String> {
    let number = |of: &Value, name: &str| of[name].as_f64().unwrap_or_default();
    let mut faults = Vec::new();
    for pair in walked.windows(2) {
        let (from, to) = (&pair[0], &pair[1]);
        if from["region"] != to["region"] {
            continue;
        }
        let down = number(to, "middle") - number(from, "middle");
        let line = (number(from, "height").max(number(to, "height")) / 2.0).max(8.0);
        let back = number(to, "left") < number(from, "left");
        if down < -line || (down.abs() <= line && back) {
            faults.push(format!("{screen}: from {} to {}", from["what"], to["what"]));
        }
    }
    faults
}

fn wait_for_a_dialog(page: &WebDriver, after: &[char]) {
    page.wait_until(
        &format!("the focus in a dialog after {after:?}"),
        SOON,
        |page| {
            let inside = "return document.activeElement.closest('dialog, [role=dialog]') !== null";
            Ok((page.execute(inside, &[])? == true).then_some(()))
        },
    )
    .unwrap();
}

#[test]
fn tab_goes_through_the_main_screens_as_the_eye_does() {
    let scene = Scene::new();
    let showcase = Showcase::serve();
    let window = AppWindow::launch(&scene.desktop, mini_browser()).unwrap();
    let page = window.page();
    let mut wrong = Vec::new();
    for (screen, opens) in [
        ("welcome", None),
        ("waiting", None),
        ("setup", None),
        ("chat", None),
        ("wallet-empty", None),
        ("chat", Some(',')),
        ("chat", Some('k')),
    ] {
        open(page, &showcase.url(&format!("scenario={screen}")));
        page.set_window_size(1280, 800).unwrap();
        if let Some(opens) = opens {
            page.press(&[key::CONTROL, opens]).unwrap();
            wait_for_a_dialog(page, &[opens]);
        }
        let walked = walk(page);
        assert!(walked.len() >= 3, "{screen}: {walked:?}");
        wrong.extend(faults(screen, &walked));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_closes_gives_the_focus_back() {
    let scene = Scene::new();
    let showcase = Showcase::serve();
    let window = AppWindow::launch(&scene.desktop, mini_browser()).unwrap();
    let page = window.page();
    open(page, &showcase.url("scenario=chat"));
    page.click(&test_id("composer-input")).unwrap();
    for keys in [
        &[key::CONTROL, ','][..],
        &[key::CONTROL, 'k'],
        &[key::CONTROL, key::SHIFT, 'P'],
        &[key::CONTROL, 'u'],
    ] {
        page.press(keys).unwrap();
        wait_for_a_dialog(page, keys);
        page.press(&[key::ESCAPE]).unwrap();
        page.wait_until(&format!("the focus back after {keys:?}"), SOON, |page| {
            let id = page.active_element()?.attribute("data-testid")?;
            Ok((id.as_deref() == Some("composer-input")).then_some(()))
        })
        .unwrap();
    }
}

/// What would move or fade for longer than a millisecond, if it did.
const MOVING: &str = "
    const longest = (list) => Math.max(...list.split(',').map((time) =>
        parseFloat(time) * (time.trim().endsWith('ms') ? 1 : 1000)));
    const moving = [];
    for (const element of document.querySelectorAll('*')) {
        for (const part of [null, '::before', '::after']) {
            const style = getComputedStyle(element, part);
            const animated = style.animationName !== 'none' && longest(style.animationDuration) > 1;
            if (animated || longest(style.transitionDuration) > 1) {
                moving.push(`${element.localName}.${element.className}${part ?? ''}`);
            }
        }
    }
    return moving;
";

/// While a menu is open and an answer is being written.
fn moving(page: &WebDriver, showcase: &Showcase) -> Vec<Value> {
    open(page, &showcase.url("scenario=streaming"));
    page.click(&test_id("account-menu")).unwrap();
    page.wait_for("[role=menu], [popover]", SOON).unwrap();
    page.wait_for(".prose.live", SOON).unwrap();
    page.execute(MOVING, &[])
        .unwrap()
        .as_array()
        .unwrap()
        .clone()
}

#[test]
fn nothing_moves_for_those_who_asked_for_that() {
    let scene = Scene::new();
    let showcase = Showcase::serve();
    {
        let window = AppWindow::launch(&scene.desktop, mini_browser()).unwrap();
        let moves = moving(window.page(), &showcase);
        assert!(!moves.is_empty(), "it moves otherwise");
    }
    // The desktop's own switch, as GTK reads it.
    let config = scene.desktop.root().join("still");
    fs::create_dir_all(config.join("gtk-3.0")).unwrap();
    let settings = "[Settings]\ngtk-enable-animations=0\n";
    fs::write(config.join("gtk-3.0/settings.ini"), settings).unwrap();
    let still = mini_browser().env("XDG_CONFIG_HOME", &config);
    let window = AppWindow::launch(&scene.desktop, still).unwrap();
    let page = window.page();
    let moves = moving(page, &showcase);
    assert!(moves.is_empty(), "{moves:?}");
    let asked = "return matchMedia('(prefers-reduced-motion: reduce)').matches";
    assert_eq!(page.execute(asked, &[]).unwrap(), true);
}
