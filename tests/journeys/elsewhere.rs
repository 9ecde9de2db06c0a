//! Sign-ins that do not end at the redirect listener: by the app's own scheme, and on another device.

use std::process::Stdio;
use std::time::{Duration, Instant};

use private_desktop::Keyring;
use sandbox_provider::{Dialect, Visitor};
use serde_json::Value;
use tuppence_core::{Environment, SignInOutcome, SignInStage, Url};

use crate::terminal::Terminal;
use crate::tup_provider::Elsewhere;
use crate::world::{Person, World};

const OWN_SCHEME: &str = "app.tuppence.desktop:/redirect/chutes";

/// The environment of an installation that has its redirect at the app's own scheme.
fn environment(provider: &sandbox_provider::Sandbox) -> Environment {
    let values = [
        ("CHUTES_IDP_BASE_URL", provider.issuer().to_string()),
        ("CHUTES_OAUTH_CLIENT_ID", provider.client_id().to_owned()),
        (
            "CHUTES_OAUTH_CLIENT_SECRET",
            provider.client_secret().unwrap().to_owned(),
        ),
        ("CHUTES_OAUTH_REDIRECT_URI", OWN_SCHEME.to_owned()),
    ];
    values
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

/// Checklist 21: RFC 8252 section 7.1, from the set-up to an answered question; a response of another
/// attempt is ignored.
#[tokio::test(flavor = "multi_thread")]
async fn a_redirect_to_the_apps_own_scheme_signs_in() {
    let world = World::over(Dialect::Chutes, &[OWN_SCHEME], environment).await;
    *world.browser.person.lock().unwrap() = Person::Leaves;
    let attempt = world
        .core
        .sign_in("chutes", tuppence_core::Persistence::SessionOnly)
        .unwrap();
    world
        .until("it waits", |core| {
            core.pending_sign_in()
                .is_some_and(|it| it.stage == SignInStage::WaitingForBrowser)
        })
        .await;
    let link = world.core.launch_link(&attempt.id).unwrap();
    let redirect = Visitor::new().unwrap().allow(&link).await.unwrap();
    assert_eq!(redirect.scheme(), "app.tuppence.desktop");
    let mut forged = redirect.clone();
    forged.set_query(Some("code=stolen&state=of-another-attempt"));
    world.core.redirect_received(forged.to_string().into());
    assert!(world.core.pending_sign_in().is_some(), "it goes on waiting");
    world.core.redirect_received(redirect.to_string().into());
    let outcome = world.sign_in_ended().await;
    let SignInOutcome::SignedIn(id) = outcome else {
        panic!("{outcome:?}")
    };
    let models = world.core.models(&id).await.unwrap();
    assert!(!models.is_empty());
    let diagnosis = world.core.doctor().await;
    let session = diagnosis
        .findings
        .iter()
        .find(|it| it.area == tuppence_core::Area::Session)
        .unwrap();
    assert!(session.what.contains("calls it active"), "{session}");
    assert!(session.what.contains("chutes:invoke"), "{session}");
}

/// RFC 8628 through the whole app: `tup` shows a code, the person types it elsewhere, the account is there.
#[test]
fn a_person_signs_in_on_another_device() {
    let terminal = Terminal::new(Keyring::Unlocked);
    let elsewhere = Elsewhere::start(Dialect::Oidc, &[]);
    elsewhere.add_to(&terminal, "house");
    let arguments = [
        "sign-in",
        "--provider",
        "house",
        "--device",
        "--trace",
        "--json",
    ];
    let mut child = terminal
        .tup(&arguments)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = std::io::BufRead::lines(std::io::BufReader::new(child.stdout.take().unwrap()));
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut seen = Vec::new();
    for line in lines {
        let value: Value = serde_json::from_str(&line.unwrap()).unwrap();
        if let Some(address) = value["verification_uri_complete"].as_str() {
            assert!(value["user_code"].as_str().unwrap().len() == 9);
            let address = Url::parse(address).unwrap();
            let said = runtime
                .block_on(Visitor::new().unwrap().answer_device(&address, true))
                .unwrap();
            assert!(said.contains("signed in"));
        }
        seen.push(value);
    }
    assert!(child.wait().unwrap().success());
    let account = seen.last().unwrap();
    assert_eq!(account["name"], "Penny Sandbox");
    let steps: Vec<&str> = seen.iter().filter_map(|it| it["step"].as_str()).collect();
    assert_eq!(
        steps,
        [
            "provider_metadata",
            "device_authorization_request",
            "device_authorization_response",
            "device_token_request",
            "token_response",
            "id_token",
            "tokens_stored",
        ]
    );
    let told = format!(
        "{:?}",
        seen.iter()
            .filter(|it| it["step"].is_string())
            .collect::<Vec<_>>()
    );
    for secret in elsewhere.sandbox.control().issued_secrets() {
        assert!(!told.contains(&secret));
    }
    assert_eq!(
        terminal.json(&["whoami", "--json"])["name"],
        "Penny Sandbox"
    );
}

/// A provider that does not offer it is not asked, and the way that works is named.
#[test]
fn a_provider_without_device_sign_in_says_so() {
    let terminal = Terminal::new(Keyring::Unlocked);
    let output = terminal.run(&["sign-in", "--device", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let said: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(said["error"], "device_sign_in_unsupported");
}

/// A line that could still be pasted is not waited for once the browser has come back.
#[test]
fn a_sign_in_ends_although_its_terminal_stays_open() {
    let terminal = Terminal::new(Keyring::Unlocked);
    let mut child = terminal
        .tup(&["sign-in", "--no-browser", "--json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = std::io::BufRead::lines(std::io::BufReader::new(child.stdout.take().unwrap()));
    let first: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
    let address = Url::parse(first["authorization_url"].as_str().unwrap()).unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let visitor = Visitor::new().unwrap();
    runtime.block_on(visitor.sign_in(&address)).unwrap();
    let deadline = Instant::now() + Duration::from_secs(30);
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        assert!(Instant::now() < deadline, "it waits for a line");
        std::thread::sleep(Duration::from_millis(50));
    };
    assert!(status.success());
    drop(child.stdin.take());
}

/// A sign-out keeps the name, a removal does not; both say what stays.
#[test]
fn signing_out_and_removing_are_two_things() {
    let terminal = Terminal::new(Keyring::Unlocked);
    terminal.sign_in();
    let out = terminal.json(&["sign-out", "--json"]);
    let stays = out["stays"].to_string();
    assert!(
        stays.contains("account_name") && stays.contains("conversations"),
        "{out}"
    );
    let accounts = terminal.json(&["accounts", "--json"]);
    assert_eq!(accounts[0]["session"], "signed_out");
    let id = accounts[0]["account"].as_str().unwrap().to_owned();
    assert_eq!(
        terminal.run(&["whoami"]).status.code(),
        Some(3),
        "signed out"
    );

    let removed = terminal.json(&["accounts", "remove", &id, "--json"]);
    assert!(
        !removed["stays"].to_string().contains("account_name"),
        "{removed}"
    );
    assert_eq!(
        terminal.json(&["accounts", "--json"]),
        serde_json::json!([])
    );

    terminal.sign_in();
    assert_eq!(
        terminal.json(&["accounts", "--json"])[0]["account"],
        id.as_str()
    );
    terminal.json(&["accounts", "remove", &id, "--json"]);
    assert_eq!(
        terminal.json(&["accounts", "--json"]),
        serde_json::json!([])
    );
}
