#![allow(clippy::unwrap_used)]

use conversations::{ConversationFilter, Role, Store};

use super::super::Files;
use super::*;

fn fresh() -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap().store;
    (dir, store)
}

fn said(store: &Store, id: &str) -> Vec<(Role, String)> {
    let branch = store.branch(id).unwrap();
    branch
        .into_iter()
        .map(|message| (message.role, message.text))
        .collect()
}

fn kind(bytes: &[u8]) -> FailureKind {
    let (_dir, store) = fresh();
    take_in(&store, bytes).unwrap().unwrap_err().kind
}

#[test]
fn an_export_of_chatgpt_comes_in_with_its_branches_and_without_its_machinery() {
    let (_dir, store) = fresh();
    let imported = take_in(&store, include_bytes!("fixtures/chatgpt.json"))
        .unwrap()
        .unwrap();
    let id = "68e7a000-0000-4000-8000-00000000000a";
    assert_eq!(
        imported,
        Imported {
            origin: FileOrigin::ChatGpt,
            added: vec![id.to_owned()],
            already_here: 0,
            left_out: 1
        }
    );
    let row = store.conversation(id).unwrap();
    assert_eq!(
        (row.title.as_str(), row.model_id.as_deref()),
        ("Blue sky", Some("gpt-5-thinking"))
    );
    let branch = store.branch(id).unwrap();
    assert_eq!(
        said(&store, id),
        [
            (Role::User, "[image]\n\nWhy is the sky blue?".to_owned()),
            (Role::Assistant, "Because of scattering.".to_owned()),
        ]
    );
    assert_eq!(branch[1].reasoning, "Think of Rayleigh.");
    assert_eq!(
        branch[0].sibling_ids.len(),
        2,
        "the other question is a branch"
    );
    assert_eq!(store.whole(id).unwrap().messages.len(), 4);

    let again = take_in(&store, include_bytes!("fixtures/chatgpt.json"))
        .unwrap()
        .unwrap();
    assert_eq!((again.added.len(), again.already_here), (0, 1));
}

#[test]
fn an_export_of_claude_comes_in_with_its_documents() {
    let (_dir, store) = fresh();
    let imported = take_in(&store, include_bytes!("fixtures/claude.json"))
        .unwrap()
        .unwrap();
    assert_eq!(
        (imported.origin, imported.added.len()),
        (FileOrigin::Claude, 2)
    );
    let tea = "a3b1c2d4-0000-4000-8000-000000000001";
    let branch = store.branch(tea).unwrap();
    assert_eq!(
        (branch.len(), branch[1].text.as_str()),
        (2, "Tea, briefly."),
        "the latest is shown"
    );
    assert_eq!(branch[1].sibling_ids.len(), 2);
    let other = store.message(&branch[1].sibling_ids[0]).unwrap();
    assert_eq!(
        (other.text.as_str(), other.reasoning.as_str()),
        ("A drink.\n\nMade of leaves.", "Short text.")
    );
    let file = &branch[0].attachments[0];
    assert_eq!(file.name, "tea.txt");
    assert_eq!(
        store.attachment_bytes(&file.hash).unwrap(),
        b"Tea is a drink"
    );
    let older = "a3b1c2d4-0000-4000-8000-000000000010";
    assert_eq!(said(&store, older)[1].1, "Hello to you");
}

#[test]
fn other_files_are_refused_with_a_reason() {
    for bytes in [
        &b"PK\x03\x04"[..],
        b"# Notes",
        b"{}",
        b"[]",
        b"[1,2]",
        br#"{"format":"tuppence-conversations","version":3}"#,
    ] {
        assert_eq!(kind(bytes), FailureKind::ImportUnreadable);
    }
}

#[test]
fn a_chatgpt_tree_that_bites_its_tail_ends() {
    let (_dir, store) = fresh();
    let looped = br#"[{"id":"c","mapping":{"a":{"parent":"b","children":["b"]},"b":{"parent":"a","children":["a"]},
        "r":{"parent":null,"children":["r","m"]},"m":{"parent":"r","children":["r"],
          "message":{"id":"m","author":{"role":"user"},"content":{"content_type":"text","parts":["x"]}}}}}]"#;
    let imported = take_in(&store, looped).unwrap().unwrap();
    assert_eq!(imported.added, ["c"]);
    assert_eq!(said(&store, "c"), [(Role::User, "x".to_owned())]);
}

#[test]
fn our_own_file_comes_back_equal_and_both_pages_carry_nothing_active() {
    let (_dir, store) = fresh();
    take_in(&store, include_bytes!("fixtures/claude.json"))
        .unwrap()
        .unwrap();
    let ids: Vec<String> = store
        .conversations(&ConversationFilter::default())
        .unwrap()
        .into_iter()
        .map(|row| row.id)
        .collect();
    let mut file = Vec::new();
    envelope::write(&store, &ids, false, Files::Inside, &mut file)
        .unwrap()
        .unwrap();
    let (_dir, second) = fresh();
    let imported = take_in(&second, &file).unwrap().unwrap();
    assert_eq!(
        (imported.origin, imported.added.len()),
        (FileOrigin::Own, 2)
    );
    for id in &ids {
        assert_eq!(second.whole(id).unwrap(), store.whole(id).unwrap());
    }

    let hostile = br#"[{"uuid":"h","name":"<script>alert(1)</script>","chat_messages":[
        {"uuid":"1","sender":"human","text":"<img src=x onerror=alert(1)>"},
        {"uuid":"2","sender":"assistant","text":"<script>x</script> ![p](https://example.org/p.png) [l](javascript:alert(1))"}]}]"#;
    take_in(&store, hostile).unwrap().unwrap();
    let mut page = Vec::new();
    super::super::html::write(&store, &["h".to_owned()], Files::Inside, &mut page)
        .unwrap()
        .unwrap();
    let page = String::from_utf8(page).unwrap().to_lowercase();
    for active in [
        "<script",
        "<img",
        "href=\"javascript:",
        " src=\"http",
        "<link",
        "@import",
        "url(",
    ] {
        assert!(!page.contains(active), "{active}");
    }
    assert!(page.contains("&lt;script&gt;alert(1)"));
    let mut text = Vec::new();
    super::super::markdown::write(&store, &ids, Files::Inside, &mut text)
        .unwrap()
        .unwrap();
    let text = String::from_utf8(text).unwrap();
    assert!(
        text.contains("# Tea\n") && text.contains("- attached: tea.txt"),
        "{text}"
    );
}
