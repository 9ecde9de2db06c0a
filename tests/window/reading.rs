//! How large the window is drawn, and whether it checks the spelling: chosen by keys and in the settings.

use private_desktop::webdriver::{WebDriver, key, test_id};

use crate::scene::{SOON, Scene};

/// The window's width in CSS pixels, which are larger the nearer one zooms.
fn width(page: &WebDriver) -> u64 {
    let width = page.execute("return window.innerWidth", &[]).unwrap();
    width.as_u64().unwrap()
}

fn wait_for(page: &WebDriver, what: &str, right: impl Fn(u64) -> bool) {
    page.wait_until(what, SOON, |page| Ok(right(width(page)).then_some(())))
        .unwrap();
}

#[test]
fn keys_zoom_the_window_and_a_setting_checks_the_spelling() {
    let scene = Scene::new();
    let (tuppence, _browser) = scene.signed_in();
    let page = tuppence.page();
    let usual = width(page);
    page.press(&[key::CONTROL, '+']).unwrap();
    wait_for(page, "a larger window", |width| width < usual);
    page.press(&[key::CONTROL, '0']).unwrap();
    wait_for(page, "the usual window", |width| width == usual);
    page.press(&[key::CONTROL, '-']).unwrap();
    wait_for(page, "a smaller window", |width| width > usual);
    page.press(&[key::CONTROL, '0']).unwrap();
    wait_for(page, "the usual window", |width| width == usual);

    let checks = |page: &WebDriver| {
        let composer = page.find(&test_id("composer-input"))?;
        composer.attribute("spellcheck")
    };
    let before = checks(page).unwrap().unwrap();
    page.press(&[key::CONTROL, ',']).unwrap();
    page.wait_for(&test_id("settings"), SOON).unwrap();
    page.execute(
        "document.querySelector('[data-testid=check-spelling]').click()",
        &[],
    )
    .unwrap();
    page.wait_until("the other choice", SOON, |page| {
        Ok(checks(page)?.filter(|now| *now != before))
    })
    .unwrap();
}
