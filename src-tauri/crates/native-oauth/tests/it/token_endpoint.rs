//! Token endpoints that answer oddly.

use std::time::Duration;

use native_oauth::{SignInError, TokenEndpointError};

use crate::provider::Answer;
use crate::world::World;

async fn refused(answer: Answer) -> TokenEndpointError {
    let world = World::new().await;
    world
        .provider
        .state()
        .faults
        .token_answers
        .push_back(answer);
    match world.authorize().await {
        Err(SignInError::TokenEndpoint(error)) => error,
        other => panic!("{other:?}"),
    }
}

fn parts(error: &TokenEndpointError) -> (&str, Option<&str>, u16) {
    match error {
        TokenEndpointError::OAuth {
            code,
            description,
            status,
            ..
        } => (code, description.as_deref(), *status),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_standard_error_is_read() {
    let body = r#"{"error":"invalid_grant","error_description":"expired","error_uri":null}"#;
    let error = refused(Answer::json(400, body)).await;
    assert_eq!(parts(&error), ("invalid_grant", Some("expired"), 400));
    assert!(!error.is_transient());
}

#[tokio::test]
async fn a_nested_error_is_read() {
    let body = r#"{"error":{"code":"invalid_token","message":"spent","hint":"x","docs_url":"y"}}"#;
    let error = refused(Answer::json(401, body)).await;
    assert_eq!(parts(&error), ("invalid_token", Some("spent"), 401));
}

#[tokio::test]
async fn a_list_of_missing_fields_is_a_mistake_of_the_client() {
    let error = refused(Answer::json(
        422,
        r#"{"detail":[{"loc":["body","grant_type"]}]}"#,
    ))
    .await;
    assert_eq!(parts(&error), ("invalid_request", None, 422));
}

#[tokio::test]
async fn a_sentence_without_a_code_is_only_a_status() {
    let error = refused(Answer::json(401, r#"{"detail":"Invalid token"}"#)).await;
    assert!(
        matches!(error, TokenEndpointError::Status { status: 401, .. }),
        "{error:?}"
    );
}

#[tokio::test]
async fn pages_and_silence_are_only_a_status() {
    for answer in [Answer::html(500), Answer::html(403), Answer::json(503, "")] {
        let error = refused(answer.clone()).await;
        assert!(
            matches!(error, TokenEndpointError::Status { status, .. } if status == answer.status)
        );
        assert!(error.is_transient());
    }
}

#[tokio::test]
async fn an_error_with_a_good_status_is_an_error() {
    let error = refused(Answer::json(200, r#"{"error":"invalid_grant"}"#)).await;
    assert_eq!(parts(&error).0, "invalid_grant");
    let error = refused(Answer::html(200)).await;
    assert!(
        matches!(error, TokenEndpointError::Unreadable(_)),
        "{error:?}"
    );
}

/// Checklist 73.
#[tokio::test]
async fn a_token_of_another_type_is_refused() {
    for token_type in ["DPoP", "mac", ""] {
        let body = format!(r#"{{"access_token":"a","token_type":"{token_type}","expires_in":60}}"#);
        let error = refused(Answer::json(200, &body)).await;
        assert!(
            matches!(error, TokenEndpointError::Unreadable(_)),
            "{error:?}"
        );
    }
    let error = refused(Answer::json(
        200,
        r#"{"access_token":"","token_type":"bearer"}"#,
    ))
    .await;
    assert!(
        matches!(error, TokenEndpointError::Unreadable(_)),
        "{error:?}"
    );
}

/// Checklist 102: what a provider says is cut down before anyone shows it.
#[tokio::test]
async fn a_hostile_error_is_made_harmless() {
    let code = format!("\\u001b[31m{}", "x".repeat(5000));
    let description = format!("\\u202e\\u0000{}", "y".repeat(5000));
    let body = format!(r#"{{"error":"{code}","error_description":"{description}"}}"#);
    let error = refused(Answer::json(400, &body)).await;
    let (code, description, _) = parts(&error);
    assert!(code.len() <= 64 && !code.contains('\u{1b}'));
    assert!(description.unwrap().chars().all(|c| c == 'y'));
}

#[tokio::test]
async fn a_wait_that_the_provider_asks_for_is_passed_on() {
    let mut answer = Answer::json(429, r#"{"error":"slow_down"}"#);
    answer.headers.push(("retry-after", "7"));
    let error = refused(answer).await;
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    assert!(error.is_transient());
}

/// Checklist 74.
#[tokio::test]
async fn a_missing_lifetime_is_taken_as_short_if_the_token_can_be_renewed() {
    let world = World::new().await;
    world.provider.state().faults.token_response = Some(Box::new(|response| {
        drop(response.as_object_mut().unwrap().remove("expires_in"))
    }));
    let tokens = world.tokens().await;
    let lifetime = tokens
        .expires_at
        .unwrap()
        .duration_since(tokens.received_at)
        .unwrap();
    assert_eq!(lifetime, Duration::from_secs(300));
}

#[tokio::test]
async fn an_absurd_lifetime_is_cut() {
    let world = World::new().await;
    world.provider.state().token_lifetime = u64::MAX;
    let tokens = world.tokens().await;
    let lifetime = tokens
        .expires_at
        .unwrap()
        .duration_since(tokens.received_at)
        .unwrap();
    assert_eq!(lifetime, Duration::from_secs(365 * 24 * 3600));
}

/// Nulls where the standard omits a field.
#[tokio::test]
async fn nulls_are_absences() {
    let world = World::new().await;
    world.provider.state().faults.token_response = Some(Box::new(|response| {
        response["scope"] = serde_json::Value::Null;
        response["refresh_token"] = serde_json::Value::Null;
    }));
    let tokens = world.tokens().await;
    assert!(tokens.refresh_token.is_none());
    assert_eq!(tokens.granted_scopes.to_string(), "openid profile chat");
}
