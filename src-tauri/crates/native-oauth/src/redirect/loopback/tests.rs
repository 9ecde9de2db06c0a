#![allow(clippy::unwrap_used, clippy::expect_used)]

use proptest::prelude::*;

use super::head::BadHead;
use super::*;

const HOST: &str = "127.0.0.1:17493";

fn parse(head: &str) -> Result<RequestHead, BadHead> {
    RequestHead::parse(head.as_bytes(), HOST)
}

#[test]
fn an_honest_request_is_read() {
    let head = parse(
        "GET /redirect?code=a&state=b HTTP/1.1\r\nAccept: */*\r\nhOsT: 127.0.0.1:17493\r\n\r\n",
    );
    let expected = RequestHead {
        method: "GET".to_owned(),
        path: "/redirect".to_owned(),
        query: "code=a&state=b".to_owned(),
    };
    assert_eq!(head, Ok(expected));
}

/// Checklist 7.
#[test]
fn a_request_for_another_host_is_refused() {
    for host in [
        "evil.example",
        "localhost:17493",
        "127.0.0.1",
        "127.0.0.1:1",
        "127.0.0.1:17493.evil.example",
    ] {
        let head = parse(&format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n"));
        assert_eq!(head, Err(BadHead::OtherHost), "{host}");
    }
}

proptest! {
    /// Checklist 13.
    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..512)) {
        let _ = RequestHead::parse(&bytes, HOST);
    }

    #[test]
    fn a_head_is_read_only_if_it_names_our_host(host in "[a-z0-9.:]{0,24}") {
        let head = parse(&format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n"));
        prop_assert_eq!(head.is_ok(), host == HOST);
    }
}

/// Checklist 16: a header cannot be split by what is put into it.
#[test]
fn a_location_ends_at_a_line_break() {
    let reply = Reply::found("https://provider.example/\r\nSet-Cookie: a=b").to_bytes();
    assert!(!String::from_utf8(reply).unwrap().contains("Set-Cookie"));
}
