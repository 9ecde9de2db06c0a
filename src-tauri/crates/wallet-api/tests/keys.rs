//! A provider that gives a lasting key: what it may spend, what it spent, and how it ends.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use std::time::Duration;

use money::{Amount, MicroUsd};
use native_oauth::SessionError;
use sandbox_provider::{Dialect, Scenario};
use support::journey::{Journey, sign_in, sign_in_for};
use support::{Answer, Request, Server, Step, ask_with, json, question, stream, wallet};
use wallet_api::profile::{KeyTerms, LimitReset};
use wallet_api::{
    ApiError, ApiErrorKind, Balance, ChatEvent, ChatMessage, ChatRequest, KeyCap, PaymentCause,
    ProviderProfile, RejectionReason, Role, profiles,
};

async fn ask(journey: &Journey, model: &str) -> Answer {
    let messages = vec![ChatMessage::new(Role::User, "Show me a table, please.")];
    ask_with(&journey.wallet, ChatRequest::new(model, messages)).await
}

async fn cap(journey: &Journey) -> KeyCap {
    match journey.wallet.balance().await.unwrap() {
        Balance::KeyCap(cap) => cap,
        other => panic!("a key has no {other:?}"),
    }
}

fn cost(answer: &Answer) -> Amount {
    match answer.finished {
        Some(ChatEvent::Finished { reported_cost, .. }) => reported_cost.unwrap(),
        _ => panic!("{:?}", answer.error),
    }
}

