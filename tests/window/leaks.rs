use std::{
    fs,
    path::{Path, PathBuf},
};

use private_desktop::webdriver::WebDriver;

use crate::{
    hosted::HostedSandbox,
    scene::{ANSWER, Scene},
};

/// Writes down every answer of the core that comes by `fetch`, which is how commands are answered.
const LISTEN: &str = r#"
    window.heard = '';
    const before = window.fetch;
    window.fetch = async (...request) => {
        const answer = await before(...request);
        const body = request[1]?.body;
        window.heard += `\n${request[0]} ${typeof body === 'string' ? body : ''} `
            + await answer.clone().text();
        return answer;
    };
"#;

/// What the web view holds: its document, its storage, and what it heard.
const REVEAL: &str = "return [document.documentElement.outerHTML, location.href, \
    JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie, \
    window.heard].join('\\n');";

/// Checklist 25, 90, 129: nothing that the provider issued, and nothing that the sign-in drew, is
/// in a file, a log, the window or what the core tells it, at any point of a whole journey.
#[test]
fn no_secret_of_a_whole_journey_is_in_a_file_a_log_or_the_window() {
    let scene = Scene::new();
    let sandbox = HostedSandbox::start(&scene.data);
    let browser = scene.browser();
    let tuppence = {
        let app = scene.app().env("RUST_LOG", "trace");
        private_desktop::Tuppence::launch_app(&scene.desktop, app).unwrap()
    };
    tuppence.page().execute(LISTEN, &[]).unwrap();
    tuppence.sign_in_with_play_money(&browser).unwrap();
    tuppence.ask("Hello").unwrap();
    tuppence.wait_for_status("complete", ANSWER).unwrap();
    sandbox.control().expire_access_tokens();
    tuppence.ask("Hello again, with a refreshed token").unwrap();
    tuppence
        .page()
        .wait_until("a refresh", ANSWER, |_| {
            Ok((sandbox.control().counters().refreshes > 0).then_some(()))
        })
        .unwrap();
    tuppence.wait_for_status("complete", ANSWER).unwrap();
    let heard = reveal(tuppence.page());
    assert!(heard.contains("turn_send"), "the listener hears commands");
    nothing_leaked(&sandbox, "the window", &heard);
    search_files(&scene, &sandbox);

    let tuppence = tuppence.restart().unwrap();
    tuppence.wait_for_chat().unwrap();
    nothing_leaked(
        &sandbox,
        "the window after a restart",
        &reveal(tuppence.page()),
    );
    tuppence.sign_out().unwrap();
    search_files(&scene, &sandbox);
}

fn reveal(page: &WebDriver) -> String {
    page.execute(REVEAL, &[])
        .unwrap()
        .as_str()
        .unwrap()
        .to_owned()
}

fn search_files(scene: &Scene, sandbox: &HostedSandbox) {
    let mut files = Vec::new();
    regular_files(scene.desktop.root(), &mut files);
    // The browser is not ours: it keeps the addresses it was sent to.
    let browser = scene.desktop.home().join("browser-profile");
    files.retain(|file| !file.starts_with(&browser));
    assert!(files.iter().any(|file| file.starts_with(&scene.data)));
    for file in files {
        // A database may be checkpointed away between the listing and the reading.
        let content = fs::read(&file).unwrap_or_default();
        nothing_leaked(
            sandbox,
            &file.display().to_string(),
            &String::from_utf8_lossy(&content),
        );
    }
}

fn nothing_leaked(sandbox: &HostedSandbox, place: &str, content: &str) {
    let secrets = sandbox.control().issued_secrets();
    assert!(secrets.len() >= 5, "a sign-in has at least five secrets");
    let leaked = secrets
        .iter()
        .filter(|secret| content.contains(secret.as_str()))
        .count();
    assert_eq!(leaked, 0, "secrets in {place}");
}

fn regular_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let kind = entry.file_type().unwrap();
        if kind.is_dir() {
            regular_files(&entry.path(), files);
        } else if kind.is_file() {
            files.push(entry.path());
        }
    }
}
