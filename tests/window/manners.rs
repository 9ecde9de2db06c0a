//! Keyboard, sizes and names: what every screen owes to everyone.

use private_desktop::{
    Options, Tuppence,
    webdriver::{key, test_id},
};

use crate::scene::{ANSWER, SOON, Scene};

#[test]
fn the_main_job_can_be_done_by_keyboard_alone() {
    let scene = Scene::new();
    let browser = scene.browser();
    let tuppence = scene.launch();
    tab_to(&tuppence, "try-play-money");
    tuppence.page().press(&[key::ENTER]).unwrap();
    tuppence.allow_in(&browser).unwrap();

    // A new conversation puts the caret where one writes.
    tuppence.page().press(&[key::CONTROL, 'n']).unwrap();
    tuppence
        .page()
        .wait_until("the caret in the composer", SOON, |page| {
            let id = page.active_element()?.attribute("data-testid")?;
            Ok((id.as_deref() == Some("composer-input")).then_some(()))
        })
        .unwrap();
    tuppence
        .page()
        .active_element()
        .unwrap()
        .type_text("Write a long answer.")
        .unwrap();
    tuppence.page().press(&[key::ENTER]).unwrap();
    tuppence.wait_for_text(40, ANSWER).unwrap();
    tuppence.page().press(&[key::ESCAPE]).unwrap();
    tuppence.wait_for_status("stopped", SOON).unwrap();
}

#[test]
fn nothing_is_cut_off_sideways_at_any_sensible_size() {
    let scene = Scene::with(Options {
        size: (1600, 1000),
        ..Options::default()
    });
    let browser = scene.browser();
    let tuppence = scene.launch();
    let sizes = [(900, 600), (1280, 800), (1600, 1000)];
    for (width, height) in sizes {
        fits(&tuppence, width, height);
    }
    tuppence.sign_in_with_play_money(&browser).unwrap();
    tuppence
        .ask("Show me a table and a short piece of code.")
        .unwrap();
    tuppence.wait_for_status("complete", ANSWER).unwrap();
    for (width, height) in sizes {
        fits(&tuppence, width, height);
        assert!(tuppence.page().shows(&test_id("composer-input")).unwrap());
    }
}

#[test]
fn every_control_has_a_name_for_those_who_cannot_see_it() {
    let scene = Scene::new();
    let browser = scene.browser();
    let tuppence = scene.launch();
    all_named(&tuppence);
    tuppence.sign_in_with_play_money(&browser).unwrap();
    all_named(&tuppence);
    tuppence.open_account_menu().unwrap();
    all_named(&tuppence);
}

fn tab_to(tuppence: &Tuppence<'_>, id: &str) {
    for _ in 0..30 {
        tuppence.page().press(&[key::TAB]).unwrap();
        let active = tuppence.page().active_element().unwrap();
        if active.attribute("data-testid").unwrap().as_deref() == Some(id) {
            return;
        }
    }
    panic!("Tab never reaches {id}");
}

fn fits(tuppence: &Tuppence<'_>, width: u32, height: u32) {
    let page = tuppence.page();
    page.set_window_size(width, height).unwrap();
    let script = "return document.documentElement.scrollWidth <= window.innerWidth \
                  && window.innerWidth <= arguments[0];";
    page.wait_until(
        &format!("a page that fits {width}x{height}"),
        SOON,
        |page| Ok((page.execute(script, &[width.into()])? == true).then_some(())),
    )
    .unwrap();
}

fn all_named(tuppence: &Tuppence<'_>) {
    for control in tuppence
        .page()
        .find_all("button, input, textarea, a[href]")
        .unwrap()
    {
        if control.is_displayed().unwrap() {
            let id = control.attribute("data-testid").unwrap();
            assert_ne!(
                control.label().unwrap().trim(),
                "",
                "a control without a name: {id:?}"
            );
        }
    }
}
