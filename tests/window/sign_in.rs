use private_desktop::{
    Tuppence,
    webdriver::{WebDriver, key, test_id},
};
use sandbox_provider::Visitor;
use tokio::runtime::Runtime;

use crate::scene::{SOON, Scene};

#[test]
fn a_newcomer_signs_in_through_the_real_browser_and_sees_a_name_and_a_balance() {
    let scene = Scene::new();
    let (tuppence, browser) = scene.signed_in();
    assert!(
        tuppence.balance().unwrap().contains('5'),
        "the sandbox starts with 5 play dollars"
    );
    assert_ne!(
        tuppence.page().text_of(&test_id("profile-name")).unwrap(),
        ""
    );

    // Checklist 16: what the browser ends on tells the truth and shows no code or state.
    let page = browser.page();
    page.wait_until("an address without a query", SOON, |page| {
        Ok((!page.url()?.contains(['?', '#'])).then_some(()))
    })
    .unwrap();
    assert!(page.text_of("body").unwrap().contains("Tuppence"));
}

/// Checklist 130: every local user can read command lines, so the one that opens the browser has
/// an address that says nothing. Checklist 134: nor does the browser inherit a client secret.
#[test]
fn what_starts_the_browser_shows_neither_the_request_nor_a_secret() {
    let scene = Scene::new();
    let app = scene
        .app()
        .env("CHUTES_CLIENT_SECRET", "not for the browser")
        .env("QUOTA_CLIENT_SECRET", "not for the browser");
    let tuppence = Tuppence::launch_app(&scene.desktop, app).unwrap();
    tuppence.begin_with_play_money().unwrap();
    let url = scene.desktop.opened_urls().take(SOON).unwrap();
    assert!(url.starts_with("http://127.0.0.1:"), "{url}");
    for word in ["state", "code_challenge", "nonce", "client_id"] {
        assert!(!url.contains(word), "{url}");
    }
    let environment = scene.desktop.opened_urls().environment_names();
    assert!(environment.contains(&"HOME".to_owned()));
    assert!(
        !environment
            .iter()
            .any(|name| name.ends_with("_CLIENT_SECRET")),
        "{environment:?}"
    );
}

#[test]
fn a_person_who_says_no_is_told_so_and_can_begin_again() {
    let scene = Scene::new();
    let browser = scene.browser();
    let tuppence = scene.launch();
    tuppence.begin_with_play_money().unwrap();
    browser.open_next(SOON).unwrap();
    browser.page().click("#deny").unwrap();
    let (code, _) = tuppence.error_card(SOON).unwrap();
    assert_eq!(code, "accessDenied");
    tuppence.sign_in_with_play_money(&browser).unwrap();
}

#[test]
fn a_sign_in_can_be_cancelled_and_its_listener_goes_with_it() {
    let scene = Scene::new();
    let tuppence = scene.launch();
    tuppence.begin_with_play_money().unwrap();
    let url = scene.desktop.opened_urls().take(SOON).unwrap();
    tuppence.page().click(&test_id("waiting-cancel")).unwrap();
    tuppence
        .page()
        .wait_for(&test_id("try-play-money"), SOON)
        .unwrap();
    let address = url.trim_start_matches("http://").split('/').next().unwrap();
    // Checklist 2.
    assert!(
        std::net::TcpStream::connect(address).is_err(),
        "the port is closed"
    );
}

#[test]
fn the_link_can_be_opened_again_when_the_first_tab_was_closed() {
    let scene = Scene::new();
    let browser = scene.browser();
    let tuppence = scene.launch();
    tuppence.begin_with_play_money().unwrap();
    browser.take_opened_url(SOON).unwrap();
    tuppence
        .page()
        .click(&test_id("waiting-open-again"))
        .unwrap();
    tuppence.allow_in(&browser).unwrap();
}

#[test]
fn the_window_says_so_when_no_browser_can_be_started() {
    let scene = Scene::new();
    let without_an_opener = scene.app().env("PATH", scene.desktop.home());
    let tuppence = Tuppence::launch_app(&scene.desktop, without_an_opener).unwrap();
    tuppence.begin_with_play_money().unwrap();
    let said = |page: &WebDriver| {
        let text = page.text_of(&test_id("waiting"))?;
        Ok(text.contains("did not open").then_some(()))
    };
    tuppence
        .page()
        .wait_until("word of the browser", SOON, said)
        .unwrap();
    assert!(tuppence.page().shows(&test_id("waiting-copy")).unwrap());
}

/// Checklist 144: the address in the clipboard is good for one sign-in, and gone once it was used.
#[test]
fn an_address_from_the_clipboard_signs_in_and_leaves_the_clipboard() {
    let scene = Scene::new();
    let tuppence = scene.launch();
    tuppence.begin_with_play_money().unwrap();
    let opened = scene.desktop.opened_urls().take(SOON).unwrap();
    let opened = opened.parse().unwrap();
    let redirect = Runtime::new().unwrap().block_on(async {
        let elsewhere = Visitor::new().unwrap();
        elsewhere.allow(&opened).await.unwrap()
    });
    let page = tuppence.page();
    let copy = "return window.__TAURI_INTERNALS__.invoke('text_copy', { text: arguments[0] })";
    page.execute(copy, &[redirect.as_str().into()]).unwrap();
    page.click(&test_id("waiting-paste")).unwrap();
    let field = test_id("waiting-paste-input");
    page.click(&field).unwrap();
    page.press(&[key::CONTROL, 'v']).unwrap();
    page.wait_until("the address in the field", SOON, |page| {
        let held = page.find(&field)?.property("value")?;
        Ok((held == redirect.as_str()).then_some(()))
    })
    .unwrap();
    page.click("form button[type=submit]").unwrap();
    tuppence.wait_for_chat().unwrap();
    tuppence.confirm_account().unwrap();
    page.click(&test_id("composer-input")).unwrap();
    page.press(&[key::CONTROL, 'v']).unwrap();
    page.press(&['x']).unwrap();
    let written = page.wait_until("what was typed", SOON, |page| {
        let held = page.find(&test_id("composer-input"))?.property("value")?;
        Ok((held != "").then_some(held))
    });
    assert_eq!(written.unwrap(), "x", "nothing was there to paste");
}

/// Checklist 145.
#[test]
fn a_crash_of_the_app_writes_no_core_dump() {
    let scene = Scene::new();
    let tuppence = scene.launch();
    for pid in tuppence.window().process_ids() {
        let limits = std::fs::read_to_string(format!("/proc/{pid}/limits")).unwrap();
        let core = limits
            .lines()
            .find(|line| line.starts_with("Max core file size"));
        let numbers: Vec<&str> = core.unwrap().split_whitespace().skip(4).take(2).collect();
        assert_eq!(numbers, ["0", "0"], "{limits}");
    }
}
