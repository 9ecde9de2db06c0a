//! Keeping conversations in order, beginning them with a preset, and backups, by the terminal client.

use private_desktop::Keyring;
use serde_json::Value;

use crate::terminal::Terminal;

#[test]
fn a_conversation_is_pinned_renamed_put_away_thrown_away_and_taken_back() {
    let terminal = Terminal::new(Keyring::Unlocked);
    terminal.sign_in();
    let id = ask(&terminal, &["Hello"]);
    let change = |arguments: &[&str]| {
        let mut all = vec!["conversations"];
        all.extend(arguments);
        all.push("--json");
        terminal.json(&all)
    };
    let list = |arguments: &[&str]| change(arguments).as_array().unwrap().len();
    assert_eq!(change(&["pin", &id])["pinned"], true);
    assert_eq!(change(&["pin", &id, "--off"])["pinned"], false);
    assert_eq!(
        change(&["rename", &id, "A", "greeting"])["title"],
        "A greeting"
    );
    assert_eq!(change(&["archive", &id])["archived"], true);
    assert_eq!((list(&[]), list(&["--archived"])), (0, 1));
    assert!(change(&["bin", &id])["in_bin_since"].is_string());
    assert_eq!((list(&["--archived"]), list(&["--bin"])), (0, 1));
    let back = change(&["restore", &id]);
    assert_eq!(
        (&back["archived"], &back["in_bin_since"]),
        (&Value::Bool(true), &Value::Null)
    );
    assert_eq!(change(&["restore", &id])["archived"], false);
    assert_eq!(change(&[])[0]["title"], "A greeting");
    let nobody = terminal.run(&["conversations", "pin", "nobody", "--json"]);
    assert_eq!(nobody.status.code(), Some(2));
}

#[test]
fn a_deleted_message_is_listed_and_brought_back() {
    let terminal = Terminal::new(Keyring::Unlocked);
    let file = terminal.data.with_file_name("deleted.json");
    let at = "2026-11-20T09:00:00Z";
    let message = |id: &str, parent: Option<&str>, role: &str, deleted: bool| {
        serde_json::json!({
            "id": id, "parent": parent, "shown_child": (id == "a").then_some("q2"), "role": role, "text": format!("words of {id}"), "status": "complete",
            "created_at": at, "ended_at": at, "deleted_at": deleted.then_some(at),
        })
    };
    let conversations = serde_json::json!({
        "format": "tuppence-conversations", "version": 2, "conversations": [{
            "id": "c", "title": "Pence", "created_at": at, "updated_at": at, "shown_root": "q",
            "messages": [
                message("q", None, "user", false),
                message("a", Some("q"), "assistant", true),
                message("q2", Some("a"), "user", true),
            ],
        }],
    });
    std::fs::write(&file, conversations.to_string()).unwrap();
    terminal.json(&["import", file.to_str().unwrap(), "--json"]);
    let deleted = terminal.json(&["conversations", "deleted", "--json"]);
    assert_eq!(deleted.as_array().unwrap().len(), 1);
    assert_eq!(
        (
            &deleted[0]["message"],
            &deleted[0]["beginning"],
            &deleted[0]["messages"]
        ),
        (
            &Value::from("a"),
            &Value::from("words of a"),
            &Value::from(2)
        )
    );
    let back = terminal.json(&["conversations", "undelete", "a", "--json"]);
    assert_eq!(back["conversation"], "c");
    let none = terminal.json(&["conversations", "deleted", "c", "--json"]);
    assert_eq!(none, serde_json::json!([]));
    let text = terminal.run(&["export", "--as", "markdown"]).stdout;
    assert!(String::from_utf8(text).unwrap().contains("words of q2"));
    let nothing = terminal.run(&["conversations", "undelete", "a", "--json"]);
    assert_eq!(nothing.status.code(), Some(2));
}

