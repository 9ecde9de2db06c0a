//! The endpoints of the test provider.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use axum::extract::{Form, Query, State};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use url::Url;

use super::books::{self, Grant, Granted};
use super::{Answer, CLIENT_ID, PRIVATE_USE_URI, REDIRECT_PATH, Shared, State as Provider};

type Provided = State<Arc<Shared>>;

pub(crate) fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/.well-known/openid-configuration", get(discovery))
        .route("/authorize", get(authorize))
        .route("/token", post(token))
        .route("/revoke", post(revoke))
        .route("/introspect", post(introspect))
        .route("/device", post(device))
        .route("/jwks", get(jwks))
        .with_state(shared)
}

async fn discovery(State(shared): Provided) -> Response {
    let at = |path: &str| format!("{}{path}", shared.issuer);
    let state = shared.state();
    let mut algorithms: Vec<String> = state
        .keys
        .iter()
        .map(|key| format!("{:?}", key.algorithm))
        .collect();
    algorithms.dedup();
    let mut document = json!({
        "issuer": shared.issuer,
        "authorization_endpoint": at("/authorize"),
        "token_endpoint": at("/token"),
        "revocation_endpoint": at("/revoke"),
        "introspection_endpoint": at("/introspect"),
        "device_authorization_endpoint": at("/device"),
        "end_session_endpoint": at("/end-session"),
        "jwks_uri": at("/jwks"),
        "response_types_supported": ["code"],
        "code_challenge_methods_supported": ["S256"],
        "id_token_signing_alg_values_supported": algorithms,
        "authorization_response_iss_parameter_supported": true,
        "userinfo_endpoint": null,
    });
    if let Some(change) = &state.faults.discovery {
        change(&mut document);
    }
    Json(document).into_response()
}

/// A person who agrees at once, or declines at once.
async fn authorize(State(shared): Provided, Query(query): Query<books::Form>) -> Response {
    let field = |name: &str| query.get(name).cloned().unwrap_or_default();
    let redirect_uri = field("redirect_uri");
    let registered = Url::parse(&redirect_uri).is_ok_and(|uri| {
        let at_loopback =
            uri.scheme() == "http" && matches!(uri.host_str(), Some("127.0.0.1" | "[::1]"));
        (at_loopback && uri.path() == REDIRECT_PATH) || uri.as_str() == PRIVATE_USE_URI
    });
    let is_valid = registered
        && field("client_id") == CLIENT_ID
        && field("response_type") == "code"
        && field("code_challenge_method") == "S256"
        && field("code_challenge").len() == 43
        && field("state").len() >= 43;
    if !is_valid {
        return (StatusCode::BAD_REQUEST, "invalid authorization request").into_response();
    }
    let mut state = shared.state();
    state.books.secrets.push(field("state"));
    state.books.secrets.extend(query.get("nonce").cloned());
    let mut parameters = vec![
        ("state".to_owned(), field("state")),
        ("iss".to_owned(), shared.issuer.clone()),
    ];
    if state.faults.deny {
        parameters.push(("error".to_owned(), "access_denied".to_owned()));
        parameters.push((
            "error_description".to_owned(),
            "The person declined".to_owned(),
        ));
    } else {
        let code = state.books.issue_code(Grant {
            redirect_uri: redirect_uri.clone(),
            challenge: field("code_challenge"),
            nonce: query.get("nonce").cloned(),
            scope: field("scope"),
        });
        parameters.push(("code".to_owned(), code));
    }
    if let Some(change) = &state.faults.response {
        change(&mut parameters);
    }
    let mut location = Url::parse(&redirect_uri).unwrap();
    location.query_pairs_mut().extend_pairs(parameters);
    Redirect::to(location.as_str()).into_response()
}

async fn token(State(shared): Provided, Form(form): Form<books::Form>) -> Response {
    let delay = {
        let mut state = shared.state();
        state.requests.push(("/token", form.clone()));
        if let Some(answer) = state.faults.token_answers.pop_front() {
            return answered(answer);
        }
        state.faults.token_delay
    };
    let granted = {
        let mut state = shared.state();
        let authenticated = form.get("client_id").map(String::as_str) == Some(CLIENT_ID)
            && form.get("client_secret") == state.secret.as_ref();
        match (authenticated, form.get("grant_type").map(String::as_str)) {
            (false, _) => Err("invalid_client"),
            (true, Some("authorization_code")) => state.books.redeem_code(&form),
            (true, Some("refresh_token")) => state.books.rotate(&form),
            (true, Some("urn:ietf:params:oauth:grant-type:device_code")) => {
                state.books.poll_device(&form)
            }
            (true, _) => Err("unsupported_grant_type"),
        }
    };
    tokio::time::sleep(delay).await;
    match granted {
        Ok(granted) => {
            let is_refresh = form.contains_key("refresh_token");
            Json(token_response(&shared, granted, is_refresh)).into_response()
        }
        Err(code) => (StatusCode::BAD_REQUEST, Json(json!({"error": code}))).into_response(),
    }
}

