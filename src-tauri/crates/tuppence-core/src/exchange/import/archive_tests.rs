#![allow(clippy::unwrap_used)]

use std::io::{Cursor, Write as _};

use conversations::{
    AddTo, AttachmentKind, ConversationFilter, Ending, Finished, NewAttachment, Shelf, Store,
    TurnTerms, Words,
};
use zip::write::{SimpleFileOptions, ZipWriter};

use super::super::{Export, ExportFormat, write};
use super::*;

const TERMS: TurnTerms = TurnTerms {
    model_id: "penny-small",
    account_key: "me",
    price_snapshot_json: None,
};

fn fresh() -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap().store;
    (dir, store)
}

/// Two conversations of one title with files, of which one message, and a third conversation in the bin.
fn lived_in(store: &Store) -> Vec<String> {
    let mut ids: Vec<String> = (0..2).map(|number| told(store, number)).collect();
    let answer = store.branch(&ids[0]).unwrap()[1].id.clone();
    let again = store.retry_turn(&answer, &TERMS).unwrap();
    let stopped = Finished::without_usage(Ending::Stopped);
    store.finish(&again.id, &stopped).unwrap();
    store.delete_message(&again.id).unwrap();
    ids.push(told(store, 2));
    store.delete(&ids[2]).unwrap();
    ids
}

fn told(store: &Store, number: u8) -> String {
    let file = NewAttachment {
        name: format!("notes [{number}].txt"),
        kind: AttachmentKind::Text,
        media_type: "text/plain".to_owned(),
        bytes: vec![b'0' + number; 40_000],
        pixels: None,
        pages: None,
    };
    let file = store.add_attachment(AddTo::Request, &file).unwrap();
    let words = Words {
        text: "A penny: for your/thoughts?",
        attachments: &[file.id],
    };
    let (conversation, turn) = store.begin_conversation(words, &TERMS).unwrap();
    store
        .append(&turn.assistant.id, "Two **pence**.", "")
        .unwrap();
    let complete = Finished::without_usage(Ending::Complete {
        finish_reason: None,
    });
    store.finish(&turn.assistant.id, &complete).unwrap();
    conversation.id
}

fn exported(store: &Store, ids: &[String], export: Export) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    write(store, ids, export, &mut out).unwrap().unwrap();
    out.into_inner()
}

fn archive_of(format: ExportFormat, deleted: bool) -> Export {
    Export {
        format,
        deleted,
        archive: true,
    }
}

#[test]
fn an_archive_of_any_format_comes_back_whole_with_its_files_and_what_was_deleted() {
    let (_dir, first) = fresh();
    let ids = lived_in(&first);
    for format in [
        ExportFormat::Json,
        ExportFormat::Markdown,
        ExportFormat::Html,
    ] {
        let bytes = exported(&first, &ids, archive_of(format, true));
        let (_dir, second) = fresh();
        let imported = take_in(&second, &bytes).unwrap().unwrap();
        assert_eq!(
            (imported.origin, imported.added.len()),
            (FileOrigin::Own, 3)
        );
        for id in &ids {
            let whole = first.whole_with_deleted(id).unwrap();
            assert_eq!(second.whole_with_deleted(id).unwrap(), whole);
            let hash = &whole.messages[0].attachments[0].hash;
            let bytes = first.attachment_bytes(hash).unwrap();
            assert_eq!(second.attachment_bytes(hash).unwrap(), bytes);
        }
        let bin = ConversationFilter {
            shelf: Shelf::Bin,
            ..ConversationFilter::default()
        };
        assert_eq!(second.conversations(&bin).unwrap().len(), 1);
    }
}

#[test]
fn what_was_deleted_is_in_no_page() {
    let (_dir, store) = fresh();
    let ids = lived_in(&store);
    let of = |export| super::super::selected(&store, None, Export::takes_deleted(export)).unwrap();
    for format in [ExportFormat::Markdown, ExportFormat::Html] {
        let export = archive_of(format, true);
        assert_eq!(of(export).len(), 3);
        let plain = Export {
            archive: false,
            ..export
        };
        assert_eq!(of(plain).len(), 2, "the bin is not for reading");
        let bytes = exported(&store, &ids, export);
        let zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let ending = format!(".{}", format.extension());
        let pages = zip
            .file_names()
            .filter(|name| name.as_ref().unwrap().ends_with(&ending));
        assert_eq!(pages.count(), 2);
    }
}