#[test]
fn a_backup_is_made_gone_back_to_and_purged() {
    let terminal = Terminal::new(Keyring::Unlocked);
    terminal.sign_in();
    let id = ask(&terminal, &["Hello"]);
    let made = terminal.json(&["backups", "make", "--json"]);
    let name = made["name"].as_str().unwrap();
    assert!(made["bytes"].as_u64().unwrap() > 0 && made["created_at"].is_string());
    terminal.json(&["conversations", "rename", &id, "Renamed", "--json"]);
    let restored = terminal.json(&["backups", "restore", name, "--json"]);
    assert_eq!(restored["restored"], name);
    let title = |terminal: &Terminal| {
        terminal.json(&["conversations", "--json"])[0]["title"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(title(&terminal), "Hello");
    let list = terminal.json(&["backups", "list", "--json"]);
    let list = list.as_array().unwrap();
    assert!(list.len() >= 2, "what was there is a backup of its own");
    let newest = list[0]["name"].as_str().unwrap();
    terminal.json(&["backups", "restore", newest, "--json"]);
    assert_eq!(title(&terminal), "Renamed");

    for wrong in ["../tuppence.db", "tuppence-0000000000000.db"] {
        let refused = terminal.run(&["backups", "restore", wrong]);
        assert_eq!(refused.status.code(), Some(2), "{wrong}");
    }
    assert_eq!(terminal.run(&["backups", "purge"]).status.code(), Some(2));
    let purged = terminal.json(&["backups", "purge", "--yes", "--json"]);
    assert!(purged["removed"].as_u64().unwrap() >= 3);
    let left = terminal.json(&["backups", "list", "--json"]);
    assert_eq!(left.as_array().unwrap().len(), 0);
}

#[test]
fn a_question_begins_with_a_preset_once_its_variables_are_told() {
    let terminal = Terminal::new(Keyring::Unlocked);
    terminal.sign_in();
    rusqlite::Connection::open(terminal.data.join("tuppence.db"))
        .unwrap()
        .execute(
            "INSERT INTO presets (id, name, instructions, parameters, model_id, created_at)
             VALUES ('p', 'Translator', 'Into {{language}}.', '{\"max_tokens\":9}', 'penny-large', 1)",
            [],
        )
        .unwrap();
    let presets = terminal.json(&["presets", "--json"]);
    assert_eq!(presets[0]["name"], "Translator");
    assert_eq!(presets[0]["variables"][0], "language");
    assert_eq!(presets[0]["max_tokens"], 9);
    let asked = |arguments: &[&str]| {
        let mut all = vec!["ask", "--preset"];
        all.extend(arguments);
        all.push("Good morning");
        terminal.run(&all).status.code()
    };
    assert_eq!(asked(&["translator"]), Some(2), "it asks for a language");
    assert_eq!(asked(&["translator", "--var", "tone=dry"]), Some(2));
    assert_eq!(asked(&["nobody"]), Some(2));
    let id = ask(
        &terminal,
        &[
            "--preset",
            "TRANSLATOR",
            "--var",
            "language=Frisian",
            "Good morning",
        ],
    );
    let rows = terminal.json(&["conversations", "--json"]);
    assert_eq!(
        rows.as_array().unwrap().len(),
        1,
        "what was refused is not recorded"
    );
    assert_eq!(
        (&rows[0]["conversation"], &rows[0]["model"]),
        (&Value::from(id.as_str()), &Value::from("penny-large"))
    );
    let whole = terminal.json(&["export", "--conversation", &id]);
    assert_eq!(whole["conversations"][0]["instructions"], "Into Frisian.");
}

/// Asks and answers the conversation's id.
fn ask(terminal: &Terminal, arguments: &[&str]) -> String {
    let mut all = vec!["ask", "--json"];
    all.extend(arguments);
    let output = terminal.run(&all);
    assert!(output.status.success(), "{output:?}");
    let first = output.stdout.split(|byte| *byte == b'\n').next().unwrap();
    let started: Value = serde_json::from_slice(first).unwrap();
    started["conversation"].as_str().unwrap().to_owned()
}
