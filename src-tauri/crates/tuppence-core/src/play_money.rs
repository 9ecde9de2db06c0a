//! The port through which a host (window or `tup`) lends the core a provider that runs on this
//! machine with play money. The core knows neither its crate nor its name.

use std::future::Future;
use std::pin::Pin;

use url::Url;

/// Where the play-money provider listens, and as whom this app is registered there.
#[derive(Clone, Debug)]
pub struct PlayMoneyProvider {
    /// Its issuer identifier; may hold the per-install secret, so it is neither shown nor stored.
    pub issuer: Url,
    /// Base URL of its OpenAI-compatible API.
    pub api_base: Url,
    /// The public client id.
    pub client_id: String,
}

/// Starts the play-money provider on demand, or attaches to the one another process runs.
pub trait PlayMoneyHost: Send + Sync {
    /// Idempotent: a second call answers what the first one started. The error is for "Details".
    fn start(&self)
    -> Pin<Box<dyn Future<Output = Result<PlayMoneyProvider, String>> + Send + '_>>;
}