#[test]
fn without_a_wish_for_it_nothing_that_was_deleted_goes_along() {
    let (_dir, first) = fresh();
    let ids = lived_in(&first);
    for export in [
        Export::plain(ExportFormat::Json),
        archive_of(ExportFormat::Json, false),
    ] {
        let bytes = exported(&first, &ids[..1], export);
        let (_dir, second) = fresh();
        take_in(&second, &bytes).unwrap().unwrap();
        let whole = second.whole_with_deleted(&ids[0]).unwrap();
        assert_eq!((whole.messages.len(), whole.has_deleted()), (2, false));
    }
}

#[test]
fn a_file_with_what_was_deleted_tells_readers_of_the_first_version() {
    let (_dir, store) = fresh();
    let ids = lived_in(&store);
    let version = |deleted| {
        let export = Export {
            deleted,
            ..Export::plain(ExportFormat::Json)
        };
        let file: Value = serde_json::from_slice(&exported(&store, &ids, export)).unwrap();
        file["version"].as_u64().unwrap()
    };
    assert_eq!((version(false), version(true)), (1, 2));
}

#[test]
fn pages_of_an_archive_have_names_of_their_own_and_point_at_the_files() {
    let (_dir, store) = fresh();
    let ids = lived_in(&store);
    let bytes = exported(&store, &ids[..2], archive_of(ExportFormat::Markdown, false));
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = zip
        .file_names()
        .map(|name| name.unwrap().into_owned())
        .collect();
    let pages: Vec<&String> = names.iter().filter(|name| name.ends_with(".md")).collect();
    assert_eq!(pages.len(), 2, "{names:?}");
    assert!(
        pages[0].ends_with(" A penny for your thoughts.md"),
        "{names:?}"
    );
    assert!(
        pages[1].ends_with(" A penny for your thoughts (2).md"),
        "{names:?}"
    );
    let page = std::io::read_to_string(zip.by_name(pages[0]).unwrap()).unwrap();
    let link = page.split("](").nth(1).unwrap().split(')').next().unwrap();
    assert!(names.iter().any(|name| name == link), "{link}");
}

/// An archive of these entries.
fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn refusal(bytes: &[u8], limits: Limits) -> String {
    let (_dir, store) = fresh();
    let failure = take_in_archive(&store, bytes, limits).unwrap().unwrap_err();
    assert_eq!(failure.kind, FailureKind::ImportUnreadable);
    assert_eq!(
        store.conversations(&ConversationFilter::default()).unwrap(),
        []
    );
    failure.detail
}

const EMPTY: &[u8] = br#"{"format":"tuppence-conversations","version":1,"conversations":[]}"#;

#[test]
fn more_files_than_the_limit_are_refused() {
    let bytes = zipped(&[("conversations.json", EMPTY), ("a", b""), ("b", b"")]);
    let limits = Limits {
        entries: 2,
        ..Limits::USUAL
    };
    assert!(refusal(&bytes, limits).contains("too many"));
}

#[test]
fn conversations_that_unpack_to_more_than_the_limit_are_refused() {
    let limits = Limits {
        document: 1_000,
        ..Limits::USUAL
    };
    let large = zipped(&[("conversations.json", &[b' '; 1_001])]);
    assert!(refusal(&large, limits).contains("too large"));
    let parts = [
        ("conversations-000.json", &[b' '; 600][..]),
        ("conversations-001.json", &[b' '; 600]),
    ];
    assert!(refusal(&zipped(&parts), limits).contains("too large"));
}

#[test]
fn attached_files_are_refused_one_by_one_and_together() {
    let (a, b) = (
        format!("files/{}.txt", "a".repeat(64)),
        format!("files/{}.txt", "b".repeat(64)),
    );
    let bytes = zipped(&[
        ("conversations.json", EMPTY),
        (&a, &[1; 500]),
        (&b, &[2; 500]),
    ]);
    for (file, files) in [(499, 10_000), (500, 999)] {
        let limits = Limits {
            file,
            files,
            ..Limits::USUAL
        };
        assert!(refusal(&bytes, limits).contains("too large"));
    }
    let (_dir, store) = fresh();
    let limits = Limits {
        file: 500,
        files: 1_000,
        ..Limits::USUAL
    };
    take_in_archive(&store, &bytes, limits).unwrap().unwrap();
}

