use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::timeout;

use crate::redirect::page::Completion;

/// The completion page is offered for so long.
pub(super) const PAGE_LIMIT: Duration = Duration::from_secs(10);

/// The browser's request that waits for the truth. Dropping it answers that the sign-in failed.
#[derive(Debug)]
pub struct BrowserReturn {
    channels: Option<(oneshot::Sender<Completion>, oneshot::Receiver<()>)>,
}

impl BrowserReturn {
    /// A request held by the listener, and the listener's ends: what to show, and that it was shown.
    pub(super) fn held() -> (Self, oneshot::Receiver<Completion>, oneshot::Sender<()>) {
        let (outcome, outcome_receiver) = oneshot::channel();
        let (shown, shown_receiver) = oneshot::channel();
        (
            Self {
                channels: Some((outcome, shown_receiver)),
            },
            outcome_receiver,
            shown,
        )
    }

    /// No browser: the response was pasted.
    pub(super) fn absent() -> Self {
        Self { channels: None }
    }

    /// Shows the completion page, and returns when it was fetched or after 10 seconds. The listener
    /// goes on offering the page if this is dropped while it waits.
    pub async fn finish(self, outcome: Completion) {
        let Some((sender, shown)) = self.channels else {
            return;
        };
        if sender.send(outcome).is_ok() {
            let _ = timeout(PAGE_LIMIT, shown).await;
        }
    }
}
