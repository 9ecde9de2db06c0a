#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::time::{Duration, SystemTime};

use reqwest::StatusCode;
use reqwest::header::{HeaderMap, HeaderValue, RETRY_AFTER};

use super::{header_wait, http_verdict, stream_verdict};
use crate::error::{ApiError, ApiErrorKind, ErrorBody, PaymentCause, RejectionReason};

fn refusal(status: u16, body: &str) -> ApiError {
    let status = StatusCode::from_u16(status).unwrap();
    http_verdict(status, &HeaderMap::new(), &ErrorBody::read(body.as_bytes()))
}

fn cause(body: &str) -> PaymentCause {
    match refusal(402, body) {
        ApiError::PaymentRequired { cause, .. } => cause,
        other => panic!("{other:?}"),
    }
}

/// Checklist 113.
#[test]
fn each_status_means_one_thing() {
    use ApiErrorKind as Kind;
    for (status, body, kind) in [
        (302, "", Kind::Unreadable),
        (400, r#"{"detail":"bad request"}"#, Kind::RequestRejected),
        (
            401,
            r#"{"detail":"Authentication required."}"#,
            Kind::Unauthorized,
        ),
        (402, "", Kind::PaymentRequired),
        (
            403,
            r#"{"error":{"code":"insufficient_scope","message":"m"}}"#,
            Kind::InsufficientScope,
        ),
        (
            403,
            r#"{"detail":"Token does not have permission for this resource"}"#,
            Kind::InsufficientScope,
        ),
        (
            403,
            r#"{"detail":"your account is suspended"}"#,
            Kind::Forbidden,
        ),
        (
            404,
            r#"{"detail":"model not found: x"}"#,
            Kind::ModelNotFound,
        ),
        (408, "", Kind::ProviderFailing),
        (422, r#"{"detail":[{"msg":"m"}]}"#, Kind::RequestRejected),
        (
            429,
            r#"{"error":{"code":"rate_limit_exceeded","message":"m"}}"#,
            Kind::RateLimited,
        ),
        (
            429,
            r#"{"detail":"Infrastructure is at maximum capacity, try again later"}"#,
            Kind::AtCapacity,
        ),
        (
            429,
            r#"{"detail":"Free models limit reached for today - maintain a balance"}"#,
            Kind::PaymentRequired,
        ),
        (500, "<html>", Kind::ProviderFailing),
        (
            503,
            r#"{"detail":"No instances available (yet) for chute_id='x'"}"#,
            Kind::AtCapacity,
        ),
        (
            503,
            r#"{"error":{"code":"provider_unavailable","message":"m"}}"#,
            Kind::ProviderFailing,
        ),
        (529, "", Kind::AtCapacity),
    ] {
        assert_eq!(refusal(status, body).kind(), kind, "{status} {body}");
    }
}

#[test]
fn payment_required_has_its_causes() {
    for (body, expected) in [
        (
            r#"{"error":{"code":"insufficient_credits","message":"m"}}"#,
            PaymentCause::WalletEmpty,
        ),
        (
            r#"{"error":{"code":"insufficient_balance","message":"m"}}"#,
            PaymentCause::WalletEmpty,
        ),
        (
            r#"{"detail":{"message":"Quota exceeded and account balance is $0.0, please pay with fiat or send tao to 5F3s"}}"#,
            PaymentCause::WalletEmpty,
        ),
        (
            r#"{"detail":"Chute unavailable because the creator of this chute has zero balance."}"#,
            PaymentCause::NotYourWallet,
        ),
        (
            r#"{"detail":"This TEE model requires a positive balance"}"#,
            PaymentCause::ModelNotIncluded,
        ),
        (
            r#"{"detail":"Four-hour subscription cap reached"}"#,
            PaymentCause::AllowanceUsedUp { resets_at: None },
        ),
        (
            r#"{"error":{"code":402,"message":"This request requires more credits, or fewer max_tokens. You can only afford 12"}}"#,
            PaymentCause::ReservationTooLarge,
        ),
        (
            r#"{"error":{"code":402,"message":"Key limit exceeded"}}"#,
            PaymentCause::KeyCapReached,
        ),
        ("", PaymentCause::Unknown),
    ] {
        assert_eq!(cause(body), expected, "{body}");
    }
    let resets = cause(
        r#"{"detail":{"message":"Quota exceeded","quota_reset_timestamp":"2026-11-21T00:00:00+00:00"}}"#,
    );
    let at = SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_219_200);
    assert_eq!(
        resets,
        PaymentCause::AllowanceUsedUp {
            resets_at: Some(at)
        }
    );
}

#[test]
fn a_provider_s_words_are_in_the_detail_only() {
    let error = refusal(
        402,
        r#"{"detail":{"message":"send tao to 5F3sa2TJAWMqDhXG6jhV4N8ko9SxwGy8TpaNS1repo5EYjQX"}}"#,
    );
    assert_eq!(
        error.to_string(),
        "the provider asks for payment: the provider does not say why"
    );
    assert_eq!(error.detail(), Some("send tao to …"));
}

#[test]
fn too_long_is_told_from_other_rejections() {
    let reason = |status, body| match refusal(status, body) {
        ApiError::RequestRejected { reason, .. } => reason,
        other => panic!("{other:?}"),
    };
    assert_eq!(reason(413, ""), RejectionReason::TooLong);
    assert_eq!(
        reason(400, r#"{"error":{"code":"context_length_exceeded"}}"#),
        RejectionReason::TooLong
    );
    assert_eq!(
        reason(400, r#"{"detail":"exceeds the maximum context length"}"#),
        RejectionReason::TooLong
    );
    assert_eq!(
        reason(400, r#"{"error":{"type":"content_policy_violation"}}"#),
        RejectionReason::ContentPolicy
    );
    assert_eq!(reason(400, r#"{"detail":"bad"}"#), RejectionReason::Other);
}

/// Checklist 66.
#[test]
fn retry_after_is_seconds_or_a_date_and_is_capped() {
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_445_412_470);
    let wait = |value: &'static str| {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, HeaderValue::from_static(value));
        header_wait(&headers, now)
    };
    assert_eq!(wait("7"), Some(Duration::from_secs(7)));
    assert_eq!(
        wait("Wed, 21 Oct 2015 07:28:00 GMT"),
        Some(Duration::from_secs(10))
    );
    assert_eq!(wait("Wed, 21 Oct 2010 07:28:00 GMT"), Some(Duration::ZERO));
    assert_eq!(wait("soon"), None);

    let mut headers = HeaderMap::new();
    headers.insert(RETRY_AFTER, HeaderValue::from_static("99999999"));
    let error = http_verdict(
        StatusCode::TOO_MANY_REQUESTS,
        &headers,
        &ErrorBody::default(),
    );
    assert!(
        matches!(error, ApiError::RateLimited { retry_after: Some(wait), .. } if wait == Duration::from_secs(86_400))
    );
}

/// Checklist 109.
#[test]
fn an_error_in_a_stream_is_a_refusal_if_it_has_a_code_and_an_interruption_else() {
    let kind = |body: &str| stream_verdict(&ErrorBody::read(body.as_bytes())).kind();
    assert_eq!(
        kind(r#"{"error":{"code":402,"message":"m"}}"#),
        ApiErrorKind::PaymentRequired
    );
    assert_eq!(
        kind(r#"{"error":{"code":"insufficient_credits"}}"#),
        ApiErrorKind::PaymentRequired
    );
    assert_eq!(
        kind(r#"{"error":{"code":"rate_limit_exceeded"}}"#),
        ApiErrorKind::RateLimited
    );
    assert_eq!(
        kind(r#"{"error":"Unhandled exception during response stream: x"}"#),
        ApiErrorKind::StreamInterrupted
    );
    assert_eq!(
        kind(r#"{"error":{"code":502,"message":"upstream"}}"#),
        ApiErrorKind::StreamInterrupted
    );
}
