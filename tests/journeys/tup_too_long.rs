//! A conversation that outgrows the model, by the terminal client.

use private_desktop::Keyring;
use serde_json::{Value, json};

use crate::terminal::Terminal;

/// Two conversations of more than the 131,072 tokens that the play-money provider takes.
fn outgrown() -> String {
    let at = "2026-11-20T09:00:00Z";
    let words = "one two three four five six seven eight nine ten ".repeat(700);
    let conversation = |name: &str| {
        let id = |number: usize| format!("{name}{number}");
        let messages: Vec<Value> = (0..20)
            .map(|number| {
                json!({
                    "id": id(number), "parent": number.checked_sub(1).map(id),
                    "shown_child": (number < 19).then(|| id(number + 1)),
                    "role": if number % 2 == 0 { "user" } else { "assistant" },
                    "text": words, "status": "complete", "created_at": at, "ended_at": at,
                })
            })
            .collect();
        json!({
            "id": name, "title": name, "created_at": at, "updated_at": at,
            "shown_root": id(0), "messages": messages,
        })
    };
    json!({
        "format": "tuppence-conversations", "version": 1,
        "conversations": [conversation("dropped"), conversation("summarised")],
    })
    .to_string()
}

#[test]
fn it_is_refused_unless_the_oldest_are_to_go_or_a_summary_was_asked_for() {
    let terminal = Terminal::new(Keyring::Unlocked);
    terminal.sign_in();
    let file = terminal.data.with_file_name("long.json");
    std::fs::write(&file, outgrown()).unwrap();
    terminal.json(&["import", file.to_str().unwrap(), "--json"]);
    let ask = |conversation: &str, choice: &[&str]| {
        let mut all = vec!["ask", "--model", "penny-small", "--json"];
        all.extend(["--conversation", conversation]);
        all.extend(choice);
        all.push("And now?");
        let output = terminal.run(&all);
        let events = String::from_utf8(output.stdout).unwrap();
        let last: Option<Value> = events
            .lines()
            .last()
            .map(|line| serde_json::from_str(line).unwrap());
        (output.status.success(), last)
    };
    // The provider does not list how much it takes: its first refusal says it.
    assert!(!ask("dropped", &[]).0);
    assert!(!ask("dropped", &["--if-too-long", "refuse"]).0);
    for (conversation, choice) in [("dropped", "drop-oldest"), ("summarised", "summarise")] {
        let (went, last) = ask(conversation, &["--if-too-long", choice]);
        let last = last.unwrap();
        assert!(went && last["type"] == "finished", "{choice}: {last}");
        // What was chosen holds from then on.
        assert!(ask(conversation, &[]).0, "{choice}");
    }
    let by = terminal.json(&["usage", "--by", "purpose", "--json"]);
    assert!(by.to_string().contains("summary"), "{by}");
}
