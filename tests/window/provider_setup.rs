//! A provider of the person's own: what it publishes, against what they say of it.

use private_desktop::webdriver::test_id;
use sandbox_provider::Dialect;

use crate::{
    elsewhere::Elsewhere,
    scene::{SOON, Scene},
};

/// Discovery is shown beside the set-up and takes nothing over: the sign-in goes by what was typed.
#[test]
fn what_discovery_has_otherwise_is_shown_and_the_set_up_holds() {
    let scene = Scene::new();
    let elsewhere = Elsewhere::start(Dialect::Oidc);
    let browser = scene.browser();
    let tuppence = scene.launch();
    elsewhere.fill_in(&tuppence);
    let page = tuppence.page();
    let issuer = elsewhere.sandbox.issuer_identifier();
    let token = format!("{issuer}/oauth/token?typed=by-hand");
    page.click(&test_id("setup-plain")).unwrap();
    let typed = [
        (
            "setup-authorization-endpoint",
            format!("{issuer}/oauth/authorize"),
        ),
        ("setup-token-endpoint", token.clone()),
        (
            "setup-userinfo-endpoint",
            format!("{issuer}/oauth/userinfo"),
        ),
    ];
    for (field, value) in typed {
        page.type_into(&test_id(field), &value).unwrap();
    }
    page.click(&test_id("ports-fixed")).unwrap();
    page.click(&test_id("setup-save")).unwrap();

    page.wait_for(&test_id("check-differences"), SOON).unwrap();
    let said = page.text_of(&test_id("check-differences")).unwrap();
    assert!(said.contains(&token), "ours: {said}");
    assert!(
        said.contains(&format!("{issuer}/oauth/token there")),
        "theirs: {said}"
    );
    assert_eq!(
        scene.desktop.opened_urls().take_now(),
        None,
        "nobody signs in yet"
    );
    page.click(&test_id("setup-sources")).unwrap();
    let sources = page.text_of("[data-testid=setup] table").unwrap();
    assert!(
        sources.contains("17493") && sources.contains("what you entered"),
        "{sources}"
    );

    page.click(&test_id("check-sign-in")).unwrap();
    page.wait_for(&test_id("waiting"), SOON).unwrap();
    browser.open_next(SOON).unwrap();
    browser.page().click("#allow").unwrap();
    tuppence.wait_for_chat().unwrap();
    tuppence.confirm_account().unwrap();
    assert_eq!(tuppence.open_account_menu().unwrap(), "Penny Sandbox");
}

/// Where each value comes from, for a provider that is ready and needs no set-up any more.
#[test]
fn the_values_of_a_ready_provider_can_be_looked_at_with_their_source() {
    let scene = Scene::new();
    let elsewhere = Elsewhere::start(Dialect::Quota);
    let issuer = elsewhere.sandbox.issuer_identifier();
    let app = scene
        .app()
        .env("QUOTA_BASE_URL", issuer)
        .env("QUOTA_CLIENT_ID", elsewhere.sandbox.client_id());
    let tuppence = private_desktop::Tuppence::launch_app(&scene.desktop, app).unwrap();
    let page = tuppence.page();
    page.click(&test_id("set-up-quota")).unwrap();
    page.wait_for(&test_id("setup-sources"), SOON).unwrap();
    page.click(&test_id("setup-sources")).unwrap();
    let from = |what: &str| {
        let row = format!("[data-testid=setup] tr[data-source={what}]");
        page.find_all(&row).unwrap().len()
    };
    assert_eq!(from("environment"), 3, "issuer, API and client id");
    assert_eq!(from("builtIn"), 2, "scopes and redirect addresses");
    page.click(&test_id("check-compare")).unwrap();
    page.wait_for(&test_id("check-done"), SOON).unwrap();
}
