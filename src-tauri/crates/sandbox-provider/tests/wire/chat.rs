//! Chat: the shape of answers, what they cost, and what happens when they are stopped.

use std::time::Duration;

use futures_util::StreamExt;
use reqwest::StatusCode;
use sandbox_provider::{Dialect, SandboxConfig, Typing};
use serde_json::{Value, json};

use crate::support::{Party, asking, config, events, party, party_with, said};

fn balance(party: &Party) -> i64 {
    let control = party.sandbox.control();
    control.balance(&control.subjects()[0]).unwrap()
}

/// The price of `penny-small`, in micro-dollars, rounded up.
fn small(prompt_tokens: i64, completion_tokens: i64) -> i64 {
    (prompt_tokens * 100_000 + completion_tokens * 400_000 + 999_999) / 1_000_000
}

#[tokio::test]
async fn quota_streams_text_then_the_finish_then_usage_and_bill() {
    let party = party(Dialect::Quota).await;
    let tokens = party.sign_in().await;
    let stream = party.stream(tokens.access(), "Show me a table").await;
    assert!(stream.ends_with("data: [DONE]\n\n"));
    let events = events(&stream);
    let text = said(&events);
    assert!(text.contains("|---"));
    let last = events.last().unwrap();
    let finish = &events[events.len() - 2];
    assert_eq!(finish["choices"][0]["finish_reason"], "stop");
    assert!(events[1]["usage"].is_null());
    let (prompt, completion) = (
        last["usage"]["prompt_tokens"].as_i64().unwrap(),
        last["usage"]["completion_tokens"].as_i64().unwrap(),
    );
    assert_eq!(
        completion,
        i64::try_from(text.len().div_ceil(4)).unwrap(),
        "four bytes a token"
    );
    assert_eq!(prompt, 4 + 3, "the prompt's text and its message");
    let bill = &last["quota"];
    assert_eq!(bill["credits_used"], small(prompt, completion));
    assert_eq!(bill["balance_before"], 5_000_000);
    assert_eq!(bill["balance_after"], balance(&party));
    assert_eq!(balance(&party), 5_000_000 - small(prompt, completion));
}

#[tokio::test]
async fn chutes_tells_the_usage_so_far_on_every_chunk_and_no_cost() {
    let party = party(Dialect::Chutes).await;
    let tokens = party.sign_in().await;
    let response = party
        .chat(tokens.access(), &asking("penny-small", "hello", true))
        .await;
    assert!(response.headers().contains_key("x-chutes-invocationid"));
    let events = events(&response.text().await.unwrap());
    let counts: Vec<u64> = events
        .iter()
        .map(|event| event["usage"]["completion_tokens"].as_u64().unwrap())
        .collect();
    assert!(counts.is_sorted() && counts.len() > 10);
    let last = events.last().unwrap();
    assert_eq!(last["choices"], json!([]));
    assert!(last["quota"].is_null());
    assert!(balance(&party) < 5_000_000);
}

#[tokio::test]
async fn oidc_tells_the_usage_only_if_asked() {
    let party = party(Dialect::Oidc).await;
    let tokens = party.sign_in().await;
    let mut request = asking("penny-small", "hello", true);
    let without = events(
        &party
            .chat(tokens.access(), &request)
            .await
            .text()
            .await
            .unwrap(),
    );
    assert!(without.iter().all(|event| event["usage"].is_null()));
    request["stream_options"] = json!({ "include_usage": true });
    let with = events(
        &party
            .chat(tokens.access(), &request)
            .await
            .text()
            .await
            .unwrap(),
    );
    assert!(
        with.last().unwrap()["usage"]["total_tokens"]
            .as_u64()
            .unwrap()
            > 0
    );
    assert_eq!(
        balance(&party),
        5_000_000,
        "there is no wallet to take from"
    );
}

