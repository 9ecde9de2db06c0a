//! Leaving: a sign-out that the provider did not hear of, and a device that somebody else uses next.

use private_desktop::Keyring;
use sandbox_provider::{Dialect, Scenario};

use crate::terminal::Terminal;
use crate::tup_provider::Elsewhere;

const HOUSE: &str = "http://127.0.0.1/redirect/house";

#[test]
fn a_revocation_that_failed_is_made_up_for_at_the_next_start() {
    let terminal = Terminal::new(Keyring::Unlocked);
    let elsewhere = Elsewhere::start(Dialect::Oidc, &[HOUSE]);
    elsewhere.add_to(&terminal, "house");
    terminal.sign_in_to("house");
    let control = elsewhere.sandbox.control();
    control.set_scenario(&[Scenario::Revoke500]);
    let out = terminal.json(&["sign-out", "--json"]);
    assert_eq!(out["signed_out"], true);
    let in_vain = control.counters().revocations;
    assert_eq!(in_vain, 2);

    terminal.json(&["accounts", "--json"]);
    assert_eq!(control.counters().revocations, in_vain + 2, "tried again");
    control.set_scenario(&[]);
    terminal.json(&["accounts", "--json"]);
    assert_eq!(control.counters().revocations, in_vain + 4, "and heard");
    terminal.json(&["accounts", "--json"]);
    assert_eq!(
        control.counters().revocations,
        in_vain + 4,
        "once is enough"
    );
}

#[test]
fn erasing_asks_first_and_leaves_nothing_of_ours() {
    let terminal = Terminal::new(Keyring::Unlocked);
    terminal.sign_in();
    let asked = terminal.run(&["ask", "--model", "penny-small", "Hello"]);
    assert!(asked.status.success());
    let arguments = [
        "provider",
        "set",
        "chutes",
        "--client-id",
        "cid_1",
        "--secret-stdin",
        "--json",
    ];
    let set = terminal.json_with_input(&arguments, "csc_1");
    assert_eq!(set["client_secret"]["set"], true);
    std::fs::write(terminal.data.join("letter.txt"), "mine").unwrap();

    assert_eq!(terminal.run(&["erase"]).status.code(), Some(2));
    assert!(terminal.data.join("tuppence.db").exists());
    let erased = terminal.json(&["erase", "--yes", "--json"]);
    assert_eq!(erased["accounts"], 1);
    assert_eq!(erased["unheard"], 0);
    let left: Vec<_> = std::fs::read_dir(&terminal.data)
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(left, ["letter.txt"], "what is not ours stays");

    let accounts = terminal.json(&["accounts", "--json"]);
    assert!(accounts.as_array().unwrap().is_empty());
}
