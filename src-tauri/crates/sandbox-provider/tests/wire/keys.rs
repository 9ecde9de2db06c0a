//! The openrouter dialect: a code for a lasting key, once, with its verifier, within its limit.

use reqwest::StatusCode;
use sandbox_provider::Dialect;
use serde_json::{Value, json};
use url::Url;

use crate::support::{Party, STATE, VERIFIER, asking, challenge, events, party, query};

const CALLBACK: &str = "http://127.0.0.1:40123/redirect/openrouter/an-unguessable-segment";

fn authorization(party: &Party, changes: &[(&'static str, &str)]) -> Url {
    let mut parameters = vec![
        ("callback_url", CALLBACK.to_owned()),
        ("code_challenge", challenge(VERIFIER)),
        ("code_challenge_method", "S256".to_owned()),
        ("state", STATE.to_owned()),
    ];
    for (name, value) in changes {
        parameters.retain(|(known, _)| known != name);
        if !value.is_empty() {
            parameters.push((name, (*value).to_owned()));
        }
    }
    let mut url = party.at("/auth");
    url.query_pairs_mut().extend_pairs(parameters);
    url
}

async fn code(party: &Party, changes: &[(&'static str, &str)]) -> String {
    let url = authorization(party, changes);
    let redirect = party.visitor.allow(&url).await.unwrap();
    assert!(redirect.as_str().starts_with(CALLBACK));
    let query = query(&redirect);
    assert_eq!(query.len(), 1, "state is not returned");
    query["code"].clone()
}

async fn exchange(party: &Party, body: &Value) -> (StatusCode, Value) {
    let address = party.at("/api/v1/auth/keys");
    let response = party.http.post(address).json(body).send().await.unwrap();
    (response.status(), response.json().await.unwrap())
}

fn exchanging(code: &str) -> Value {
    json!({ "code": code, "code_verifier": VERIFIER, "code_challenge_method": "S256" })
}

async fn key(party: &Party, changes: &[(&'static str, &str)]) -> String {
    let code = code(party, changes).await;
    let (status, body) = exchange(party, &exchanging(&code)).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    body["key"].as_str().unwrap().to_owned()
}

async fn chat(party: &Party, key: &str, model: &str) -> reqwest::Response {
    let address = party.at("/api/v1/chat/completions");
    let body = asking(model, "a table, please", true);
    let request = party.http.post(address).bearer_auth(key).json(&body);
    request.send().await.unwrap()
}

#[tokio::test]
async fn a_code_becomes_a_key_once_and_only_with_its_verifier() {
    let party = party(Dialect::OpenRouter).await;
    let first = code(&party, &[]).await;
    let (status, body) = exchange(&party, &exchanging(&first)).await;
    assert_eq!(status, StatusCode::OK);
    assert!(body["key"].as_str().unwrap().starts_with("sk-or-v1-"));
    assert_eq!(
        exchange(&party, &exchanging(&first)).await.0,
        StatusCode::FORBIDDEN
    );

    let second = code(&party, &[]).await;
    let mut other = exchanging(&second);
    other["code_verifier"] = json!("x".repeat(43));
    assert_eq!(exchange(&party, &other).await.0, StatusCode::FORBIDDEN);
    let spent = exchange(&party, &exchanging(&second)).await;
    assert_eq!(
        spent.0,
        StatusCode::FORBIDDEN,
        "a wrong verifier spends the code"
    );
    assert_eq!(spent.1["error"]["code"], 403);

    let mut plain = exchanging(&code(&party, &[]).await);
    plain["code_challenge_method"] = json!("plain");
    assert_eq!(exchange(&party, &plain).await.0, StatusCode::BAD_REQUEST);
    let form = party
        .http
        .post(party.at("/api/v1/auth/keys"))
        .form(&[("code", "x")]);
    assert_eq!(form.send().await.unwrap().status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_request_that_could_send_the_code_elsewhere_gets_no_consent_page() {
    let party = party(Dialect::OpenRouter).await;
    for changes in [
        ("callback_url", "http://192.0.2.1/redirect"),
        ("callback_url", "http://localhost.example/"),
        ("callback_url", "app.example:/redirect"),
        ("callback_url", "http://127.0.0.1:1/#x"),
        ("callback_url", ""),
        ("code_challenge", ""),
        ("code_challenge", "short"),
        ("code_challenge_method", "plain"),
        ("code_challenge_method", ""),
        ("limit", "-1"),
        ("usage_limit_type", "hourly"),
        ("expires_at", "2001-01-01T00:00:00Z"),
    ] {
        let page = party.open(&authorization(&party, &[changes])).await;
        assert!(page.status().is_client_error(), "{changes:?}");
    }
}

#[tokio::test]
async fn a_key_tells_its_limit_and_the_account_s_money_is_not_told() {
    let party = party(Dialect::OpenRouter).await;
    let key = key(&party, &[("limit", "0.02"), ("usage_limit_type", "daily")]).await;
    let (status, body) = party.get("/api/v1/key", &key).await;
    assert_eq!(status, StatusCode::OK);
    let data = &body["data"];
    assert_eq!(
        (&data["limit"], &data["limit_remaining"]),
        (&json!(0.02), &json!(0.02))
    );
    assert_eq!(
        (&data["limit_reset"], &data["expires_at"]),
        (&json!("daily"), &Value::Null)
    );
    assert_eq!(
        party.get("/api/v1/credits", &key).await.0,
        StatusCode::FORBIDDEN
    );

    let answer = chat(&party, &key, "penny-small")
        .await
        .text()
        .await
        .unwrap();
    assert!(answer.starts_with(": OPENROUTER PROCESSING"));
    let told = events(&answer);
    let cost = told.last().unwrap()["usage"]["cost"].as_f64().unwrap();
    let (_, body) = party.get("/api/v1/key", &key).await;
    assert!((body["data"]["usage"].as_f64().unwrap() - cost).abs() < 1e-9 && cost > 0.0);

    for _ in 0..20 {
        let response = chat(&party, &key, "penny-large").await;
        if response.status() == StatusCode::PAYMENT_REQUIRED {
            let body: Value = response.json().await.unwrap();
            assert_eq!(body["error"]["metadata"]["error_type"], "payment_required");
            return;
        }
        response.bytes().await.unwrap();
    }
    panic!("the limit does not hold");
}

#[tokio::test]
async fn a_key_that_is_not_one_is_refused_in_the_dialect_s_shape() {
    let party = party(Dialect::OpenRouter).await;
    let (status, body) = party.get("/api/v1/key", "sk-or-v1-guessed").await;
    assert_eq!(
        (status, &body["error"]["code"]),
        (StatusCode::UNAUTHORIZED, &json!(401))
    );
    let page = party
        .open(&party.at("/.well-known/openid-configuration"))
        .await;
    assert_eq!(
        page.status(),
        StatusCode::NOT_FOUND,
        "there is no discovery"
    );
    let models = party.open(&party.at("/api/v1/models")).await;
    let models: Value = models.json().await.unwrap();
    assert_eq!(models["data"][0]["pricing"]["prompt"], "0.000000100");
}
