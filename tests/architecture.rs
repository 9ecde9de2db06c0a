//! The rules of docs/architecture.md that a machine can check.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use static_assertions::assert_not_impl_any;

/// Who may know whom among our own crates, tests aside. A crate that is missing here fails the test.
const MAY_DEPEND_ON: &[(&str, &[&str])] = &[
    ("money", &[]),
    ("native-oauth", &[]),
    ("markdown-stream", &[]),
    ("diagram", &[]),
    ("sandbox-provider", &[]),
    ("token-broker", &[]),
    ("conversations", &["money"]),
    ("wallet-api", &["native-oauth", "money"]),
    (
        "tuppence-core",
        &[
            "wallet-api",
            "conversations",
            "markdown-stream",
            "diagram",
            "native-oauth",
            "money",
        ],
    ),
    ("tup", &["tuppence-core", "sandbox-provider", "money"]),
    ("tuppence", &["tuppence-core", "sandbox-provider", "money"]),
    ("private-desktop", &[]),
    ("xtask", &["private-desktop"]),
    (
        "bench",
        &[
            "wallet-api",
            "conversations",
            "markdown-stream",
            "native-oauth",
            "private-desktop",
            "sandbox-provider",
        ],
    ),
];

// A token in the IPC contract, a log line or an error text would have to implement one of these.
assert_not_impl_any!(native_oauth::AccessToken: serde::Serialize, std::fmt::Display);
assert_not_impl_any!(native_oauth::RefreshToken: serde::Serialize, std::fmt::Display);
assert_not_impl_any!(native_oauth::IdToken: serde::Serialize, std::fmt::Display);
assert_not_impl_any!(native_oauth::ClientSecret: serde::Serialize, std::fmt::Display);
assert_not_impl_any!(native_oauth::SecretText: serde::Serialize, std::fmt::Display);
assert_not_impl_any!(native_oauth::TokenSet: serde::Serialize, std::fmt::Display);
assert_not_impl_any!(tuppence_lib::ipc::contract::SecretInput: serde::Serialize, std::fmt::Display, Clone);

#[test]
fn secrets_print_as_redacted() {
    let token = native_oauth::AccessToken::new("canary-access-token");
    assert!(!format!("{token:?}").contains("canary"));
}

#[test]
fn crates_know_only_whom_they_may_know() {
    let packages = packages();
    let allowed: BTreeMap<_, _> = MAY_DEPEND_ON.iter().copied().collect();
    for (name, dependencies) in &packages {
        let allowed: BTreeSet<_> = allowed
            .get(name.as_str())
            .unwrap_or_else(|| panic!("{name} has no row in MAY_DEPEND_ON"))
            .iter()
            .collect();
        for dependency in dependencies
            .iter()
            .filter(|dependency| packages.contains_key(*dependency))
        {
            assert!(
                allowed.contains(&dependency.as_str()),
                "{name} must not depend on {dependency}"
            );
        }
    }
}

#[test]
fn only_the_shell_knows_tauri() {
    for (name, dependencies) in packages() {
        if name != "tuppence" {
            let tauri: Vec<_> = dependencies
                .iter()
                .filter(|d| d.starts_with("tauri") || *d == "wry")
                .collect();
            assert!(tauri.is_empty(), "{name} depends on {tauri:?}");
        }
    }
}

#[test]
fn native_oauth_names_no_provider() {
    for file in files(
        &root().join("src-tauri/crates/native-oauth"),
        &["rs", "md", "toml", "html"],
    ) {
        let text = std::fs::read_to_string(&file).unwrap().to_lowercase();
        for provider in [
            "usequota",
            "chutes",
            "openrouter",
            "huggingface",
            "sandbox-provider",
            "tuppence",
        ] {
            let named = text.contains(provider);
            assert!(!named, "{} names {provider}", file.display());
        }
    }
}

#[test]
fn the_core_knows_no_window_and_no_play_money_provider() {
    for file in files(&root().join("src-tauri/crates/tuppence-core/src"), &["rs"]) {
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(!text.contains("tauri::"), "{} uses tauri", file.display());
        assert!(
            !text.contains("sandbox_provider"),
            "{} names the sandbox",
            file.display()
        );
    }
}

#[test]
fn the_web_view_reaches_its_host_in_one_file() {
    for file in files(&root().join("ui/src"), &["ts", "svelte"]) {
        let text = std::fs::read_to_string(&file).unwrap();
        let relative = file.strip_prefix(root()).unwrap();
        if text.contains("from '@tauri-apps/") || text.contains("from \"@tauri-apps/") {
            assert_eq!(
                relative,
                Path::new("ui/src/backend/tauri.ts"),
                "imports @tauri-apps"
            );
        }
        let sets_html = ["innerHTML", "{@html", "insertAdjacentHTML", "outerHTML ="]
            .iter()
            .any(|way| text.contains(way));
        if sets_html && !relative.to_string_lossy().contains(".test.") {
            assert_eq!(
                relative,
                Path::new("ui/src/transcript/applyPatch.ts"),
                "sets HTML"
            );
        }
    }
}

