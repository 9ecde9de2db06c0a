//! The one HTTP client of a sign-in, with the rules that its security needs.

mod proxy;
#[cfg(test)]
mod tests;

use std::fmt;
use std::time::{Duration, SystemTime};

use http::header::{CONTENT_TYPE, DATE, RETRY_AFTER};
use zeroize::Zeroizing;

/// Within this time a connection must stand.
const CONNECT_LIMIT: Duration = Duration::from_secs(10);
/// Within this time a whole exchange of this crate must be over: discovery, keys, tokens.
const EXCHANGE_LIMIT: Duration = Duration::from_secs(20);

/// A [`reqwest::Client`] that follows no redirect (a bearer token must not travel on), never sends
/// what is meant for this machine through a proxy, and does not wait for ever for a connection.
///
/// Proxies are taken from `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`.
#[derive(Clone)]
pub struct HttpClient {
    inner: reqwest::Client,
}

impl HttpClient {
    /// Builds the client, with this crate's name as its `User-Agent`.
    ///
    /// # Errors
    /// The platform's certificates could not be read, or a proxy variable is not an address.
    pub fn new() -> Result<Self, HttpClientError> {
        Self::named(concat!("native-oauth/", env!("CARGO_PKG_VERSION")))
    }

    /// Builds the client with another `User-Agent`, such as the application's name and version.
    ///
    /// # Errors
    /// Those of [`HttpClient::new`].
    pub fn named(user_agent: &str) -> Result<Self, HttpClientError> {
        Self::build(user_agent, |name| std::env::var(name).ok())
    }

    fn build(
        user_agent: &str,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, HttpClientError> {
        // A proxy set here also switches off reqwest's own reading of the variables, which knows no
        // exception for loopback; `no_proxy` does so where there is none.
        let mut builder = reqwest::Client::builder().no_proxy();
        for proxy in proxy::from_environment(variable).map_err(HttpClientError)? {
            builder = builder.proxy(proxy);
        }
        let inner = builder
            .user_agent(user_agent)
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(CONNECT_LIMIT)
            .build()
            .map_err(HttpClientError)?;
        Ok(Self { inner })
    }

    /// The client itself, for calls that this crate does not make. It limits the time to connect
    /// only: a stream of unknown length goes through it too.
    pub fn inner(&self) -> &reqwest::Client {
        &self.inner
    }

    /// Sends a request and reads at most `limit` bytes of its answer, within a bounded time.
    pub(crate) async fn exchange(
        &self,
        mut request: reqwest::Request,
        limit: usize,
    ) -> Result<Reply, TransportError> {
        request.timeout_mut().get_or_insert(EXCHANGE_LIMIT);
        let mut response = self.inner.execute(request).await?;
        let mut body = Zeroizing::new(Vec::new());
        while let Some(part) = response.chunk().await? {
            if body.len() + part.len() > limit {
                return Err(TransportError::TooLarge { limit });
            }
            body.extend_from_slice(&part);
        }
        let header = |name| response.headers().get(name)?.to_str().ok();
        Ok(Reply {
            status: response.status().as_u16(),
            retry_after: header(RETRY_AFTER)
                .and_then(|seconds| seconds.trim().parse().ok().map(Duration::from_secs)),
            date: header(DATE).and_then(|date| httpdate::parse_http_date(date).ok()),
            content_type: header(CONTENT_TYPE).map(str::to_owned),
            body,
        })
    }

    /// [`HttpClient::exchange`] for a JSON document.
    pub(crate) async fn get_json(
        &self,
        url: url::Url,
        limit: usize,
    ) -> Result<Reply, TransportError> {
        let mut request = reqwest::Request::new(http::Method::GET, url);
        request.headers_mut().insert(
            http::header::ACCEPT,
            http::HeaderValue::from_static("application/json"),
        );
        self.exchange(request, limit).await
    }
}

/// Without the proxies, whose addresses may have a password.
impl fmt::Debug for HttpClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HttpClient")
    }
}

/// An answer that was read to its end. The body is zeroized on drop, for it may hold tokens.
pub(crate) struct Reply {
    pub(crate) status: u16,
    /// `Retry-After`, where it is a number of seconds.
    pub(crate) retry_after: Option<Duration>,
    /// `Date`: what the time is where the answer comes from.
    pub(crate) date: Option<SystemTime>,
    pub(crate) content_type: Option<String>,
    pub(crate) body: Zeroizing<Vec<u8>>,
}

/// The HTTP client could not be built.
#[derive(Debug, thiserror::Error)]
#[error("the HTTP client could not be set up")]
pub struct HttpClientError(#[source] reqwest::Error);

/// Why a request got no usable answer.
#[derive(Debug, thiserror::Error)]
pub enum TransportError {
    /// No connection, no trust in the certificate, or not in time.
    #[error("the request got no answer")]
    Request(#[source] reqwest::Error),
    /// The request could not be written.
    #[error("the request was not sent")]
    NotSent,
    /// The answer is larger than any honest one.
    #[error("the answer is larger than {limit} bytes")]
    TooLarge {
        /// The most bytes that are read.
        limit: usize,
    },
}

impl From<reqwest::Error> for TransportError {
    fn from(error: reqwest::Error) -> Self {
        Self::Request(error.without_url())
    }
}
