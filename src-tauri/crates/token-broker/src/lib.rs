//! A stateless relay that adds a client secret to token requests, and does nothing else.
//!
//! For providers that demand a secret of every client (RFC 6749 section 2.3.1), where one party ships a
//! native app to others: the secret stays on that party's server. See the README for what the relay can
//! see, and what it cannot protect.
#![deny(missing_docs)]

mod rate;
mod relay;
mod request;

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::post;
use tokio::net::TcpListener;
use url::Url;
use zeroize::Zeroizing;

pub use rate::RateLimit;

/// Most bytes of a token request; codes and refresh tokens are far smaller.
const REQUEST_BYTES: usize = 16 * 1024;

/// What a broker is started for: one client at one token endpoint.
pub struct BrokerConfig {
    /// The provider's token endpoint: `https`, or `http` to a loopback literal for tests.
    pub token_endpoint: Url,
    /// The client whose secret is added. Requests for another are refused.
    pub client_id: String,
    /// The secret.
    pub client_secret: Zeroizing<String>,
    /// How often one address may ask.
    pub rate: RateLimit,
}

/// Why a broker does not start.
#[derive(Debug, thiserror::Error)]
pub enum BrokerError {
    /// The token endpoint is neither `https` nor on this machine.
    #[error("the token endpoint must begin with https")]
    InsecureEndpoint,
    /// There is no secret to add.
    #[error("the client secret is empty: give it on standard input")]
    NoSecret,
    /// The HTTP client could not be set up.
    #[error("the HTTP client could not be set up")]
    Client(#[source] reqwest::Error),
    /// The address could not be listened on, or serving ended.
    #[error("serving failed")]
    Serve(#[source] std::io::Error),
}

/// A broker, ready to serve.
pub struct Broker {
    router: Router,
}

impl Broker {
    /// Checks the configuration.
    ///
    /// # Errors
    /// See [`BrokerError`].
    pub fn new(config: BrokerConfig) -> Result<Self, BrokerError> {
        let endpoint = &config.token_endpoint;
        let on_this_machine = matches!(endpoint.host_str(), Some("127.0.0.1" | "[::1]"));
        if endpoint.scheme() != "https" && !(endpoint.scheme() == "http" && on_this_machine) {
            return Err(BrokerError::InsecureEndpoint);
        }
        if config.client_secret.is_empty() {
            return Err(BrokerError::NoSecret);
        }
        let relay = Arc::new(relay::Relay::new(config).map_err(BrokerError::Client)?);
        let router = Router::new()
            .route("/token", post(relay::token))
            .layer(DefaultBodyLimit::max(REQUEST_BYTES))
            .with_state(relay);
        Ok(Self { router })
    }

    /// Serves until the process ends.
    ///
    /// # Errors
    /// [`BrokerError::Serve`].
    pub async fn serve(self, listener: TcpListener) -> Result<(), BrokerError> {
        let service = self
            .router
            .into_make_service_with_connect_info::<SocketAddr>();
        axum::serve(listener, service)
            .await
            .map_err(BrokerError::Serve)
    }
}
