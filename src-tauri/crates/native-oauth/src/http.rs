//! The one HTTP client of a sign-in, with the rules that its security needs.

/// A [`reqwest::Client`] that follows no redirect, is bounded in time, never sends what is meant
/// for this machine through a proxy, and names the application.
#[derive(Clone, Debug)]
pub struct HttpClient {
    inner: reqwest::Client,
}

impl HttpClient {
    /// Builds the client.
    ///
    /// # Errors
    /// The platform's certificate store could not be read.
    pub fn new() -> Result<Self, HttpClientError> {
        unimplemented!()
    }

    /// The client itself, for calls that this crate does not make.
    pub fn inner(&self) -> &reqwest::Client {
        &self.inner
    }
}

/// The HTTP client could not be built.
#[derive(Debug, thiserror::Error)]
#[error("the HTTP client could not be set up")]
pub struct HttpClientError(#[source] reqwest::Error);
