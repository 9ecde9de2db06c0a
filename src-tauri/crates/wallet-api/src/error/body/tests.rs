#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::time::{Duration, SystemTime};

use super::ErrorBody;

fn read(body: &str) -> ErrorBody {
    ErrorBody::read(body.as_bytes())
}

fn code_and_message(body: &str) -> (Option<String>, String) {
    let body = read(body);
    (body.code, body.message)
}

#[test]
fn every_shape_gives_its_code_and_words() {
    for (body, code, message) in [
        (
            r#"{"detail":"model not found: x"}"#,
            None,
            "model not found: x",
        ),
        (
            r#"{"detail":{"message":"Quota exceeded"}}"#,
            None,
            "Quota exceeded",
        ),
        (
            r#"{"detail":[{"loc":["body","a"],"msg":"field required","type":"missing"},{"msg":"bad"}]}"#,
            None,
            "field required; bad",
        ),
        (
            r#"{"detail":{"object":"error","message":"too long","type":"BadRequestError","code":400}}"#,
            Some("BadRequestError"),
            "too long",
        ),
        (
            r#"{"error":"invalid_grant"}"#,
            Some("invalid_grant"),
            "invalid_grant",
        ),
        (
            r#"{"error":"invalid_scope","error_description":"no such scope"}"#,
            Some("invalid_scope"),
            "no such scope",
        ),
        (
            r#"{"error":"Unhandled exception during response stream: boom"}"#,
            None,
            "Unhandled exception during response stream: boom",
        ),
        (
            r#"{"error":"infra_overload","detail":"at maximum capacity"}"#,
            Some("infra_overload"),
            "at maximum capacity",
        ),
        (
            r#"{"error":{"code":"insufficient_credits","message":"Top up","hint":"h","docs_url":"u"}}"#,
            Some("insufficient_credits"),
            "Top up",
        ),
        (
            r#"{"error":{"code":429,"message":"slow","metadata":{"error_type":"rate_limit"}},"user_id":"u"}"#,
            Some("rate_limit"),
            "slow",
        ),
        (
            r#"{"error":{"message":"gone","type":"server_error","code":null}}"#,
            Some("server_error"),
            "gone",
        ),
        (
            r#"{"object":"error","message":"bad","code":40001}"#,
            None,
            "bad",
        ),
        (r#"[{"error":{"code":503,"message":"busy"}}]"#, None, "busy"),
        (r#""just words""#, None, "just words"),
        ("upstream connect error", None, "upstream connect error"),
        ("{}", None, ""),
        ("", None, ""),
        ("null", None, ""),
    ] {
        assert_eq!(
            code_and_message(body),
            (code.map(str::to_owned), message.to_owned()),
            "{body}"
        );
    }
}

#[test]
fn a_web_page_gives_its_title_only() {
    let body =
        read("\n<!DOCTYPE html><html><head><TITLE>502 Bad Gateway</TITLE></head><body>x</body>");
    assert!(body.is_html);
    assert_eq!(body.message, "502 Bad Gateway");
}

#[test]
fn times_and_statuses_in_a_body_are_read() {
    let midnight = Some(SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_219_200));
    for time in [
        r#""2026-11-21T00:00:00+00:00""#,
        r#""2026-11-21T00:00:00""#,
        r#""2026-11-21T01:00:00.000+01:00""#,
        "1795219200",
    ] {
        let detail = format!(r#"{{"detail":{{"message":"m","quota_reset_timestamp":{time}}}}}"#);
        assert_eq!(read(&detail).resets_at, midnight, "{time}");
    }
    let body = read(r#"{"error":{"code":402,"message":"m","retry_after":2.5}}"#);
    let wait = Some(Duration::from_millis(2500));
    assert_eq!((body.status, body.retry_after), (Some(402), wait));
    let body = read(
        r#"{"error":{"code":-1,"message":"m","retry_after":-3,"quota_reset_timestamp":"soon"}}"#,
    );
    assert_eq!(
        (body.status, body.retry_after, body.resets_at),
        (None, None, None)
    );
}

#[test]
fn an_answer_without_error_is_no_error() {
    for answer in [
        r#"{"choices":[]}"#,
        r#"{"error":null,"choices":[]}"#,
        "3",
        "[]",
    ] {
        let value = serde_json::from_str(answer).unwrap();
        assert_eq!(ErrorBody::of_answer(&value), None, "{answer}");
    }
}
