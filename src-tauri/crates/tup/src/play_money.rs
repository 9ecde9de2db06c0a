//! The play-money provider, lent to the core: hosted in this process, or found in another.

use std::future::Future;
use std::path::Path;
use std::pin::Pin;

use sandbox_provider::OnDemand;
use tuppence_core::{PlayMoneyHost, PlayMoneyProvider};

pub(crate) struct Sandbox(OnDemand);

impl Sandbox {
    pub(crate) fn new(data_dir: &Path) -> Self {
        Self(OnDemand::new(data_dir))
    }

    /// Ends it, if this process hosts it.
    pub(crate) async fn stop(&self) {
        self.0.stop().await;
    }
}

impl PlayMoneyHost for Sandbox {
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
