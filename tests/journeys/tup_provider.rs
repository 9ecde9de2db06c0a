//! Providers that the app does not know, added in a terminal and used for the main job.

use private_desktop::Keyring;
use sandbox_provider::{Dialect, Sandbox, SandboxConfig, Typing};
use serde_json::Value;
use tokio::runtime::Runtime;

use crate::terminal::Terminal;

/// A provider that nobody knows yet, on this machine.
pub(crate) struct Elsewhere {
    pub(crate) sandbox: Sandbox,
    // Serves the sandbox for as long as the test lasts.
    _runtime: Runtime,
}

impl Elsewhere {
    pub(crate) fn start(dialect: Dialect, redirect_uris: &[&str]) -> Self {
        let runtime = Runtime::new().unwrap();
        let defaults = SandboxConfig::default();
        let mut registered = defaults.redirect_uris.clone();
        registered.extend(redirect_uris.iter().map(|&uri| uri.to_owned()));
        let config = SandboxConfig {
            dialect,
            redirect_uris: registered,
            typing: Typing::Instant,
            ..defaults
        };
        let sandbox = runtime.block_on(Sandbox::start(config)).unwrap();
        Self {
            sandbox,
            _runtime: runtime,
        }
    }

    /// Adds it to a terminal's providers, by its issuer.
    pub(crate) fn add_to(&self, terminal: &Terminal, name: &str) -> Value {
        terminal.json(&[
            "provider",
            "add",
            name,
            "--issuer",
            self.sandbox.issuer().as_str(),
            "--client-id",
            self.sandbox.client_id(),
            "--api-base",
            self.sandbox.api_base().as_str(),
            "--insecure-loopback",
            "--json",
        ])
    }

    fn endpoint(&self, path: &str) -> String {
        let issuer = self.sandbox.issuer().as_str().trim_end_matches('/');
        format!("{issuer}/{path}")
    }
}

fn row<'a>(list: &'a Value, id: &str) -> &'a Value {
    let rows = list.as_array().unwrap();
    rows.iter().find(|row| row["provider"] == id).unwrap()
}

/// The last event of an answer.
fn asked(terminal: &Terminal) -> Value {
    let output = terminal.run(&["ask", "--json", "--model", "penny-small", "Hello"]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}");
    serde_json::from_str(said.lines().last().unwrap()).unwrap()
}

#[test]
fn an_openid_provider_is_added_used_and_removed() {
    let terminal = Terminal::new(Keyring::Unlocked);
    let elsewhere = Elsewhere::start(Dialect::Oidc, &["http://127.0.0.1/redirect/my-house"]);
    let added = elsewhere.add_to(&terminal, "My House");
    assert_eq!(added["provider"], "my-house");
    assert_eq!(added["ready"], true);
    assert_eq!(added["client_id"]["source"], "set_up");
    assert_eq!(added["discovery"]["differences"], serde_json::json!([]));

    let list = terminal.json(&["provider", "list", "--json"]);
    assert_eq!(row(&list, "my-house")["addresses"]["source"], "set_up");
    assert_eq!(row(&list, "quota")["addresses"]["source"], "built_in");
    assert_eq!(row(&list, "quota")["client_id"]["source"], "none");
    assert_eq!(row(&list, "sandbox")["play_money"], true);

    let signed_in = terminal.sign_in_to("my-house");
    assert_eq!(signed_in["provider"], "my-house");
    assert_eq!(
        terminal.json(&["whoami", "--json"])["name"],
        "Penny Sandbox"
    );
    let models = terminal.json(&["models", "--json"]);
    assert!(!models.as_array().unwrap().is_empty());
    assert_eq!(asked(&terminal)["type"], "finished");

    let refused = terminal.run(&["provider", "remove", "my-house"]);
    assert_eq!(refused.status.code(), Some(2), "an account uses it");
    terminal.json(&["sign-out", "--json"]);
    let removed = terminal.json(&["provider", "remove", "my-house", "--json"]);
    assert_eq!(removed["removed"], true);
    let gone = terminal.run(&["sign-in", "--provider", "my-house"]);
    assert_eq!(gone.status.code(), Some(2));
}

/// A provider that wants a secret and publishes no discovery document that could be used.
#[test]
fn a_provider_with_a_secret_is_known_by_its_endpoints() {
    let terminal = Terminal::new(Keyring::Unlocked);
    let redirect = "http://127.0.0.1:24611/redirect/dan";
    let elsewhere = Elsewhere::start(Dialect::Chutes, &[redirect]);
    let secret = elsewhere.sandbox.client_secret().unwrap().to_owned();
    let added = terminal.json_with_input(
        &[
            "provider",
            "add",
            "dan",
            "--authorization-endpoint",
            &elsewhere.endpoint("idp/authorize"),
            "--token-endpoint",
            &elsewhere.endpoint("idp/token"),
            "--userinfo-endpoint",
            &elsewhere.endpoint("idp/userinfo"),
            "--client-id",
            elsewhere.sandbox.client_id(),
            "--secret-stdin",
            "--api-base",
            elsewhere.sandbox.api_base().as_str(),
            "--scopes",
            "openid profile chutes:invoke",
            "--redirect-ports",
            "24611",
            "--insecure-loopback",
            "--json",
        ],
        &format!("{secret}\n"),
    );
    assert_eq!(added["client_secret"]["set"], true);
    assert!(added["discovery"].is_object(), "{added}");
    assert_eq!(added["redirect_uris"]["value"][0], redirect);
    assert!(!added.to_string().contains(&secret));

    terminal.sign_in_to("dan");
    assert_eq!(terminal.json(&["whoami", "--json"])["provider"], "dan");
    assert_eq!(asked(&terminal)["type"], "finished");
    terminal.json(&["sign-out", "--json"]);
    terminal.json(&["provider", "remove", "dan", "--json"]);
    let list = terminal.json(&["provider", "list", "--json"]);
    assert!(
        list.as_array()
            .unwrap()
            .iter()
            .all(|row| row["provider"] != "dan")
    );
}

#[test]
fn a_provider_without_plain_http_being_allowed_is_refused() {
    let terminal = Terminal::new(Keyring::Absent);
    let elsewhere = Elsewhere::start(Dialect::Oidc, &[]);
    let output = terminal.run(&[
        "provider",
        "add",
        "house",
        "--issuer",
        elsewhere.sandbox.issuer().as_str(),
        "--client-id",
        "penny",
        "--api-base",
        elsewhere.sandbox.api_base().as_str(),
    ]);
    assert_eq!(output.status.code(), Some(2));
}
