use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::SessionError;
use crate::token::endpoint::TokenEndpointError;

/// The wait after the first failure; it doubles with each further one.
const FIRST_WAIT: Duration = Duration::from_secs(1);
/// The longest wait that we choose.
const LONGEST_WAIT: Duration = Duration::from_secs(60);
/// The longest wait that a provider may ask for: its clock or its settings may be wrong too.
const LONGEST_REQUESTED_WAIT: Duration = Duration::from_secs(300);

/// Keeps a provider in trouble from being asked over and over.
#[derive(Default)]
pub(super) struct Backoff {
    failures: u32,
    pause: Option<Pause>,
}

struct Pause {
    until: Instant,
    error: Arc<TokenEndpointError>,
}

impl Backoff {
    /// The error of the last attempt, while it is too early for another.
    pub(super) fn pending(&self) -> Option<SessionError> {
        let pause = self.pause.as_ref()?;
        let left = pause.until.checked_duration_since(Instant::now())?;
        Some(SessionError::Transient {
            retry_after: left,
            source: Arc::clone(&pause.error),
        })
    }

    pub(super) fn failed(&mut self, error: TokenEndpointError) -> SessionError {
        let chosen = FIRST_WAIT
            .saturating_mul(1 << self.failures.min(10))
            .min(LONGEST_WAIT);
        let wait = match error.retry_after() {
            Some(requested) => requested.min(LONGEST_REQUESTED_WAIT).max(FIRST_WAIT),
            None => chosen,
        };
        self.failures = self.failures.saturating_add(1);
        let error = Arc::new(error);
        self.pause = Some(Pause {
            until: Instant::now() + wait,
            error: Arc::clone(&error),
        });
        SessionError::Transient {
            retry_after: wait,
            source: error,
        }
    }

    pub(super) fn succeeded(&mut self) {
        *self = Self::default();
    }
}
