//! The wall clock, as a port, so that expiry can be tested.

use std::fmt::Debug;
use std::time::SystemTime;

/// Tells the time by which tokens expire. Waiting uses tokio's clock instead.
pub trait Clock: Debug + Send + Sync {
    /// The current time.
    fn now(&self) -> SystemTime;
}

/// The system's own clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }
}
