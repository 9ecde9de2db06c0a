#![allow(clippy::unwrap_used, clippy::expect_used)]

use proptest::prelude::*;

use super::{EventReader, Record, TooLong};

/// What a reader makes of `chunks`: events as (name, data), strays as ("stray", line).
fn read(chunks: &[&[u8]]) -> Result<Vec<(String, String)>, TooLong> {
    let mut reader = EventReader::new(1024);
    let mut found = Vec::new();
    let mut sink = |record: Record<'_>| -> Result<(), TooLong> {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        found.push(match record {
            Record::Event { name, data } => (text(name), text(data)),
            Record::Stray(line) => ("stray".to_owned(), text(line)),
        });
        Ok(())
    };
    for chunk in chunks {
        reader.feed(chunk, &mut sink)?;
    }
    reader.finish(&mut sink)?;
    Ok(found)
}

fn event(data: &str) -> (String, String) {
    (String::new(), data.to_owned())
}

/// Checklist 103.
#[test]
fn every_line_ending_ends_a_line() {
    for text in [
        "data: a\n\ndata: b\n\n",
        "data: a\r\rdata: b\r\r",
        "data: a\r\n\r\ndata: b\r\n\r\n",
    ] {
        assert_eq!(
            read(&[text.as_bytes()]).unwrap(),
            [event("a"), event("b")],
            "{text:?}"
        );
    }
}

/// Checklist 103.
#[test]
fn byte_order_mark_comments_and_missing_space_are_no_obstacle() {
    let text = "\u{feff}: hello\ndata:a\n: ping\n\n:\ndata:  b\nid: 7\nretry: 3\nfoo: bar\n\n";
    assert_eq!(read(&[text.as_bytes()]).unwrap(), [event("a"), event(" b")]);
}

/// Checklist 103.
#[test]
fn data_lines_are_joined_by_line_feeds() {
    assert_eq!(
        read(&[b"data: a\ndata\ndata: b\n\n"]).unwrap(),
        [event("a\n\nb")]
    );
}

/// Checklist 104.
#[test]
fn events_without_data_are_none() {
    assert_eq!(read(&[b"event: ping\n\n\n\nid: 1\n\n"]).unwrap(), []);
    assert_eq!(read(&[b"data:\n\n"]).unwrap(), [event("")]);
}

#[test]
fn the_name_belongs_to_one_event_only() {
    let found = read(&[b"event: error\ndata: a\n\ndata: b\n\n"]).unwrap();
    assert_eq!(found, [("error".to_owned(), "a".to_owned()), event("b")]);
}

#[test]
fn an_unfinished_event_at_the_end_counts() {
    assert_eq!(
        read(&[b"data: a\n\ndata: b"]).unwrap(),
        [event("a"), event("b")]
    );
}

#[test]
fn a_bare_json_line_is_handed_on() {
    let found = read(&[b"data: a\n\n{\"error\":\"gone\"}"]).unwrap();
    assert_eq!(
        found,
        [
            event("a"),
            ("stray".to_owned(), "{\"error\":\"gone\"}".to_owned())
        ]
    );
}

/// Checklist 115.
#[test]
fn a_line_or_event_beyond_the_limit_is_refused() {
    let line = [b"data: ".as_slice(), &[b'x'; 2000]].concat();
    assert_eq!(read(&[&line]), Err(TooLong));
    assert_eq!(read(&[&line, b"\n\n"]), Err(TooLong));
    let many = b"data: 0123456789012345678901234567890123456789\n".repeat(40);
    assert_eq!(read(&[&many]), Err(TooLong));
}

/// Checklist 103.
#[test]
fn any_split_in_two_reads_the_same() {
    let text = "\u{feff}data: früh\r\n\r\nevent: error\rdata: 1\ndata: 2\n\r\n: c\r\rdata: 🙂\n\n{\"error\":1}";
    let whole = read(&[text.as_bytes()]).unwrap();
    assert_eq!(whole.len(), 4);
    for at in 0..=text.len() {
        let (first, second) = text.as_bytes().split_at(at);
        assert_eq!(read(&[first, second]).unwrap(), whole, "split at {at}");
    }
    let single: Vec<&[u8]> = text.as_bytes().chunks(1).collect();
    assert_eq!(read(&single).unwrap(), whole);
}

proptest! {
    #[test]
    fn any_bytes_in_any_chunks_read_the_same(bytes in proptest::collection::vec(
        prop_oneof![Just(b'\r'), Just(b'\n'), Just(b':'), Just(b' '), Just(b'd'), Just(b'{'), any::<u8>()], 0..200),
        size in 1_usize..20)
    {
        let whole = read(&[&bytes]);
        let chunks: Vec<&[u8]> = bytes.chunks(size).collect();
        prop_assert_eq!(read(&chunks), whole);
    }
}
