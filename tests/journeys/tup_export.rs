//! Conversations out of one data directory and into another, by the terminal client.

use private_desktop::Keyring;

use crate::terminal::Terminal;

#[test]
fn everything_said_and_paid_moves_to_another_data_directory() {
    let terminal = Terminal::new(Keyring::Unlocked);
    terminal.sign_in();
    let asked = terminal.run(&["ask", "--model", "penny-small", "Show me a table"]);
    assert!(asked.status.success());
    let file = terminal.data.with_file_name("all.json");
    let file = file.to_str().unwrap();
    let exported = terminal.json(&["export", "--out", file, "--json"]);
    assert_eq!(exported["conversations"], 1);

    let other = terminal.data.with_file_name("other");
    let other = other.to_str().unwrap();
    let imported = terminal.json(&["import", file, "--json", "--data-dir", other]);
    assert_eq!(imported["origin"], "tuppence");
    assert_eq!(imported["added"].as_array().unwrap().len(), 1);
    let again = terminal.json(&["import", file, "--json", "--data-dir", other]);
    assert_eq!(again["already_here"], 1);

    let conversations = |terminal: &Terminal, arguments: &[&str]| {
        let exported = terminal.run(arguments);
        let mut value: serde_json::Value = serde_json::from_slice(&exported.stdout).unwrap();
        value["conversations"].take()
    };
    let here = conversations(&terminal, &["export"]);
    let there = conversations(&terminal, &["export", "--data-dir", other]);
    assert_eq!(here, there);
    assert_eq!(here[0]["receipts"][0]["cost"]["label"], "reported");

    let text = terminal.run(&["export", "--as", "markdown"]).stdout;
    assert!(
        String::from_utf8(text)
            .unwrap()
            .starts_with("# Show me a table\n")
    );
    let page = terminal.run(&["export", "--as", "html"]).stdout;
    assert!(String::from_utf8(page).unwrap().contains("<table>"));

    let archive = terminal.data.with_file_name("all.zip");
    let archive = archive.to_str().unwrap();
    let of = |data: &str| conversations(&terminal, &["export", "--deleted", "--data-dir", data]);
    let id = here[0]["id"].as_str().unwrap();
    terminal.json(&["conversations", "bin", id, "--json"]);
    terminal.json(&[
        "export",
        "--as",
        "html",
        "--zip",
        "--deleted",
        "--out",
        archive,
        "--json",
    ]);
    let third = terminal.data.with_file_name("third");
    let third = third.to_str().unwrap();
    terminal.json(&["import", archive, "--json", "--data-dir", third]);
    let bin = terminal.json(&["conversations", "--bin", "--json", "--data-dir", third]);
    assert_eq!(bin[0]["conversation"], id);
    assert_eq!(of(third), of(terminal.data.to_str().unwrap()));

    // A folder of that name is there: nothing takes its place, and nothing half-written stays.
    let taken = terminal.data.with_file_name("taken");
    std::fs::create_dir(&taken).unwrap();
    let refused = terminal.run(&["export", "--zip", "--out", taken.to_str().unwrap()]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(taken.is_dir() && !taken.with_file_name("taken.partial").exists());

    let notes = terminal.data.with_file_name("notes.md");
    std::fs::write(&notes, "# Notes").unwrap();
    let refused = terminal.run(&["import", notes.to_str().unwrap()]);
    assert_eq!(refused.status.code(), Some(2));
}
