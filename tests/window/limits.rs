//! Spending limits in the real window: lowered at once, raised only by a yes in a dialog of the system's.

use std::{
    process::Command,
    time::{Duration, Instant},
};

use private_desktop::{
    Options, PrivateDesktop,
    webdriver::{WebDriver, test_id},
};

use crate::scene::{SOON, Scene};

/// What the dialog is called, as the system shows it.
const QUESTION: &str = "Raise a spending limit?";

/// Checklist 146: a page can ask for more, and cannot say yes.
#[test]
fn a_limit_is_lowered_at_once_and_raised_only_by_the_person() {
    let scene = Scene::with(Options {
        window_manager: true,
        ..Options::default()
    });
    let (tuppence, _browser) = scene.signed_in();
    let page = tuppence.page();
    page.click(&test_id("account-menu")).unwrap();
    page.click(&test_id("open-settings")).unwrap();
    page.wait_for(&test_id("open-limits"), SOON).unwrap();
    page.click(&test_id("open-limits")).unwrap();
    page.wait_for("#limit-play-day", SOON).unwrap();

    set(page, "2.00");
    holds(page, "2");
    set(page, "1.50");
    holds(page, "1.5");
    assert_eq!(question(&scene.desktop), None, "nobody was asked");

    // A raise waits for the person, who says no.
    set(page, "3.00");
    let window = asked(&scene.desktop);
    press(&scene.desktop, &window, "Escape");
    gone(&scene.desktop);
    holds(page, "1.5");

    // What runs in the page asks by itself, and gets no further than the question.
    page.execute(
        "const limits = { usd: none(), play: none(), accounts: [], unpricedAllowed: false };
         function none() { return { message: null, conversation: null, day: null, month: null }; }
         window.__TAURI_INTERNALS__.invoke('limits_set', { limits, confirmed: true });",
        &[],
    )
    .unwrap();
    let window = asked(&scene.desktop);
    press(&scene.desktop, &window, "Escape");
    gone(&scene.desktop);
    holds(page, "1.5");

    // And one that the person means.
    set(page, "3.00");
    let window = asked(&scene.desktop);
    // Its first button has the focus.
    press(&scene.desktop, &window, "Return");
    gone(&scene.desktop);
    holds(page, "3");
}

fn set(page: &WebDriver, amount: &str) {
    let field = page.find("#limit-play-day").unwrap();
    field.clear().unwrap();
    field.type_text(amount).unwrap();
    page.press(&['\u{E004}']).unwrap();
}

/// What the store says, asked through the page's own border.
fn holds(page: &WebDriver, units: &str) {
    let wanted: f64 = units.parse().unwrap();
    let until = Instant::now() + SOON;
    loop {
        let held = page
            .execute(
                "return window.__TAURI_INTERNALS__.invoke('limits_get').then((it) => it.limits.play.day);",
                &[],
            )
            .unwrap();
        if held
            .as_f64()
            .is_some_and(|micro| (micro / 1e6 - wanted).abs() < 1e-9)
        {
            return;
        }
        assert!(Instant::now() < until, "held: {held}, wanted: {units}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// The dialog's window, if the system shows it.
fn question(desktop: &PrivateDesktop) -> Option<String> {
    let found = desktop
        .command("xdotool")
        .args(["search", "--onlyvisible", "--name", QUESTION])
        .output()
        .unwrap();
    let text = String::from_utf8(found.stdout).unwrap();
    text.lines().next().map(str::to_owned)
}

fn asked(desktop: &PrivateDesktop) -> String {
    let until = Instant::now() + SOON;
    loop {
        if let Some(window) = question(desktop) {
            return window;
        }
        assert!(Instant::now() < until, "the system asks nobody");
        std::thread::sleep(Duration::from_millis(100));
    }
}

fn gone(desktop: &PrivateDesktop) {
    let until = Instant::now() + SOON;
    while question(desktop).is_some() {
        assert!(Instant::now() < until, "the question stays");
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// As the person's keyboard does it: to the window that has the focus.
fn press(desktop: &PrivateDesktop, window: &str, key: &str) {
    let run = |command: &mut Command| assert!(command.status().unwrap().success());
    run(desktop
        .command("xdotool")
        .args(["windowactivate", "--sync", window]));
    run(desktop.command("xdotool").args(["key", key]));
}
