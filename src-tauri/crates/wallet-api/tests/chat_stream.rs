//! Streams that go wrong, over real HTTP.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use std::time::{Duration, Instant};

use futures_util::StreamExt;
use support::*;
use wallet_api::{ApiError, ApiErrorKind, CancellationToken, ChatEvent, FinishReason};

async fn ask_of(reply: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Answer {
    let server = Server::start(reply).await;
    ask(&wallet(quota_at(&server.base))).await
}

fn kind(answer: &Answer) -> Option<ApiErrorKind> {
    answer.error.as_ref().map(ApiError::kind)
}

#[tokio::test]
async fn an_answer_arrives_with_its_invocation_id() {
    let server = Server::start(|_| {
        stream([
            text_event("Hello ").into(),
            text_event("there").into(),
            END.into(),
        ])
    })
    .await;
    let answer = ask(&wallet(quota_at(&server.base))).await;
    assert_eq!(answer.text, "Hello there");
    assert_eq!(answer.invocation_id.as_deref(), Some("inv-1"));
    assert!(matches!(
        answer.finished,
        Some(ChatEvent::Finished {
            finish_reason: FinishReason::Stop,
            ..
        })
    ));

    let requests = server.requests();
    assert_eq!(requests.len(), 1);
    let request = &requests[0];
    assert_eq!(
        (request.method.as_str(), request.path.as_str()),
        ("POST", "/v1/chat/completions")
    );
    assert_eq!(request.token(), Some(FIRST_TOKEN));
    let body: serde_json::Value = serde_json::from_str(&request.body).unwrap();
    let expected = serde_json::json!({
        "model": "model-a", "messages": [{"role": "user", "content": "Why?"}], "max_tokens": 50,
        "stream": true, "stream_options": {"include_usage": true},
    });
    assert_eq!(body, expected);
}

/// Checklist 103.
#[tokio::test]
async fn an_answer_byte_by_byte_is_the_same_answer() {
    let answer = ask_of(|_| {
        let bytes = ("\u{feff}".to_owned() + &text_event("früh 🙂") + END)
            .replace('\n', "\r\n")
            .into_bytes();
        stream(bytes.into_iter().map(|byte| Step::Send(vec![byte])))
    })
    .await;
    assert_eq!(answer.text, "früh 🙂");
    assert!(answer.finished.is_some());
}

/// Checklist 107.
#[tokio::test]
async fn an_end_in_the_middle_is_an_interruption() {
    let answer = ask_of(|_| stream([text_event("half").into()])).await;
    assert_eq!(
        (answer.text.as_str(), kind(&answer)),
        ("half", Some(ApiErrorKind::StreamInterrupted))
    );
}

/// Checklist 108.
#[tokio::test]
async fn a_reset_in_the_middle_is_an_interruption() {
    let answer = ask_of(|_| stream([text_event("half").into(), Step::Reset])).await;
    assert_eq!(
        (answer.text.as_str(), kind(&answer)),
        ("half", Some(ApiErrorKind::StreamInterrupted))
    );
}

#[tokio::test]
async fn a_reset_after_the_last_word_costs_nothing() {
    let end = "data: {\"id\":\"c1\",\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    let answer = ask_of(move |_| stream([text_event("all").into(), end.into(), Step::Reset])).await;
    assert!(
        answer.finished.is_some() && answer.error.is_none(),
        "{answer:?}"
    );
    let answer = ask_of(move |_| stream([text_event("all").into(), end.into(), Step::Hold])).await;
    assert!(
        answer.finished.is_some() && answer.error.is_none(),
        "{answer:?}"
    );
}

/// Checklist 109.
#[tokio::test]
async fn a_last_word_without_its_field_is_an_error() {
    let answer = ask_of(|_| {
        stream([
            text_event("half").into(),
            "{\"error\":\"Unhandled exception: backend\"}".into(),
        ])
    })
    .await;
    assert_eq!(
        (answer.text.as_str(), kind(&answer)),
        ("half", Some(ApiErrorKind::StreamInterrupted))
    );
    assert_eq!(
        answer.error.unwrap().detail(),
        Some("Unhandled exception: backend")
    );
}

/// Checklist 112.
#[tokio::test]
async fn a_web_page_or_an_error_with_status_200_is_no_answer() {
    let html = "<!doctype html><title>Hotel</title>";
    let answer =
        ask_of(move |_| page(200, "Content-Type: text/html; charset=utf-8\r\n", html)).await;
    assert_eq!(
        (kind(&answer), answer.error.unwrap().detail()),
        (Some(ApiErrorKind::Unreadable), Some("Hotel"))
    );
    let answer = ask_of(move |_| stream([html.into()])).await;
    assert_eq!(kind(&answer), Some(ApiErrorKind::Unreadable));
    let answer = ask_of(|_| {
        json(
            200,
            r#"{"error":{"code":"insufficient_credits","message":"m"}}"#,
        )
    })
    .await;
    assert_eq!(kind(&answer), Some(ApiErrorKind::PaymentRequired));
    let answer = ask_of(|_| json(200, r#"{"error":{"message":"upstream failed"}}"#)).await;
    assert_eq!(kind(&answer), Some(ApiErrorKind::ProviderFailing));
    let answer = ask_of(|_| json(200, "not json")).await;
    assert_eq!(kind(&answer), Some(ApiErrorKind::Unreadable));
    let answer = ask_of(|_| page(200, "", "")).await;
    assert_eq!(kind(&answer), Some(ApiErrorKind::Unreadable));
}

#[tokio::test]
async fn a_server_that_does_not_stream_still_answers() {
    let body = "{\n \"id\":\"c\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"whole\"},\"finish_reason\":\"length\"}],\n\"usage\":{\"prompt_tokens\":2}}";
    let answer = ask_of(move |_| json(200, body)).await;
    assert_eq!(answer.text, "whole");
    assert!(matches!(
        answer.finished,
        Some(ChatEvent::Finished {
            finish_reason: FinishReason::Length,
            usage: Some(_),
            ..
        })
    ));
}

/// Checklist 113.
#[tokio::test]
async fn refusals_before_the_answer_keep_their_meaning() {
    for (status, body, expected) in [
        (
            402,
            r#"{"detail":{"message":"send tao","quota_reset_timestamp":"2026-11-21T00:00:00+00:00"}}"#,
            ApiErrorKind::PaymentRequired,
        ),
        (
            404,
            r#"{"detail":"model not found: x"}"#,
            ApiErrorKind::ModelNotFound,
        ),
        (
            429,
            r#"{"error":{"code":"rate_limit_exceeded","message":"m"}}"#,
            ApiErrorKind::RateLimited,
        ),
        (500, "<html>oops</html>", ApiErrorKind::ProviderFailing),
    ] {
        let answer = ask_of(move |_| json(status, body)).await;
        assert_eq!(kind(&answer), Some(expected), "{status}");
        assert!(answer.text.is_empty() && answer.finished.is_none());
    }
    let answer = ask_of(|_| json(404, r#"{"detail":"Not Found"}"#)).await;
    assert_eq!(
        kind(&answer),
        Some(ApiErrorKind::ProviderFailing),
        "the address, not the model"
    );
    let answer = ask_of(|_| page(429, "Retry-After: 7\r\n", "{}")).await;
    assert!(
        matches!(answer.error, Some(ApiError::RateLimited { retry_after: Some(wait), .. }) if wait.as_secs() == 7)
    );
}

/// Checklist 114.
#[tokio::test]
async fn silence_ends_in_time_and_keep_alives_break_it() {
    let begun = Instant::now();
    let answer = ask_of(|_| stream([text_event("half").into(), Step::Hold])).await;
    assert_eq!(
        (answer.text.as_str(), kind(&answer)),
        ("half", Some(ApiErrorKind::Stalled))
    );
    assert!(begun.elapsed() >= LIMITS.idle && begun.elapsed() < 5 * LIMITS.idle);

    let answer = ask_of(|_| {
        let alive = || {
            [
                Step::Wait(Duration::from_millis(500)),
                ": still there\n\n".into(),
            ]
        };
        stream(
            alive()
                .into_iter()
                .chain(alive())
                .chain(alive())
                .chain([text_event("late").into(), END.into()]),
        )
    })
    .await;
    assert_eq!((answer.text.as_str(), kind(&answer)), ("late", None));

    let answer = ask_of(|_| vec![Step::Hold]).await;
    assert!(
        matches!(answer.error, Some(ApiError::Stalled { after }) if after == LIMITS.first_byte)
    );
}

/// Checklist 115.
#[tokio::test]
async fn a_line_without_end_is_refused() {
    let answer = ask_of(|_| {
        stream([
            text_event("half").into(),
            "data: ".into(),
            Step::Repeat(vec![b'x'; 65_536], 4_096),
        ])
    })
    .await;
    assert!(
        matches!(answer.error, Some(ApiError::TooLarge { limit }) if limit == LIMITS.line as u64),
        "{answer:?}"
    );
    assert_eq!(answer.text, "half");
}

#[tokio::test]
async fn an_answer_without_end_is_refused() {
    let answer = ask_of(|_| {
        stream([Step::Repeat(
            text_event("again and ").into_bytes(),
            10_000_000,
        )])
    })
    .await;
    assert!(matches!(answer.error, Some(ApiError::TooLarge { limit }) if limit == LIMITS.total));
    assert!(answer.text.starts_with("again and again"));
}

/// Checklist 117.
#[tokio::test]
async fn cancelling_closes_the_connection_and_keeps_what_came() {
    let server = Server::start(|_| stream([text_event("half").into(), Step::Hold])).await;
    let cancel = CancellationToken::new();
    let mut stream = wallet(quota_at(&server.base))
        .chat(question(), cancel.clone())
        .await
        .unwrap();
    assert!(matches!(
        stream.next().await,
        Some(Ok(ChatEvent::Started { .. }))
    ));
    assert!(matches!(stream.next().await, Some(Ok(ChatEvent::Text(text))) if text == "half"));
    let stop = tokio::spawn(async move {
        tokio::time::sleep(Duration::from_millis(50)).await;
        cancel.cancel();
    });
    assert!(matches!(
        stream.next().await,
        Some(Err(ApiError::Cancelled))
    ));
    assert!(server.closed(Duration::from_secs(1)).await);
    assert!(stream.next().await.is_none());
    stop.await.unwrap();
}

/// Checklist 117.
#[tokio::test]
async fn dropping_the_stream_closes_the_connection() {
    let server = Server::start(|_| stream([text_event("half").into(), Step::Hold])).await;
    let stream = wallet(quota_at(&server.base))
        .chat(question(), CancellationToken::new())
        .await
        .unwrap();
    drop(stream);
    assert!(server.closed(Duration::from_secs(1)).await);
}

/// Checklist 117.
#[tokio::test]
async fn cancelling_before_the_answer_closes_the_connection() {
    let server = Server::start(|_| vec![Step::Hold]).await;
    let cancel = CancellationToken::new();
    let asking = wallet(quota_at(&server.base));
    let asking = tokio::spawn({
        let cancel = cancel.clone();
        async move { asking.chat(question(), cancel).await.map(|_| ()) }
    });
    while server.requests().is_empty() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    cancel.cancel();
    assert!(matches!(asking.await.unwrap(), Err(ApiError::Cancelled)));
    assert!(server.closed(Duration::from_secs(1)).await);
}
