//! What is known of a model before it is asked.

use std::time::Duration;

use money::PriceSnapshot;

use super::TurnRequest;
use crate::Tuppence;
use crate::failure::Failure;

/// Prices that are not known yet are waited for this long.
const PRICES: Duration = Duration::from_secs(3);

/// A model's prices and what it takes, as they are now.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Quote {
    /// `None`: the cost is then reported by the provider or not known.
    pub(super) prices: Option<PriceSnapshot>,
    /// Tokens that it takes with its answer, where that is known.
    pub(super) window: Option<u64>,
}

impl Quote {
    pub(super) fn snapshot_json(&self) -> Option<String> {
        self.prices
            .and_then(|prices| serde_json::to_string(&prices).ok())
    }
}

impl Tuppence {
    /// That prices cannot be read keeps nobody from sending.
    pub(super) async fn quote(&self, turn: &TurnRequest) -> Result<Quote, Failure> {
        self.account(&turn.account)?;
        if self.inner.accounts.known_models(&turn.account).is_none() {
            // A window that has just opened. The words wait in the draft meanwhile.
            let _ = tokio::time::timeout(PRICES, self.models(&turn.account)).await;
        }
        let known = self.inner.accounts.known_models(&turn.account);
        let models = known.as_deref().map_or(&[][..], Vec::as_slice);
        let model = models.iter().find(|model| model.id == turn.model_id);
        Ok(Quote {
            prices: model.and_then(|model| model.prices),
            window: self.windows(&turn.account).await.of(&turn.model_id),
        })
    }
}
