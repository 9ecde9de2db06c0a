//! Places where a test lets the process die, to see what is left.
//!
//! Without the feature `abort-points`, which no program is built with, nothing is left of this.

/// Ends the process without any clean-up if `TUPPENCE_ABORT_AT` names this place and how often it must
/// have been reached: `recorded 2`.
#[cfg(feature = "abort-points")]
pub(crate) fn reached(place: &str) {
    use std::sync::atomic::{AtomicU32, Ordering};
    static TIMES: AtomicU32 = AtomicU32::new(0);
    let named = std::env::var("TUPPENCE_ABORT_AT").unwrap_or_default();
    let Some((name, times)) = named.split_once(' ') else {
        return;
    };
    if name == place && TIMES.fetch_add(1, Ordering::SeqCst) + 1 == times.parse().unwrap_or(1) {
        std::process::abort();
    }
}

#[cfg(not(feature = "abort-points"))]
pub(crate) fn reached(_place: &str) {}
