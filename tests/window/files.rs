//! Files into the window: to go with words, and to be taken in as conversations.
//!
//! A test cannot move the system's pointer with a file under it, nor use the system's own dialog or
//! clipboard. What it sends are the events that WebKit makes of those, with real files in them.

use private_desktop::{
    Tuppence,
    webdriver::{WebDriver, test_id},
};
use serde_json::{Value, json};

use crate::{
    hosted::HostedSandbox,
    scene::{ANSWER, SOON, Scene},
};

#[test]
fn files_come_by_picker_paste_and_drop_and_go_with_the_words() {
    let scene = Scene::new();
    let sandbox = HostedSandbox::start(&scene.data);
    let (tuppence, _browser) = scene.signed_in();
    pick(
        &tuppence,
        "attach-input",
        "picked.txt",
        "a pennyweight of tea",
    );
    paste(&tuppence, "pasted.txt", "a farthing of salt");
    drop_file(&tuppence, "dropped.md", "# a groat of flour");
    let attached = format!("{} {}", test_id("draft-files"), test_id("attachment"));
    tuppence
        .page()
        .wait_until("three files", SOON, |page| {
            Ok((page.find_all(&attached)?.len() == 3).then_some(()))
        })
        .unwrap();
    tuppence.ask("What is on the list?").unwrap();
    tuppence.wait_for_status("complete", ANSWER).unwrap();
    let (_, heard) = sandbox.control().heard().pop().unwrap();
    for words in [
        "picked.txt",
        "pennyweight",
        "farthing",
        "groat",
        "on the list?",
    ] {
        assert!(heard.contains(words), "{words}: {heard}");
    }
    assert!(!tuppence.page().shows(&attached).unwrap(), "they were sent");
}

#[test]
fn a_file_of_a_kind_that_is_not_sent_says_so_and_keeps_the_words() {
    let scene = Scene::new();
    let (tuppence, _browser) = scene.signed_in();
    tuppence
        .page()
        .type_into(&test_id("composer-input"), "Look at this")
        .unwrap();
    drop_file(&tuppence, "program.bin", "\u{0}\u{1}\u{2}ELF\u{0}");
    said(&tuppence, "cannot be sent");
    let composer = tuppence.page().find(&test_id("composer-input")).unwrap();
    assert_eq!(composer.property("value").unwrap(), "Look at this");
}

#[test]
fn conversations_are_dragged_in_from_tuppence_chatgpt_and_claude() {
    let scene = Scene::new();
    let (tuppence, _browser) = scene.signed_in();
    for (name, file, title, words) in [
        ("own.json", own(), "From another machine", "Hello from afar"),
        (
            "conversations.json",
            chatgpt().to_string(),
            "From ChatGPT",
            "Hello ChatGPT",
        ),
        (
            "conversations-2.json",
            claude().to_string(),
            "From Claude",
            "Hello Claude",
        ),
    ] {
        drop_file(&tuppence, name, &file);
        let opened = |page: &WebDriver| {
            let shown = page.text_of(&test_id("title"))?;
            Ok((shown == title).then_some(()))
        };
        tuppence.page().wait_until(title, SOON, opened).unwrap();
        tuppence
            .page()
            .wait_until(words, SOON, |page| {
                let said = page.text_of(&test_id("message-user"))?;
                Ok((said == words).then_some(()))
            })
            .unwrap();
    }
    drop_file(&tuppence, "own.json", &own());
    said(&tuppence, "already here");
    drop_file(&tuppence, "conversations.json", "{ \"not\": \"finished\"");
    said(&tuppence, "cannot be imported");
}

/// As the file dialog answers.
fn pick(tuppence: &Tuppence<'_>, input: &str, name: &str, words: &str) {
    let script = "const [css, name, words] = arguments;
        const data = new DataTransfer();
        data.items.add(new File([words], name));
        const input = document.querySelector(css);
        input.files = data.files;
        input.dispatchEvent(new Event('change', { bubbles: true }));";
    run(
        tuppence,
        script,
        &[test_id(input).into(), name.into(), words.into()],
    );
}

/// As Ctrl V makes it.
fn paste(tuppence: &Tuppence<'_>, name: &str, words: &str) {
    let script = "const [name, words] = arguments;
        const data = new DataTransfer();
        data.items.add(new File([words], name));
        document.activeElement.dispatchEvent(new ClipboardEvent('paste',
          { clipboardData: data, bubbles: true, cancelable: true }));";
    run(tuppence, script, &[name.into(), words.into()]);
}

/// As letting go of it over the window does.
fn drop_file(tuppence: &Tuppence<'_>, name: &str, words: &str) {
    let script = "const [name, words] = arguments;
        const data = new DataTransfer();
        data.items.add(new File([words], name));
        for (const kind of ['dragenter', 'dragover', 'drop'])
          document.body.dispatchEvent(new DragEvent(kind,
            { dataTransfer: data, bubbles: true, cancelable: true }));";
    run(tuppence, script, &[name.into(), words.into()]);
}

fn run(tuppence: &Tuppence<'_>, script: &str, arguments: &[Value]) {
    tuppence.page().execute(script, arguments).unwrap();
}

/// Waits for these words in a notice.
fn said(tuppence: &Tuppence<'_>, words: &str) {
    tuppence
        .page()
        .wait_until(words, SOON, |page| {
            let all = page.text_of("body")?;
            Ok(all.contains(words).then_some(()))
        })
        .unwrap();
}

/// As an export begins: with what it is.
fn own() -> String {
    let at = "2026-01-02T03:04:05Z";
    let rest = json!({
        "version": 1, "exported_at": at,
        "conversations": [{
            "id": "from-afar", "title": "From another machine", "created_at": at, "updated_at": at,
            "shown_root": "hello",
            "messages": [{"id": "hello", "role": "user", "text": "Hello from afar",
                "status": "complete", "created_at": at, "ended_at": at}],
        }],
    });
    rest.to_string()
        .replacen('{', "{\"format\":\"tuppence-conversations\",", 1)
}

fn chatgpt() -> Value {
    json!([{
        "title": "From ChatGPT", "conversation_id": "c1", "current_node": "b",
        "create_time": 1_760_000_000.0, "update_time": 1_760_000_001.0,
        "mapping": {
            "a": {"id": "a", "message": null, "parent": null, "children": ["b"]},
            "b": {"id": "b", "parent": "a", "children": [], "message": {
                "id": "b", "author": {"role": "user"}, "create_time": 1_760_000_000.0,
                "content": {"content_type": "text", "parts": ["Hello ChatGPT"]}}},
        },
    }])
}

fn claude() -> Value {
    let at = "2026-01-02T03:04:05Z";
    json!([{
        "uuid": "u1", "name": "From Claude", "created_at": at, "updated_at": at,
        "chat_messages": [{"uuid": "m1", "sender": "human", "text": "Hello Claude", "created_at": at,
            "updated_at": at}],
    }])
}