#[test]
fn a_file_that_is_attached_often_is_reckoned_with_once() {
    let name = format!("files/{}.txt", "a".repeat(64));
    let bytes = zipped(&[("conversations.json", EMPTY), (&name, &[7; 500])]);
    let limits = Limits {
        file: 500,
        files: 800,
        ..Limits::USUAL
    };
    let mut archive = Archive::open(&bytes, limits).unwrap();
    for _ in 0..3 {
        assert_eq!(archive.file(&"a".repeat(64)).unwrap().len(), 500);
    }
}

#[test]
fn a_file_that_unpacks_to_more_than_it_says_is_cut_short_and_left_out() {
    let name = format!("files/{}.txt", "a".repeat(64));
    let mut bytes = zipped(&[("conversations.json", EMPTY), (&name, &[7; 70_000])]);
    // The sizes that the archive tells: little-endian, twice, in the entry and in the directory.
    let told = 70_000_u32.to_le_bytes();
    let places: Vec<usize> = (0..bytes.len() - 4)
        .filter(|&at| bytes[at..at + 4] == told)
        .collect();
    assert!(places.len() >= 2, "{places:?}");
    for at in places {
        bytes[at..at + 4].copy_from_slice(&9_u32.to_le_bytes());
    }
    let limits = Limits {
        file: 1_000,
        ..Limits::USUAL
    };
    let mut archive = Archive::open(&bytes, limits).unwrap();
    let unpacked = archive.file(&"a".repeat(64));
    assert!(unpacked.is_none_or(|bytes| bytes.len() <= 1_000));
}

#[test]
fn paths_that_lead_outside_are_refused() {
    for name in [
        "../conversations.json",
        "files/../../x",
        "/etc/passwd",
        "C:/x",
        "files\\..\\x",
    ] {
        // The writer takes no such name, so one of the same length becomes it.
        let placeholder = "q".repeat(name.len());
        let mut bytes = zipped(&[("conversations.json", EMPTY), (&placeholder, b"x")]);
        for at in 0..bytes.len() - name.len() {
            if bytes[at..].starts_with(placeholder.as_bytes()) {
                bytes[at..at + name.len()].copy_from_slice(name.as_bytes());
            }
        }
        let why = refusal(&bytes, Limits::USUAL);
        assert!(why.contains("outside"), "{name}: {why}");
    }
}

#[test]
fn links_are_refused() {
    let mut zip = ZipWriter::new(Cursor::new(zipped(&[])));
    zip.start_file("conversations.json", SimpleFileOptions::default())
        .unwrap();
    zip.write_all(EMPTY).unwrap();
    zip.add_symlink("files/x", "/etc/passwd", SimpleFileOptions::default())
        .unwrap();
    let bytes = zip.finish().unwrap().into_inner();
    assert!(refusal(&bytes, Limits::USUAL).contains("link"));
}

#[test]
fn archives_without_conversations_and_damaged_ones_are_refused() {
    assert!(refusal(&zipped(&[("notes.txt", b"x")]), Limits::USUAL).contains("conversations.json"));
    let whole = zipped(&[("conversations.json", EMPTY)]);
    assert!(refusal(&whole[..whole.len() / 2], Limits::USUAL).contains("damaged"));
}

#[test]
fn a_part_that_cannot_be_read_keeps_the_others_out() {
    let other = include_bytes!("fixtures/chatgpt.json");
    let bytes = zipped(&[
        ("conversations-000.json", other),
        ("conversations-001.json", b"not JSON"),
    ]);
    assert!(refusal(&bytes, Limits::USUAL).contains("JSON"));
}

#[test]
fn the_archives_of_other_apps_need_no_unpacking() {
    let (_dir, store) = fresh();
    let other = include_bytes!("fixtures/chatgpt.json");
    let bytes = zipped(&[
        ("export/conversations.json", other),
        ("export/files/conversations.json", b"not this one"),
        ("export/user.json", b"{}"),
    ]);
    let imported = take_in(&store, &bytes).unwrap().unwrap();
    assert_eq!(
        (imported.origin, imported.added.len()),
        (FileOrigin::ChatGpt, 1)
    );
}
