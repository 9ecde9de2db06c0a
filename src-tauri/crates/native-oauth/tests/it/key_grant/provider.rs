//! A provider that gives keys: codes are used once, with the verifier of their challenge.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::net::TcpListener;

#[derive(Default)]
struct Books {
    /// The challenge of each code that was not used yet.
    codes: HashMap<String, String>,
    keys: Vec<String>,
    down: bool,
}

#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Books>>);

pub(super) struct KeyProvider {
    pub(super) base: String,
    shared: Shared,
}

impl KeyProvider {
    pub(super) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let shared = Shared::default();
        let routes = Router::new()
            .route("/auth", get(authorize))
            .route("/keys", post(exchange))
            .route("/key", get(key))
            .with_state(shared.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self { base, shared }
    }

    pub(super) fn keys(&self) -> Vec<String> {
        self.shared.books().keys.clone()
    }

    pub(super) fn set_down(&self, down: bool) {
        self.shared.books().down = down;
    }

    pub(super) fn revoke_everything(&self) {
        self.shared.books().keys.clear();
    }
}

impl Shared {
    fn books(&self) -> MutexGuard<'_, Books> {
        self.0.lock().unwrap()
    }
}

/// The person agrees at once. `state` is not returned.
async fn authorize(
    State(shared): State<Shared>,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    let knows = ["callback_url", "code_challenge", "limit", "state"];
    let is_known = |name: &String| knows.contains(&name.as_str()) || name.ends_with("_method");
    if !query.keys().all(is_known) || query["code_challenge_method"] != "S256" {
        return StatusCode::BAD_REQUEST.into_response();
    }
    let code = format!("code-{}", shared.books().codes.len());
    let challenge = query["code_challenge"].clone();
    shared.books().codes.insert(code.clone(), challenge);
    Redirect::to(&format!("{}?code={code}", query["callback_url"])).into_response()
}

async fn exchange(State(shared): State<Shared>, Json(body): Json<Value>) -> Response {
    let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
    let challenge = shared.books().codes.remove(&text("code"));
    let fits = challenge.is_some_and(|challenge| {
        challenge_of(&text("code_verifier")) == challenge && text("code_challenge_method") == "S256"
    });
    if !fits {
        let error = json!({ "error": { "code": 403, "message": "no such code" } });
        return (StatusCode::FORBIDDEN, Json(error)).into_response();
    }
    let key = format!("key-of-{}", text("code"));
    shared.books().keys.push(key.clone());
    Json(json!({ "key": key, "user_id": null })).into_response()
}

async fn key(State(shared): State<Shared>, headers: HeaderMap) -> StatusCode {
    let books = shared.books();
    let bearer = headers
        .get(header::AUTHORIZATION)
        .map(|it| it.to_str().unwrap().to_owned());
    match bearer.unwrap_or_default().strip_prefix("Bearer ") {
        _ if books.down => StatusCode::SERVICE_UNAVAILABLE,
        Some(key) if books.keys.iter().any(|known| known == key) => StatusCode::OK,
        _ => StatusCode::UNAUTHORIZED,
    }
}

fn challenge_of(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier))
}
