//! A client that does everything right, and can be told to do one thing wrong.

use std::{collections::HashMap, time::Duration};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use reqwest::{Response, StatusCode};
use sandbox_provider::{Dialect, Sandbox, SandboxConfig, Scenario, Typing, Visitor};
use serde_json::Value;
use sha2::{Digest, Sha256};
use url::Url;

pub const REDIRECT_URI: &str = "http://127.0.0.1:17493/redirect/sandbox";
/// 43 characters, as RFC 7636 asks for.
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub const STATE: &str = "state-of-the-test";
pub const NONCE: &str = "nonce-of-the-test";

/// A running sandbox and a client for it.
pub struct Party {
    pub sandbox: Sandbox,
    pub http: reqwest::Client,
    pub visitor: Visitor,
}

/// Tokens as they came.
#[derive(Debug, Clone)]
pub struct Tokens(pub Value);

impl Tokens {
    pub fn access(&self) -> &str {
        self.0["access_token"].as_str().unwrap()
    }

    pub fn refresh(&self) -> &str {
        self.0["refresh_token"].as_str().unwrap()
    }
}

pub fn config(dialect: Dialect) -> SandboxConfig {
    SandboxConfig {
        dialect,
        typing: Typing::Instant,
        fault_delay: Duration::from_millis(300),
        ..SandboxConfig::default()
    }
}

pub async fn party(dialect: Dialect) -> Party {
    party_with(config(dialect)).await
}

pub async fn party_with(config: SandboxConfig) -> Party {
    let sandbox = Sandbox::start(config).await.unwrap();
    let http = reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(Duration::from_secs(20))
        .build()
        .unwrap();
    Party {
        sandbox,
        http,
        visitor: Visitor::new().unwrap(),
    }
}

pub fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier))
}

pub fn scopes(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Quota => "openid profile email credits.read credits.spend",
        Dialect::Chutes => "openid profile chutes:invoke",
        _ => "openid profile email offline_access",
    }
}

/// The query of a URL, as a map; a repeated name fails the test.
pub fn query(url: &Url) -> HashMap<String, String> {
    let mut map = HashMap::new();
    for (name, value) in url.query_pairs() {
        assert!(
            map.insert(name.to_string(), value.to_string()).is_none(),
            "{name} came twice"
        );
    }
    map
}

impl Party {
    pub fn dialect(&self) -> Dialect {
        self.sandbox.dialect()
    }

    /// An address of the sandbox; the path begins with a slash.
    pub fn at(&self, path: &str) -> Url {
        format!("{}{path}", self.sandbox.issuer_identifier())
            .parse()
            .unwrap()
    }

    pub fn fault(&self, scenario: Scenario) {
        self.sandbox.control().set_scenario(&[scenario]);
    }

    pub fn oauth(&self, name: &str) -> Url {
        let chutes = self.dialect() == Dialect::Chutes;
        self.at(&match (chutes, name) {
            (true, "revoke") => "/idp/token/revoke".to_owned(),
            (true, name) => format!("/idp/{name}"),
            (false, name) => format!("/oauth/{name}"),
        })
    }

    /// The parameters of a good authorization request.
    pub fn authorization(&self) -> Vec<(&'static str, String)> {
        vec![
            ("response_type", "code".into()),
            ("client_id", self.sandbox.client_id().into()),
            ("redirect_uri", REDIRECT_URI.into()),
            ("scope", scopes(self.dialect()).into()),
            ("state", STATE.into()),
            ("nonce", NONCE.into()),
            ("code_challenge", challenge(VERIFIER)),
            ("code_challenge_method", "S256".into()),
        ]
    }

    /// The address of an authorization request with some parameters changed; an empty value leaves one out.
    pub fn authorization_url(&self, changes: &[(&'static str, &str)]) -> Url {
        let mut parameters = self.authorization();
        for (name, value) in changes {
            parameters.retain(|(known, _)| known != name);
            if !value.is_empty() {
                parameters.push((name, (*value).to_owned()));
            }
        }
        let mut url = self.oauth("authorize");
        url.query_pairs_mut().extend_pairs(parameters);
        url
    }

    pub async fn open(&self, url: &Url) -> Response {
        self.http.get(url.clone()).send().await.unwrap()
    }

    /// A code that the person allowed.
    pub async fn code(&self) -> String {
        let redirect = self
            .visitor
            .allow(&self.authorization_url(&[]))
            .await
            .unwrap();
        let query = query(&redirect);
        assert_eq!(query.get("state").map(String::as_str), Some(STATE));
        query["code"].clone()
    }

    /// The form of a good code exchange.
    pub fn exchange(&self, code: &str) -> Vec<(&'static str, String)> {
        self.with_secret(vec![
            ("grant_type", "authorization_code".into()),
            ("code", code.into()),
            ("redirect_uri", REDIRECT_URI.into()),
            ("client_id", self.sandbox.client_id().into()),
            ("code_verifier", VERIFIER.into()),
        ])
    }

    pub fn refreshing(&self, token: &str) -> Vec<(&'static str, String)> {
        self.with_secret(vec![
            ("grant_type", "refresh_token".into()),
            ("refresh_token", token.into()),
            ("client_id", self.sandbox.client_id().into()),
        ])
    }

    fn with_secret(&self, mut form: Vec<(&'static str, String)>) -> Vec<(&'static str, String)> {
        form.extend(
            self.sandbox
                .client_secret()
                .map(|secret| ("client_secret", secret.to_owned())),
        );
        form
    }

    pub async fn token(&self, form: &[(&'static str, String)]) -> (StatusCode, Value) {
        let response = self
            .http
            .post(self.oauth("token"))
            .form(form)
            .send()
            .await
            .unwrap();
        let status = response.status();
        (status, response.json().await.unwrap())
    }

    /// Signs in from beginning to end.
    pub async fn sign_in(&self) -> Tokens {
        let code = self.code().await;
        let (status, body) = self.token(&self.exchange(&code)).await;
        assert_eq!(status, StatusCode::OK, "{body}");
        Tokens(body)
    }

    pub async fn get(&self, path: &str, token: &str) -> (StatusCode, Value) {
        let response = self
            .http
            .get(self.at(path))
            .bearer_auth(token)
            .send()
            .await
            .unwrap();
        let status = response.status();
        (status, response.json().await.unwrap_or_default())
    }

    pub async fn chat(&self, token: &str, body: &Value) -> Response {
        self.http
            .post(self.at("/v1/chat/completions"))
            .bearer_auth(token)
            .json(body)
            .send()
            .await
            .unwrap()
    }

    /// A streamed answer, as text.
    pub async fn stream(&self, token: &str, prompt: &str) -> String {
        let response = self.chat(token, &asking("penny-small", prompt, true)).await;
        assert_eq!(response.status(), StatusCode::OK);
        String::from_utf8(response.bytes().await.unwrap().to_vec()).unwrap()
    }
}

pub fn asking(model: &str, prompt: &str, stream: bool) -> Value {
    serde_json::json!({ "model": model, "stream": stream, "messages": [{ "role": "user", "content": prompt }] })
}

/// The JSON of every event of a stream, without `[DONE]`.
pub fn events(stream: &str) -> Vec<Value> {
    stream
        .split("\n\n")
        .filter_map(|event| event.strip_prefix("data: "))
        .filter(|data| *data != "[DONE]")
        .map(|data| serde_json::from_str(data).unwrap())
        .collect()
}

/// The text that the deltas of a stream join to.
pub fn said(events: &[Value]) -> String {
    events
        .iter()
        .filter_map(|event| event["choices"][0]["delta"]["content"].as_str())
        .collect()
}
