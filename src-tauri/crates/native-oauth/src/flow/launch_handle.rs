use std::sync::Arc;

use url::Url;

use super::attempt::Attempt;

/// Issues further launch addresses while a sign-in waits, for "Open again" and "Copy link". Cheap to
/// clone.
#[derive(Clone, Debug)]
pub struct LaunchHandle {
    pub(super) attempt: Arc<Attempt>,
}

impl LaunchHandle {
    /// An address as [`PendingSignIn::launch_address`](super::PendingSignIn::launch_address), of use
    /// once.
    pub fn renew(&self) -> Url {
        self.attempt.issue_launch_address()
    }
}
