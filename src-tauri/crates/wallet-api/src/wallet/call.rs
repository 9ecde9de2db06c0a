//! Calls to the provider: access token, status, bounds.

mod chat;
mod read;

use std::sync::Arc;
use std::time::Duration;

use native_oauth::{AccessToken, HttpClient};
use reqwest::{RequestBuilder, Response, StatusCode};
use serde::de::DeserializeOwned;
use url::Url;

use crate::error::{ApiError, Detail, ErrorBody, TransportError, UnreadableAnswer, http_verdict};
use crate::profile::ProviderProfile;
use crate::wallet::tokens::AccessTokens;

pub(crate) use read::read_bounded;

/// Longest account call, from connecting to the last byte.
pub(crate) const CALL_TIME: Duration = Duration::from_secs(30);
/// Most bytes of a refusal that are read.
const REFUSAL_BYTES: u64 = 64 << 10;

/// The provider's interface, called as one account.
#[derive(Clone)]
pub(crate) struct Api {
    http: HttpClient,
    profile: Arc<ProviderProfile>,
    tokens: Arc<dyn AccessTokens>,
}

/// What a 404 is about, unless its body says that there is nothing at the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    Account,
    Model,
}

impl Api {
    pub(crate) fn new(
        http: HttpClient,
        profile: Arc<ProviderProfile>,
        tokens: Arc<dyn AccessTokens>,
    ) -> Self {
        Self {
            http,
            profile,
            tokens,
        }
    }

    pub(crate) fn profile(&self) -> &ProviderProfile {
        &self.profile
    }

    pub(crate) fn http(&self) -> &HttpClient {
        &self.http
    }

    /// Reads JSON of at most `limit` bytes as the account.
    pub(crate) async fn get_json<T: DeserializeOwned>(
        &self,
        url: &Url,
        limit: u64,
    ) -> Result<T, ApiError> {
        let request = || self.http.inner().get(url.clone()).timeout(CALL_TIME);
        json(self.as_account(url, request).await?, limit).await
    }

    /// Reads JSON of at most `limit` bytes without saying who asks.
    pub(crate) async fn get_public_json<T: DeserializeOwned>(
        &self,
        url: &Url,
        limit: u64,
    ) -> Result<T, ApiError> {
        self.check(url)?;
        let request = self.http.inner().get(url.clone()).timeout(CALL_TIME);
        let response = request.send().await.map_err(transport)?;
        json(accepted(response, Subject::Account).await?, limit).await
    }

    /// POSTs nothing as the account and reads JSON.
    pub(crate) async fn post_for_json<T: DeserializeOwned>(
        &self,
        url: &Url,
        limit: u64,
    ) -> Result<T, ApiError> {
        let request = || self.http.inner().post(url.clone()).timeout(CALL_TIME);
        json(self.as_account(url, request).await?, limit).await
    }

    /// Sends a request as the account and waits for its status.
    async fn as_account(
        &self,
        url: &Url,
        request: impl Fn() -> RequestBuilder,
    ) -> Result<Response, ApiError> {
        self.check(url)?;
        let response = self.with_token(request, CALL_TIME).await?;
        accepted(response, Subject::Account).await
    }

    /// Sends a request with an access token, and once more with a fresh one if the first is refused.
    /// `limit` is for the head of the response.
    async fn with_token(
        &self,
        request: impl Fn() -> RequestBuilder,
        limit: Duration,
    ) -> Result<Response, ApiError> {
        let request = || self.attributed(request());
        let token = self.access_token().await?;
        let response = send(request(), &token, limit).await?;
        if response.status() != StatusCode::UNAUTHORIZED {
            return Ok(response);
        }
        let fresh = self.tokens.access_token_after_rejection(&token).await;
        send(request(), &fresh.map_err(ApiError::Session)?, limit).await
    }

    /// Says which app asks, where the provider shows that to the person beside what they spent.
    fn attributed(&self, request: RequestBuilder) -> RequestBuilder {
        let headers = self.profile.attribution.iter();
        headers.fold(request, |request, (name, value)| {
            request.header(name.as_str(), value.as_str())
        })
    }

    /// The access token to call with now.
    pub(crate) async fn access_token(&self) -> Result<AccessToken, ApiError> {
        let token = self.tokens.access_token().await;
        token.map_err(ApiError::Session)
    }

    fn check(&self, url: &Url) -> Result<(), ApiError> {
        if self.profile.may_call(url) {
            Ok(())
        } else {
            Err(ApiError::InsecureEndpoint)
        }
    }
}

/// Sends a request with an access token and waits for the head of the response.
async fn send(
    request: RequestBuilder,
    token: &AccessToken,
    limit: Duration,
) -> Result<Response, ApiError> {
    let sending = request.bearer_auth(token.expose()).send();
    match tokio::time::timeout(limit, sending).await {
        Ok(response) => response.map_err(transport),
        Err(_) => Err(ApiError::Stalled { after: limit }),
    }
}

/// A response with a status of success; otherwise what the refusal means.
pub(super) async fn accepted(response: Response, subject: Subject) -> Result<Response, ApiError> {
    let status = response.status();
    if status.is_success() {
        return Ok(response);
    }
    let headers = response.headers().clone();
    let body = read::beginning(response, REFUSAL_BYTES).await;
    let body = ErrorBody::read(&body);
    let is_address = subject == Subject::Account || body.is_html || body.message == "Not Found";
    if status == StatusCode::NOT_FOUND && is_address {
        return Err(ApiError::ProviderFailing {
            status: Some(status.as_u16()),
            detail: body.detail(),
        });
    }
    Err(http_verdict(status, &headers, &body))
}

pub(super) async fn json<T: DeserializeOwned>(
    response: Response,
    limit: u64,
) -> Result<T, ApiError> {
    let bytes = read_bounded(response, limit).await?;
    serde_json::from_slice(&bytes).map_err(|_| not_json(&bytes))
}

/// What came instead of JSON.
fn not_json(bytes: &[u8]) -> ApiError {
    let body = ErrorBody::read(bytes);
    let what = match (bytes.is_empty(), body.is_html) {
        (true, _) => UnreadableAnswer::Empty,
        (_, true) => UnreadableAnswer::Html,
        _ => UnreadableAnswer::Json,
    };
    // What is JSON of another shape may be anybody's data: it is not repeated.
    let is_json = serde_json::from_slice::<serde::de::IgnoredAny>(bytes).is_ok();
    let detail = if is_json {
        Detail::default()
    } else {
        body.detail()
    };
    ApiError::Unreadable { what, detail }
}

pub(crate) fn transport(error: reqwest::Error) -> ApiError {
    if error.is_timeout() && !error.is_connect() {
        return ApiError::Stalled { after: CALL_TIME };
    }
    ApiError::Offline(TransportError::from(error))
}
