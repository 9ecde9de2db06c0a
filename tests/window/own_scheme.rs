//! Redirects to the app's private-use scheme, as the system delivers them: the desktop entry of the
//! package is registered with the scheme, and `xdg-open` opens the address.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::Path,
    thread,
    time::{Duration, Instant},
};

use private_desktop::{App, PrivateDesktop, Tuppence, webdriver::test_id};
use sandbox_provider::{Dialect, Sandbox, SandboxConfig, Typing, Visitor};
use tokio::runtime::Runtime;
use tuppence_core::{PRIVATE_USE_SCHEME, Url};

use crate::scene::{SOON, Scene};

const REDIRECT_URI: &str = "app.tuppence.desktop:/redirect/chutes";
const ENTRY: &str = "Tuppence.desktop";

/// Checklist 21: RFC 8252 section 7.1, with nothing of the app's own between browser and window.
#[test]
fn a_redirect_that_the_system_opens_signs_in_in_the_window_that_runs() {
    let scene = Scene::new();
    install(&scene.desktop);
    let runtime = Runtime::new().unwrap();
    let provider = runtime.block_on(provider());
    let app = at_its_usual_place()
        .env("CHUTES_IDP_BASE_URL", provider.issuer().to_string())
        .env("CHUTES_OAUTH_CLIENT_ID", provider.client_id())
        .env(
            "CHUTES_OAUTH_CLIENT_SECRET",
            provider.client_secret().unwrap(),
        )
        .env("CHUTES_OAUTH_REDIRECT_URI", REDIRECT_URI);
    let tuppence = Tuppence::launch_app(&scene.desktop, app).unwrap();
    let page = tuppence.page();
    page.click(&test_id("sign-in-chutes")).unwrap();
    page.wait_for(&test_id("waiting"), SOON).unwrap();

    let opened = scene.desktop.opened_urls().take(SOON).unwrap();
    let allowed = Visitor::new().unwrap();
    let redirect = runtime
        .block_on(allowed.allow(&Url::parse(&opened).unwrap()))
        .unwrap();
    assert!(redirect.as_str().starts_with(REDIRECT_URI), "{redirect}");
    assert!(page.shows(&test_id("waiting")).unwrap());
    open_from_outside(&scene.desktop, redirect.as_str());
    tuppence.wait_for_chat().unwrap();
    tuppence.confirm_account().unwrap();
    assert_eq!(tuppence.open_account_menu().unwrap(), "penny-sandbox");
    assert_eq!(tuppence.window().process_ids().len(), 1);
    until_ended(redirect.as_str());
}

#[test]
fn a_redirect_that_nobody_waits_for_starts_the_app_and_changes_nothing() {
    let scene = Scene::new();
    install(&scene.desktop);
    let query = format!("?code=stolen&state=of-nobody-{}", std::process::id());
    let redirect = format!("{REDIRECT_URI}{query}");
    // The driver starts this in place of the app, and finds the window that comes of it.
    let opener = scene.desktop.home().join("opens-an-address");
    fs::write(&opener, "#!/bin/sh\nxdg-open \"$1\"\nexec sleep 120\n").unwrap();
    fs::set_permissions(&opener, fs::Permissions::from_mode(0o700)).unwrap();
    let tuppence = Tuppence::launch_app(&scene.desktop, App::new(opener).arg(&redirect)).unwrap();

    let started = started_with(&redirect);
    assert_eq!(started.len(), 1, "the system gave the app the address");
    let page = tuppence.page();
    assert!(page.shows(&test_id("welcome")).unwrap());
    assert!(!page.shows(&test_id("error-card")).unwrap());
    tuppence.begin_with_play_money().unwrap();
    assert!(!page.shows(&test_id("error-card")).unwrap());

    tuppence.close().unwrap();
    until_ended(&redirect);
}

/// The app with its data where the desktop's person has it: the entry says nothing of another place.
fn at_its_usual_place() -> App {
    App::new(Path::new(env!("CARGO_BIN_EXE_tuppence")))
}

async fn provider() -> Sandbox {
    let mut config = SandboxConfig {
        dialect: Dialect::Chutes,
        typing: Typing::Instant,
        ..SandboxConfig::default()
    };
    config.redirect_uris.push(REDIRECT_URI.to_owned());
    Sandbox::start(config).await.unwrap()
}

/// Registers the app as the package of somebody who ships such a redirect does.
fn install(desktop: &PrivateDesktop) {
    let entry = include_str!("../../src-tauri/linux.desktop")
        .lines()
        .filter(|line| !line.starts_with("{{#if") && !line.starts_with("{{/if"))
        .fold(String::new(), |entry, line| entry + line + "\n")
        .replace("{{exec}}", env!("CARGO_BIN_EXE_tuppence"))
        .replace("{{name}}", "Tuppence")
        .replace("{{icon}}", "tuppence")
        .replace("{{categories}}", "Office;")
        .replace("{{comment}}", "Chat that you pay for yourself")
        .replace("{{mime_type}}", &scheme_handler());
    assert!(!entry.contains("{{"), "{entry}");
    let data_home = desktop.environment();
    let data_home = data_home
        .iter()
        .find(|(name, _)| name == "XDG_DATA_HOME")
        .map(|(_, path)| Path::new(path).join("applications"))
        .unwrap();
    fs::write(data_home.join(ENTRY), entry).unwrap();
    run(
        desktop,
        "update-desktop-database",
        &[data_home.to_str().unwrap()],
    );
    run(desktop, "xdg-mime", &["default", ENTRY, &scheme_handler()]);
}

fn scheme_handler() -> String {
    format!("x-scheme-handler/{PRIVATE_USE_SCHEME}")
}

fn open_from_outside(desktop: &PrivateDesktop, address: &str) {
    run(desktop, "xdg-open", &[address]);
}

fn run(desktop: &PrivateDesktop, program: &str, arguments: &[&str]) {
    let status = desktop.command(program).args(arguments).status().unwrap();
    assert!(status.success(), "{program} {arguments:?}: {status}");
}

/// Waits until no app runs that was started with this address.
fn until_ended(address: &str) {
    let deadline = Instant::now() + SOON;
    while !started_with(address).is_empty() {
        assert!(Instant::now() < deadline, "a start that should have ended");
        thread::sleep(Duration::from_millis(20));
    }
}

/// Process ids of apps that have this address among their arguments.
fn started_with(address: &str) -> Vec<u32> {
    let binary = fs::canonicalize(env!("CARGO_BIN_EXE_tuppence")).unwrap();
    fs::read_dir("/proc")
        .unwrap()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter(|pid: &u32| {
            let folder = Path::new("/proc").join(pid.to_string());
            let arguments = fs::read(folder.join("cmdline")).unwrap_or_default();
            fs::read_link(folder.join("exe")).is_ok_and(|exe| exe == binary)
                && arguments
                    .split(|byte| *byte == 0)
                    .any(|it| it == address.as_bytes())
        })
        .collect()
}