fn token_response(shared: &Shared, granted: Granted, is_refresh: bool) -> Value {
    let mut state = shared.state();
    let mut response = json!({
        "access_token": granted.access_token,
        "refresh_token": granted.refresh_token,
        "token_type": "Bearer",
        "expires_in": state.token_lifetime,
        "scope": granted.scope,
    });
    if granted.scope.contains("openid") && (!is_refresh || state.faults.refresh_with_id_token) {
        let id_token = id_token(shared, &state, &granted);
        state.books.secrets.extend(id_token.clone());
        response["id_token"] = json!(id_token);
    }
    if let Some(change) = &state.faults.token_response {
        change(&mut response);
    }
    response
}

fn id_token(shared: &Shared, state: &Provider, granted: &Granted) -> Option<String> {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_secs();
    let at_hash = URL_SAFE_NO_PAD.encode(&Sha256::digest(&granted.access_token)[..16]);
    let mut claims = json!({
        "iss": shared.issuer, "sub": state.subject, "aud": CLIENT_ID, "exp": now + 600, "iat": now,
        "nonce": granted.nonce, "at_hash": at_hash, "name": "Ada", "email": "ada@example.org",
        "email_verified": true,
    });
    if state.keys[0].algorithm == jsonwebtoken::Algorithm::EdDSA {
        let digest = sha2::Sha512::digest(&granted.access_token);
        claims["at_hash"] = json!(URL_SAFE_NO_PAD.encode(&digest[..32]));
    }
    if let Some(change) = &state.faults.claims {
        change(&mut claims);
    }
    match &state.faults.id_token {
        Some(forge) => forge(&state.keys, claims),
        None => Some(state.keys[0].sign(&claims)),
    }
}

async fn revoke(State(shared): Provided, Form(form): Form<books::Form>) -> Response {
    let mut state = shared.state();
    state.requests.push(("/revoke", form.clone()));
    if state.faults.revocation_down {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    match form.get("token") {
        Some(token) => state.books.revoke(token),
        None => {
            return (
                StatusCode::BAD_REQUEST,
                Json(json!({"error": "invalid_request"})),
            )
                .into_response();
        }
    }
    StatusCode::OK.into_response()
}

/// RFC 7662, for the client that the token belongs to.
async fn introspect(State(shared): Provided, Form(form): Form<books::Form>) -> Response {
    let mut state = shared.state();
    state.requests.push(("/introspect", form.clone()));
    if form.get("client_id").map(String::as_str) != Some(CLIENT_ID) {
        let error = Json(json!({"error": "invalid_client"}));
        return (StatusCode::UNAUTHORIZED, error).into_response();
    }
    let token = form.get("token").map(String::as_str).unwrap_or_default();
    if !state.books.is_live(token) {
        return Json(json!({"active": false})).into_response();
    }
    Json(json!({
        "active": true, "client_id": CLIENT_ID, "sub": state.subject, "exp": 4_000_000_000_u64,
        "scope": state.books.access_tokens[token].scope, "token_type": "Bearer",
    }))
    .into_response()
}

/// RFC 8628 section 3.2.
async fn device(State(shared): Provided, Form(form): Form<books::Form>) -> Response {
    let mut state = shared.state();
    state.requests.push(("/device", form.clone()));
    if form.get("client_id").map(String::as_str) != Some(CLIENT_ID) {
        let error = Json(json!({"error": "invalid_client"}));
        return (StatusCode::UNAUTHORIZED, error).into_response();
    }
    let device_code = state.books.issue_device_code(form.get("scope"));
    Json(json!({
        "device_code": device_code, "user_code": "WDJB-MJHT",
        "verification_uri": format!("{}/device/enter", shared.issuer),
        "verification_uri_complete": format!("{}/device/enter?user_code=WDJB-MJHT", shared.issuer),
        "expires_in": state.faults.device_code_lifetime.unwrap_or(600), "interval": 1,
    }))
    .into_response()
}

async fn jwks(State(shared): Provided) -> Response {
    let mut state = shared.state();
    state.requests.push(("/jwks", books::Form::new()));
    let keys: Vec<Value> = state.keys.iter().map(|key| key.public()).collect();
    let body = state
        .faults
        .key_set
        .clone()
        .unwrap_or_else(|| json!({"keys": keys}).to_string());
    ([(header::CONTENT_TYPE, "application/json")], body).into_response()
}

fn answered(answer: Answer) -> Response {
    let mut response = (StatusCode::from_u16(answer.status).unwrap(), answer.body).into_response();
    response.headers_mut().remove(header::CONTENT_TYPE);
    for (name, value) in answer.headers {
        response
            .headers_mut()
            .insert(HeaderName::from_static(name), value.parse().unwrap());
    }
    response
}