/// Checklist 84 to 86.
#[test]
fn the_web_view_is_locked_down() {
    let config: Value =
        serde_json::from_str(&std::fs::read_to_string(root().join("tauri.conf.json")).unwrap())
            .unwrap();
    assert_eq!(config["app"]["withGlobalTauri"], false);
    let csp = &config["app"]["security"]["csp"];
    for (directive, sources) in csp.as_object().unwrap() {
        let sources = sources.as_str().unwrap();
        assert!(!sources.contains("unsafe"), "{directive}: {sources}");
        assert!(
            !sources.contains("https:") && !sources.contains('*'),
            "{directive}: {sources}"
        );
    }
    assert_eq!(csp["default-src"], "'none'");
    for closed in ["frame-src", "object-src", "base-uri", "form-action"] {
        assert_eq!(csp[closed], "'none'", "{closed}");
    }
    let capabilities = files(&root().join("src-tauri/capabilities"), &["toml", "json"]);
    assert_eq!(capabilities.len(), 1);
    let capability = std::fs::read_to_string(&capabilities[0]).unwrap();
    let allows_remote = |line: &str| line.trim_start_matches(['[', ' ']).starts_with("remote");
    assert!(
        !capability.lines().any(allows_remote),
        "no remote page may reach a command"
    );
}

/// RFC 8252 section 7.1: the system is asked for the scheme only where a shipped profile redirects to it.
#[test]
fn the_bundle_claims_the_scheme_only_for_a_profile_that_uses_it() {
    use wallet_api::profile::RedirectPolicyKind;
    use wallet_api::profiles::{PRIVATE_USE_SCHEME, chutes, openrouter, quota};

    let claimed = |file: &str| -> Value {
        let text = std::fs::read_to_string(root().join(file)).unwrap();
        let config: Value = serde_json::from_str(&text).unwrap();
        config["plugins"]["deep-link"]["desktop"]["schemes"].clone()
    };
    let uses_it = [quota(), chutes(), openrouter()]
        .iter()
        .any(|it| matches!(it.redirect, RedirectPolicyKind::PrivateUseScheme { .. }));
    let ours = serde_json::json!([PRIVATE_USE_SCHEME]);
    let expected = if uses_it { &ours } else { &Value::Null };
    assert_eq!(&claimed("tauri.conf.json"), expected);
    assert_eq!(claimed("src-tauri/private-use-scheme.conf.json"), ours);
}

/// The permissions of the window are the contract's commands, no more and no fewer.
#[test]
fn the_window_is_granted_exactly_the_contract() {
    let capability =
        std::fs::read_to_string(root().join("src-tauri/capabilities/main.toml")).unwrap();
    let granted: BTreeSet<String> = capability
        .lines()
        .filter_map(|line| line.trim().strip_prefix("\"allow-")?.strip_suffix("\","))
        .map(|name| name.replace('-', "_"))
        .collect();
    let commands: BTreeSet<String> = tuppence_lib::ipc::COMMANDS
        .iter()
        .map(|&name| name.to_owned())
        .collect();
    assert_eq!(granted, commands);
}

/// A row of docs/providers.md that names a test which is not there proves nothing.
#[test]
fn every_test_that_the_provider_tables_name_exists() {
    let table = std::fs::read_to_string(root().join("docs/providers.md")).unwrap();
    let named: Vec<_> = table
        .split('`')
        .filter_map(|code| code.split_once(".rs::"))
        .collect();
    assert!(named.len() > 60, "{}", named.len());
    for (file, test) in named {
        let folder = if file.starts_with("tests/") {
            ""
        } else {
            "src-tauri/crates/"
        };
        let path = root().join(format!("{folder}{file}.rs"));
        let text = std::fs::read_to_string(&path)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert!(
            text.contains(&format!("fn {test}(")),
            "{file}.rs has no {test}"
        );
    }
}

/// Every package of the workspace with its normal and build dependencies.
fn packages() -> BTreeMap<String, Vec<String>> {
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--format-version",
            "1",
            "--no-deps",
            "--offline",
        ])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let name = |value: &Value| value["name"].as_str().unwrap().to_owned();
    metadata["packages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|package| {
            let dependencies = package["dependencies"].as_array().unwrap().iter();
            (
                name(package),
                dependencies
                    .filter(|d| d["kind"] != "dev")
                    .map(name)
                    .collect(),
            )
        })
        .collect()
}

fn files(dir: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, extensions));
        } else if path
            .extension()
            .is_some_and(|extension| extensions.iter().any(|wanted| extension == *wanted))
        {
            found.push(path);
        }
    }
    found
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
