//! "Register it for me": the app registers itself at a person's provider, with their developer key.

use std::{fs, path::Path};

use private_desktop::{Tuppence, webdriver::test_id};
use sandbox_provider::Dialect;

use crate::{
    elsewhere::Elsewhere,
    scene::{SOON, Scene},
};

const KEY: &str = "cpk_a-developer-key-of-nobody-0123456789";

#[test]
fn quota_registers_the_app_with_a_key_that_is_used_once() {
    registers_and_signs_in("quota", Dialect::Quota, "QUOTA_BASE_URL");
}

#[test]
fn chutes_registers_the_app_and_its_secret_goes_into_the_keychain() {
    registers_and_signs_in("chutes", Dialect::Chutes, "CHUTES_IDP_BASE_URL");
}

/// Checklist 129, 135: the key is in no file, in no keychain item, on no command line and not in the window
/// once it was used.
fn registers_and_signs_in(provider: &str, dialect: Dialect, base_url: &str) {
    let scene = Scene::new();
    let elsewhere = Elsewhere::with_developer_key(dialect, Some(KEY));
    let browser = scene.browser();
    let app = scene
        .app()
        .env(base_url, elsewhere.sandbox.issuer_identifier())
        .env("RUST_LOG", "trace");
    let tuppence = Tuppence::launch_app(&scene.desktop, app).unwrap();
    let page = tuppence.page();
    page.click(&test_id(&format!("sign-in-{provider}")))
        .unwrap();
    page.wait_for(&test_id("setup"), SOON).unwrap();
    page.click(&test_id("register-open")).unwrap();

    register(&tuppence, "cpk_of-somebody-else");
    assert_eq!(tuppence.error_card(SOON).unwrap().0, "registrationRejected");
    register(&tuppence, KEY);
    page.wait_for(&test_id("waiting"), SOON).unwrap();
    browser.open_next(SOON).unwrap();
    browser.page().click("#allow").unwrap();
    tuppence.wait_for_chat().unwrap();
    tuppence.confirm_account().unwrap();

    assert!(
        elsewhere
            .control()
            .issued_secrets()
            .contains(&KEY.to_owned()),
        "it was sent"
    );
    let shown = "return document.documentElement.outerHTML + JSON.stringify({ ...localStorage })";
    let shown = page.execute(shown, &[]).unwrap();
    assert!(!shown.as_str().unwrap().contains(KEY));
    let kept = scene
        .desktop
        .command("secret-tool")
        .args(["search", "--all", "service", "app.tuppence.desktop"])
        .output()
        .unwrap();
    let kept = String::from_utf8_lossy(&kept.stdout).into_owned();
    assert!(kept.contains("secret = "), "{kept}");
    assert!(!kept.contains(KEY));
    if let Some(secret) = elsewhere.sandbox.client_secret() {
        assert!(
            kept.contains(secret),
            "the client secret is in the keychain"
        );
        assert!(!shown.as_str().unwrap().contains(secret));
    }
    // The browser is not ours, and never saw it either; what the desktop runs is its own.
    let holding = files_holding(scene.desktop.root(), KEY);
    assert!(holding.is_empty(), "{holding:?}");
}

fn register(tuppence: &Tuppence<'_>, key: &str) {
    let page = tuppence.page();
    page.type_into(&test_id("register-key"), key).unwrap();
    page.click(&test_id("register-app")).unwrap();
}

fn files_holding(folder: &Path, word: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let (kind, path) = (entry.file_type().unwrap(), entry.path());
        if kind.is_dir() {
            found.extend(files_holding(&path, word));
        } else if kind.is_file() {
            // A database may be checkpointed away between the listing and the reading.
            let content = fs::read(&path).unwrap_or_default();
            if String::from_utf8_lossy(&content).contains(word) {
                found.push(path.display().to_string());
            }
        }
    }
    found
}