#[tokio::test]
async fn an_answer_in_one_piece_says_and_costs_the_same() {
    let party = party(Dialect::Quota).await;
    let tokens = party.sign_in().await;
    let body: Value = party
        .chat(
            tokens.access(),
            &asking("penny-small", "Show me a table", false),
        )
        .await
        .json()
        .await
        .unwrap();
    let streamed = events(&party.stream(tokens.access(), "Show me a table").await);
    assert_eq!(body["choices"][0]["message"]["content"], said(&streamed));
    assert_eq!(
        body["quota"]["credits_used"],
        streamed.last().unwrap()["quota"]["credits_used"]
    );
    assert_eq!(body["choices"][0]["finish_reason"], "stop");
}

#[tokio::test]
async fn max_tokens_cuts_the_answer() {
    let party = party(Dialect::Quota).await;
    let tokens = party.sign_in().await;
    let mut request = asking("penny-small", "something long", true);
    request["max_tokens"] = json!(10);
    let events = events(
        &party
            .chat(tokens.access(), &request)
            .await
            .text()
            .await
            .unwrap(),
    );
    assert!(said(&events).len() <= 40);
    assert_eq!(
        events[events.len() - 2]["choices"][0]["finish_reason"],
        "length"
    );
}

#[tokio::test]
async fn a_reasoner_thinks_first_and_bills_its_thoughts() {
    let party = party(Dialect::Quota).await;
    let tokens = party.sign_in().await;
    let text = party
        .chat(tokens.access(), &asking("penny-reasoner", "hello", true))
        .await
        .text()
        .await
        .unwrap();
    let events = events(&text);
    let thought: String = events
        .iter()
        .filter_map(|event| event["choices"][0]["delta"]["reasoning_content"].as_str())
        .collect();
    assert!(thought.len() > 100);
    let expected = (thought.len() + said(&events).len()).div_ceil(4);
    assert_eq!(
        events.last().unwrap()["usage"]["completion_tokens"],
        expected
    );
}

#[tokio::test]
async fn only_the_model_that_sees_takes_images() {
    let party = party(Dialect::Quota).await;
    let tokens = party.sign_in().await;
    let mut request = asking("penny-vision", "", false);
    request["messages"][0]["content"] = json!([
        { "type": "text", "text": "what is this?" },
        { "type": "image_url", "image_url": { "url": "data:image/png;base64,AAAAAAAA" } },
    ]);
    let body: Value = party
        .chat(tokens.access(), &request)
        .await
        .json()
        .await
        .unwrap();
    assert!(
        body["choices"][0]["message"]["content"]
            .as_str()
            .unwrap()
            .contains("`image/png` | 6 bytes")
    );
    request["model"] = json!("penny-small");
    assert_eq!(
        party.chat(tokens.access(), &request).await.status(),
        StatusCode::BAD_REQUEST
    );
    request["messages"][0]["content"][1]["image_url"]["url"] = json!("https://example.com/cat.png");
    request["model"] = json!("penny-vision");
    assert_eq!(
        party.chat(tokens.access(), &request).await.status(),
        StatusCode::BAD_REQUEST,
        "nothing is fetched"
    );
}

#[tokio::test]
async fn senseless_requests_are_refused_without_a_charge() {
    let party = party(Dialect::Quota).await;
    let tokens = party.sign_in().await;
    let unknown = party
        .chat(tokens.access(), &asking("nothing", "hello", true))
        .await;
    assert_eq!(unknown.status(), StatusCode::NOT_FOUND);
    for body in [
        json!({}),
        json!({ "model": "penny-small", "messages": [] }),
        json!({ "model": "penny-small", "messages": [{ "role": "owl", "content": "" }] }),
    ] {
        assert_eq!(
            party.chat(tokens.access(), &body).await.status(),
            StatusCode::BAD_REQUEST,
            "{body}"
        );
    }
    assert_eq!(balance(&party), 5_000_000);
}

