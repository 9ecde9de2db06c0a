//! `--upstream`: chat goes to a small OpenAI-compatible server written out here.

use std::{
    convert::Infallible,
    sync::{Arc, Mutex},
};

use axum::{
    Json, Router,
    body::Body,
    extract::State,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use reqwest::StatusCode;
use sandbox_provider::{Dialect, SandboxConfig};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::support::{Party, asking, config, events, party_with, said};

/// What the upstream was asked.
type Asked = Arc<Mutex<Vec<Value>>>;

async fn chat(State(asked): State<Asked>, Json(body): Json<Value>) -> Response {
    asked.lock().unwrap().push(body.clone());
    if body["model"] == "broken" {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    let usage = json!({ "prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18 });
    if body["stream"] != true {
        let message = json!({ "role": "assistant", "content": "from above" });
        return Json(
            json!({ "choices": [{ "message": message, "finish_reason": "stop" }], "usage": usage }),
        )
        .into_response();
    }
    let chunks = [
        json!({ "id": "up", "choices": [{ "index": 0, "delta": { "content": "from " } }] }),
        json!({ "id": "up", "choices": [{ "index": 0, "delta": { "content": "above" } }] }),
        json!({ "id": "up", "choices": [{ "index": 0, "delta": {}, "finish_reason": "stop" }] }),
        json!({ "id": "up", "choices": [], "usage": usage }),
    ];
    let lines = chunks
        .map(|chunk| format!("data: {chunk}\n\n"))
        .into_iter()
        .chain(["data: [DONE]\n\n".to_owned()]);
    Body::from_stream(futures_util::stream::iter(lines.map(Ok::<_, Infallible>))).into_response()
}

async fn with_upstream() -> (Party, Asked) {
    let asked = Asked::default();
    let models = get(async || Json(json!({ "object": "list", "data": [{ "id": "local-model" }] })));
    let router = Router::new()
        .route("/v1/models", models)
        .route("/v1/chat/completions", post(chat))
        .with_state(Arc::clone(&asked));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let upstream = format!("http://{}/v1", listener.local_addr().unwrap())
        .parse()
        .unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    (
        party_with(SandboxConfig {
            upstream: Some(upstream),
            ..config(Dialect::Quota)
        })
        .await,
        asked,
    )
}

#[tokio::test]
async fn the_upstreams_models_are_listed_at_a_price() {
    let (party, _) = with_upstream().await;
    let tokens = party.sign_in().await;
    let (_, list) = party.get("/v1/models", tokens.access()).await;
    assert_eq!(list["data"][0]["id"], "local-model");
    assert!(
        list["data"][0]["pricing"]["completion_per_1k_tokens"]
            .as_f64()
            .unwrap()
            > 0.0
    );
}

#[tokio::test]
async fn a_forwarded_answer_is_metered_by_the_upstreams_count() {
    let (party, asked) = with_upstream().await;
    let tokens = party.sign_in().await;
    let stream = party
        .chat(tokens.access(), &asking("local-model", "hello", true))
        .await
        .text()
        .await
        .unwrap();
    let events = events(&stream);
    assert_eq!(said(&events), "from above");
    let last = events.last().unwrap();
    assert_eq!(last["usage"]["completion_tokens"], 7);
    assert_eq!(last["quota"]["credits_used"], 4);
    assert_eq!(stream.matches("[DONE]").count(), 1);
    assert_eq!(
        asked.lock().unwrap()[0]["stream_options"]["include_usage"],
        true
    );
    let body: Value = party
        .chat(tokens.access(), &asking("local-model", "hello", false))
        .await
        .json()
        .await
        .unwrap();
    assert_eq!(body["choices"][0]["message"]["content"], "from above");
    assert_eq!(body["quota"]["credits_used"], last["quota"]["credits_used"]);
}

#[tokio::test]
async fn a_failing_upstream_costs_nothing_and_holds_nothing() {
    let (party, _) = with_upstream().await;
    let tokens = party.sign_in().await;
    for _ in 0..3 {
        let answer = party
            .chat(tokens.access(), &asking("broken", "hello", true))
            .await;
        assert_eq!(answer.status(), StatusCode::BAD_GATEWAY);
    }
    let control = party.sandbox.control();
    assert_eq!(control.balance(&control.subjects()[0]), Some(5_000_000));
}
