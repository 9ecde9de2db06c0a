//! Driving a WebKitGTK window and a real browser.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use private_desktop::{
    App, AppWindow, Browser, DesktopError, Keyring, Options, PrivateDesktop,
    webdriver::{WebDriver, WebDriverError, key, test_id},
};

const LIMIT: Duration = Duration::from_secs(10);

fn desktop() -> PrivateDesktop {
    PrivateDesktop::start(Options {
        keyring: Keyring::Absent,
        ..Options::default()
    })
    .unwrap()
}

/// WebKitGTK's own little browser, as it comes with WebKitWebDriver.
fn mini_browser() -> App {
    let folder = std::fs::read_dir("/usr/lib")
        .unwrap()
        .flatten()
        .map(|entry| entry.path());
    let binary: PathBuf = folder
        .map(|folder| folder.join("webkit2gtk-4.1/MiniBrowser"))
        .find(|path| path.exists())
        .expect("MiniBrowser is installed");
    App::new(binary).arg("--automation")
}

/// What both kinds of window must do.
fn use_the_page(page: &WebDriver) {
    assert_eq!(page.title().unwrap(), "Till");
    page.type_into(&test_id("name"), "Penny").unwrap();
    page.click(&test_id("greet")).unwrap();
    assert_eq!(page.text_of(&test_id("greeting")).unwrap(), "Hello Penny");
    assert_eq!(
        page.wait_for(&test_id("late"), LIMIT)
            .unwrap()
            .text()
            .unwrap(),
        "late"
    );

    let name = page.find("#name").unwrap();
    assert_eq!(name.property("value").unwrap(), "Penny");
    assert_eq!(
        name.attribute("data-testid").unwrap().as_deref(),
        Some("name")
    );
    assert_eq!(name.attribute("placeholder").unwrap(), None);
    name.clear().unwrap();
    assert_eq!(name.property("value").unwrap(), "");

    let button = page.find("#greet").unwrap();
    assert_eq!(
        (button.role().unwrap(), button.label().unwrap()),
        ("button".into(), "Greet".into())
    );
    assert!(button.rect().unwrap().width > 0.0);
    assert!(page.screenshot().unwrap().starts_with(b"\x89PNG"));
    assert_eq!(
        page.execute("return arguments[0] + 1;", &[1.into()])
            .unwrap(),
        2
    );

    page.press(&[key::CONTROL, 'm']).unwrap();
    assert_eq!(page.text_of(&test_id("greeting")).unwrap(), "chord");
    page.click("#name").unwrap();
    assert_eq!(
        page.active_element()
            .unwrap()
            .attribute("id")
            .unwrap()
            .as_deref(),
        Some("name")
    );
}

#[test]
fn a_webkit_window_can_be_used_restarted_and_killed() {
    let origin = support::serve();
    let desktop = desktop();
    let window = AppWindow::launch(&desktop, mini_browser()).unwrap();
    window.page().goto(&format!("{origin}/page")).unwrap();
    use_the_page(window.page());
    window.page().set_window_size(900, 600).unwrap();
    let rect = window.page().window_rect().unwrap();
    assert_eq!((rect.width, rect.height), (900.0, 600.0));

    let before = window.process_ids();
    assert_eq!(before.len(), 1);
    let window = window.restart().unwrap();
    let after = window.process_ids();
    assert_eq!(after.len(), 1);
    assert_ne!(before, after);

    window.kill().unwrap();
    assert!(!PathBuf::from(format!("/proc/{}/exe", after[0])).exists());
}

#[test]
fn the_browser_opens_what_a_program_handed_over_and_follows_redirects() {
    let origin = support::serve();
    let desktop = desktop();
    let browser = Browser::start(&desktop).unwrap();
    let url = format!("{origin}/go");
    assert!(
        desktop
            .command("xdg-open")
            .arg(&url)
            .status()
            .unwrap()
            .success()
    );
    browser.open_next(LIMIT).unwrap();
    assert_eq!(browser.page().url().unwrap(), format!("{origin}/page"));
    use_the_page(browser.page());
    for (dark, word) in [(true, "dark"), (false, "light")] {
        browser.set_dark(dark).unwrap();
        assert_eq!(browser.page().text_of(&test_id("scheme")).unwrap(), word);
    }
}

#[test]
fn an_error_says_what_was_on_the_screen_but_no_path_or_query() {
    let origin = support::serve();
    let desktop = desktop();
    let browser = Browser::start(&desktop).unwrap();
    browser
        .page()
        .goto(&format!("{origin}/page#state=secret"))
        .unwrap();
    let error = browser
        .page()
        .wait_for("#nowhere", Duration::from_millis(100))
        .unwrap_err();
    assert!(matches!(error, WebDriverError::Timeout { .. }));
    let text = error.to_string();
    assert!(
        text.contains("#nowhere") && text.contains("Till") && text.contains("Greet"),
        "{text}"
    );
    assert!(!text.contains("secret"), "{text}");
}

#[test]
fn an_app_that_ends_without_a_window_is_an_error_at_once() {
    let desktop = desktop();
    let started = Instant::now();
    let crashed = App::new("/bin/sleep").arg("1");
    let error = AppWindow::launch(&desktop, crashed).unwrap_err();
    assert!(
        matches!(error, DesktopError::SessionRefused { .. }),
        "{error}"
    );
    assert!(started.elapsed() < LIMIT);
}