/// The quota model reserves first: 402 is possible while something is left.
#[tokio::test]
async fn quota_refuses_what_the_wallet_may_not_cover_and_takes_a_smaller_request() {
    let party = party(Dialect::Quota).await;
    let tokens = party.sign_in().await;
    party.sandbox.control().set_balance(100_000);
    let mut request = asking("penny-large", "hello", true);
    let refused = party.chat(tokens.access(), &request).await;
    assert_eq!(refused.status(), StatusCode::PAYMENT_REQUIRED);
    assert_eq!(
        refused.json::<Value>().await.unwrap()["error"]["code"],
        "insufficient_credits"
    );
    assert_eq!(balance(&party), 100_000, "nothing is charged");
    request["max_tokens"] = json!(1000);
    assert_eq!(
        party.chat(tokens.access(), &request).await.status(),
        StatusCode::OK
    );
}

#[tokio::test]
async fn a_wallet_really_runs_out() {
    let party = party(Dialect::Quota).await;
    let tokens = party.sign_in().await;
    party.sandbox.control().set_balance(60_000);
    let mut request = asking("penny-large", "code", false);
    request["max_tokens"] = json!(500);
    let mut answers = 0;
    while party.chat(tokens.access(), &request).await.status() == StatusCode::OK {
        answers += 1;
        assert!(answers < 10, "it never runs out");
    }
    assert!(answers >= 1 && balance(&party) >= 0);
}

#[tokio::test]
async fn chutes_bills_afterwards_and_can_go_below_zero() {
    let party = party(Dialect::Chutes).await;
    let tokens = party.sign_in().await;
    party.sandbox.control().set_balance(1);
    let answer = party
        .chat(tokens.access(), &asking("penny-large", "code", false))
        .await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert!(balance(&party) < 0);
    let refused = party
        .chat(tokens.access(), &asking("penny-large", "code", false))
        .await;
    assert_eq!(refused.status(), StatusCode::PAYMENT_REQUIRED);
    assert!(refused.json::<Value>().await.unwrap()["detail"]["message"].is_string());
}

/// Checklist 117.
#[tokio::test]
async fn a_stopped_answer_is_billed_for_what_was_written() {
    let typing = Typing::Paced(Duration::from_millis(5));
    let party = party_with(SandboxConfig {
        typing,
        ..config(Dialect::Quota)
    })
    .await;
    let tokens = party.sign_in().await;
    let response = party
        .chat(
            tokens.access(),
            &asking("penny-large", "something long", true),
        )
        .await;
    let mut stream = response.bytes_stream();
    for _ in 0..20 {
        stream.next().await.unwrap().unwrap();
    }
    drop(stream);
    let control = party.sandbox.control();
    tokio::time::timeout(Duration::from_secs(5), async {
        while control.counters().settled_chats == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    })
    .await
    .expect("a stopped answer is settled");
    assert_eq!(control.counters().cancelled_chats, 1);
    let spent = 5_000_000 - balance(&party);
    assert!(
        spent > 0 && spent < 60_000,
        "{spent} of about 700,000 for the whole"
    );
}

#[tokio::test]
async fn an_answer_is_written_at_the_pace_of_a_typist() {
    let typing = Typing::Paced(Duration::from_millis(20));
    let party = party_with(SandboxConfig {
        typing,
        ..config(Dialect::Quota)
    })
    .await;
    let tokens = party.sign_in().await;
    let mut request = asking("penny-small", "hello", true);
    request["max_tokens"] = json!(20);
    let begun = std::time::Instant::now();
    let deltas = events(
        &party
            .chat(tokens.access(), &request)
            .await
            .text()
            .await
            .unwrap(),
    )
    .len()
        - 3;
    assert!(begun.elapsed() >= Duration::from_millis(20) * u32::try_from(deltas).unwrap());
}

#[tokio::test]
async fn stopping_the_sandbox_ends_answers_under_way() {
    let typing = Typing::Paced(Duration::from_secs(3600));
    let party = party_with(SandboxConfig {
        typing,
        ..config(Dialect::Quota)
    })
    .await;
    let tokens = party.sign_in().await;
    let response = party
        .chat(tokens.access(), &asking("penny-small", "hello", true))
        .await;
    tokio::time::timeout(Duration::from_secs(5), party.sandbox.stop())
        .await
        .expect("it stops");
    assert!(!response.text().await.unwrap_or_default().contains("[DONE]"));
}
