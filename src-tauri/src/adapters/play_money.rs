//! The embedded provider with play money, lent to the core.

use std::future::Future;
use std::path::Path;
use std::pin::Pin;

use sandbox_provider::OnDemand;
use tuppence_core::{PlayMoneyHost, PlayMoneyProvider};

/// Hosts the sandbox in this process on demand, or attaches to the one that another process of the
/// same data directory hosts.
pub struct EmbeddedSandbox(OnDemand);

impl EmbeddedSandbox {
    /// Starts nothing yet.
    pub fn new(data_dir: &Path) -> Self {
        Self(OnDemand::new(data_dir))
    }
}

impl PlayMoneyHost for EmbeddedSandbox {
    fn start(
        &self,
    ) -> Pin<Box<dyn Future<Output = Result<PlayMoneyProvider, String>> + Send + '_>> {
        Box::pin(async {
            let address = self.0.address().await.map_err(|error| error.to_string())?;
            let sandbox_provider::Address {
                issuer,
                api_base,
                client_id,
            } = address;
            Ok(PlayMoneyProvider {
                issuer,
                api_base,
                client_id,
            })
        })
    }
}