fn cause(answer: Answer) -> PaymentCause {
    match answer.error {
        Some(ApiError::PaymentRequired { cause, .. }) => cause,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_key_without_a_cap_says_what_it_spent_and_never_what_the_account_holds() {
    let journey = sign_in(Dialect::OpenRouter).await;
    let profile = journey.wallet.profile().await.unwrap();
    assert_eq!(
        (profile.subject.as_str(), profile.name),
        (journey.subject.as_str(), None)
    );
    let before = cap(&journey).await;
    assert_eq!(
        (before.spent.micro(), before.limit, before.ends_at),
        (0, None, None)
    );

    let models = journey.wallet.models().await.unwrap();
    let model = models
        .iter()
        .find(|model| model.id == "penny-reasoner")
        .unwrap();
    assert_eq!(
        (model.max_output, model.features.as_slice()),
        (Some(16_384), &["reasoning".to_owned()][..])
    );
    let answer = ask(&journey, &model.id).await;
    assert!(answer.text.contains('|') && !answer.reasoning.is_empty());
    assert!(
        answer
            .invocation_id
            .is_some_and(|id| id.starts_with("gen-"))
    );
    let Some(ChatEvent::Finished {
        usage,
        balance_after,
        ..
    }) = answer.finished
    else {
        panic!("{:?}", answer.error);
    };
    let charged = match answer.finished {
        Some(ChatEvent::Finished { reported_cost, .. }) => reported_cost.unwrap(),
        _ => panic!("there is an end"),
    };
    assert_eq!(
        charged.micro(),
        model.prices.unwrap().cost(&usage.unwrap()).0
    );
    assert_eq!(balance_after, None);
    assert_eq!(cap(&journey).await.spent, charged);

    journey.control.set_balance(0);
    assert_eq!(
        cause(ask(&journey, "penny-small").await),
        PaymentCause::WalletEmpty
    );
    assert_eq!(
        cap(&journey).await.limit,
        None,
        "an empty account is not a cap"
    );
}

#[tokio::test]
async fn a_cap_asked_for_at_sign_in_holds_and_is_told_from_an_empty_account() {
    let terms = KeyTerms {
        limit: Some(MicroUsd(20_000)),
        resets: LimitReset::Monthly,
        ..KeyTerms::default()
    };
    let journey = sign_in_for(Dialect::OpenRouter, &terms).await;
    let limit = cap(&journey).await.limit.unwrap();
    assert_eq!((limit.amount.micro(), limit.used.micro()), (20_000, 0));
    assert_eq!(limit.resets, LimitReset::Monthly);

    let mut spent = 0;
    while !cap(&journey).await.limit.unwrap().is_reached() {
        spent += cost(&ask(&journey, "penny-large").await).micro();
        assert_eq!(cap(&journey).await.limit.unwrap().used.micro(), spent);
    }
    assert_eq!(
        cause(ask(&journey, "penny-large").await),
        PaymentCause::KeyCapReached
    );
}

#[tokio::test]
async fn pages_for_money_and_for_the_key_are_known_and_do_not_give_the_key_away() {
    let journey = sign_in(Dialect::OpenRouter).await;
    let money = journey.wallet.top_up_page().await.unwrap().unwrap();
    assert_eq!(money.as_str(), "https://openrouter.ai/settings/credits");
    let manage = journey.wallet.manage_page().await.unwrap().unwrap();
    let fingerprint = manage.path().strip_prefix("/keys/").unwrap();
    assert!(fingerprint.len() == 64 && fingerprint.bytes().all(|b| b.is_ascii_hexdigit()));
    for secret in journey.control.issued_secrets() {
        assert!(!manage.as_str().contains(&secret));
    }
}

#[tokio::test]
async fn a_key_that_was_taken_back_asks_for_a_new_sign_in_and_a_stray_refusal_does_not() {
    let journey = sign_in(Dialect::OpenRouter).await;
    journey.control.set_scenario(&[Scenario::Chat401Once]);
    let stray = ask(&journey, "penny-small").await.error;
    assert!(matches!(
        stray,
        Some(ApiError::Session(SessionError::KeyDisputed))
    ));
    assert!(
        ask(&journey, "penny-small").await.finished.is_some(),
        "the session goes on"
    );

    journey.control.revoke_grant(&journey.subject);
    let error = journey.wallet.balance().await.unwrap_err();
    assert!(
        matches!(error, ApiError::Session(SessionError::ReauthRequired)),
        "{error:?}"
    );
}

fn at(server: &Server) -> ProviderProfile {
    let mut profile = profiles::openrouter_at(&server.base);
    profile.allow_insecure_loopback = true;
    profile
}

async fn refusal(status: u16, body: &'static str) -> ApiError {
    let answer = move |request: &Request| match request.path.as_str() {
        "/api/v1/key" => json(200, r#"{"data":{"limit":null,"usage":1}}"#),
        _ => json(status, body),
    };
    let server = Server::start(answer).await;
    ask_with(&wallet(at(&server)), question())
        .await
        .error
        .unwrap()
}

#[tokio::test]
async fn refusals_are_told_apart_by_what_they_carry() {
    let flagged = r#"{"error":{"code":403,"message":"Input was refused","metadata":
        {"reasons":["violence"],"flagged_input":"…","provider_name":"x"}}}"#;
    let error = refusal(403, flagged).await;
    let reason = RejectionReason::ContentPolicy;
    assert!(matches!(error, ApiError::RequestRejected { reason: found, .. } if found == reason));

    let region = r#"{"error":{"code":403,"message":"Not in your region","metadata":{"error_type":"permission_denied"}}}"#;
    assert_eq!(refusal(403, region).await.kind(), ApiErrorKind::Forbidden);

    let busy = r#"{"error":{"code":503,"message":"No provider","availability":{"retryable":true,"retry_after":7}}}"#;
    assert_eq!(refusal(503, busy).await.kind(), ApiErrorKind::AtCapacity);
    let limited =
        r#"{"error":{"code":429,"message":"Slow down","availability":{"retry_after":7}}}"#;
    let error = refusal(429, limited).await;
    let wait = Some(Duration::from_secs(7));
    assert!(matches!(error, ApiError::RateLimited { retry_after, .. } if retry_after == wait));

    let unpaid = r#"{"error":{"code":402,"message":"Please pay","metadata":{"error_type":"payment_required"}}}"#;
    let error = refusal(402, unpaid).await;
    let cause = PaymentCause::WalletEmpty;
    assert!(matches!(error, ApiError::PaymentRequired { cause: found, .. } if found == cause));

    let in_a_success = r#"{"error":{"code":502,"message":"Upstream failed"}}"#;
    assert_eq!(
        refusal(200, in_a_success).await.kind(),
        ApiErrorKind::ProviderFailing
    );
}

#[tokio::test]
async fn an_error_at_the_top_of_a_chunk_ends_an_answer_whose_status_was_200() {
    let server = Server::start(|_| {
        stream([Step::from(
            ": OPENROUTER PROCESSING\n\ndata: {\"id\":\"gen-1\",\"choices\":[{\"delta\":{\"content\":\"Half\"}}]}\n\n\
             data: {\"id\":\"gen-1\",\"error\":{\"code\":429,\"message\":\"later\",\"metadata\":{\"error_type\":\"rate_limit_exceeded\"}},\
             \"choices\":[{\"delta\":{},\"finish_reason\":\"error\"}]}\n\n",
        )])
    })
    .await;
    let answer = ask_with(&wallet(at(&server)), question()).await;
    assert_eq!((answer.text.as_str(), answer.finished), ("Half", None));
    assert_eq!(
        answer.error.map(|error| error.kind()),
        Some(ApiErrorKind::RateLimited)
    );
}
