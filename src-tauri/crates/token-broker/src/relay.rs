//! From the app to the provider and back.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::Bytes;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use url::form_urlencoded;
use zeroize::Zeroizing;

use crate::BrokerConfig;
use crate::rate::Windows;
use crate::request::{Refusal, admitted};

/// Longest wait for the provider.
const PATIENCE: Duration = Duration::from_secs(20);

/// Most bytes of its answer.
const ANSWER_BYTES: usize = 256 * 1024;

pub(crate) struct Relay {
    config: BrokerConfig,
    windows: Windows,
    http: reqwest::Client,
}

impl Relay {
    pub(crate) fn new(config: BrokerConfig) -> Result<Self, reqwest::Error> {
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(PATIENCE)
            .build()?;
        Ok(Self {
            windows: Windows::new(config.rate),
            config,
            http,
        })
    }

    fn body(&self, parameters: &[(String, String)]) -> Zeroizing<String> {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.extend_pairs(parameters);
        form.append_pair("client_id", &self.config.client_id);
        form.append_pair("client_secret", &self.config.client_secret);
        Zeroizing::new(form.finish())
    }

    /// Sends an admitted request on, with the client's id and secret.
    async fn forward(&self, parameters: &[(String, String)]) -> Result<Response, reqwest::Error> {
        let body = self.body(parameters);
        let answer = self
            .http
            .post(self.config.token_endpoint.clone())
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ACCEPT, "application/json")
            .body(body.to_string())
            .send()
            .await?;
        let status = answer.status();
        let passed_on: Vec<_> = [header::CONTENT_TYPE, header::RETRY_AFTER]
            .into_iter()
            .filter_map(|name| {
                answer
                    .headers()
                    .get(&name)
                    .cloned()
                    .map(|value| (name, value))
            })
            .collect();
        let body = answer.bytes().await?;
        if status.is_redirection() || body.len() > ANSWER_BYTES {
            return Ok(failing(StatusCode::BAD_GATEWAY));
        }
        let mut response = (status, body).into_response();
        response.headers_mut().remove(header::CONTENT_TYPE);
        response.headers_mut().extend(passed_on);
        Ok(no_store(response))
    }
}

/// `POST /token`.
pub(crate) async fn token(
    State(relay): State<Arc<Relay>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if let Err(wait) = relay.windows.admit(peer.ip(), Instant::now()) {
        let seconds = wait.as_secs().max(1).to_string();
        return no_store(
            (
                StatusCode::TOO_MANY_REQUESTS,
                [(header::RETRY_AFTER, seconds)],
            )
                .into_response(),
        );
    }
    if !is_form(&headers) || headers.contains_key(header::AUTHORIZATION) {
        return refused(Refusal::Malformed);
    }
    let parameters = match admitted(&body, &relay.config.client_id) {
        Ok(parameters) => parameters,
        Err(refusal) => return refused(refusal),
    };
    match relay.forward(&parameters).await {
        Ok(response) => response,
        Err(error) if error.is_timeout() => failing(StatusCode::GATEWAY_TIMEOUT),
        Err(_) => failing(StatusCode::BAD_GATEWAY),
    }
}

fn is_form(headers: &HeaderMap) -> bool {
    let media_type = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    media_type
        .split(';')
        .next()
        .is_some_and(|kind| kind.trim() == "application/x-www-form-urlencoded")
}

fn refused(refusal: Refusal) -> Response {
    json(StatusCode::BAD_REQUEST, refusal.code())
}

/// The provider's fault, not the grant's: a client keeps its session.
fn failing(status: StatusCode) -> Response {
    json(status, "temporarily_unavailable")
}

fn json(status: StatusCode, code: &str) -> Response {
    let body = format!("{{\"error\":\"{code}\"}}");
    no_store((status, [(header::CONTENT_TYPE, "application/json")], body).into_response())
}

/// RFC 6749 section 5.1.
fn no_store(mut response: Response) -> Response {
    let value = axum::http::HeaderValue::from_static("no-store");
    response.headers_mut().insert(header::CACHE_CONTROL, value);
    response
}
