//! A limit per address, in fixed windows.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// So many requests in so much time, per address.
#[derive(Clone, Copy, Debug)]
pub struct RateLimit {
    /// How many.
    pub requests: u32,
    /// In how much time.
    pub window: Duration,
}

impl Default for RateLimit {
    /// 30 a minute: a sign-in takes one, an hour's session one more.
    fn default() -> Self {
        Self {
            requests: 30,
            window: Duration::from_secs(60),
        }
    }
}

/// Addresses that are remembered; beyond that the windows that are over are dropped first.
const REMEMBERED: usize = 10_000;

pub(crate) struct Windows {
    limit: RateLimit,
    open: Mutex<HashMap<IpAddr, (Instant, u32)>>,
}

impl Windows {
    pub(crate) fn new(limit: RateLimit) -> Self {
        Self {
            limit,
            open: Mutex::default(),
        }
    }

    /// Counts a request.
    ///
    /// # Errors
    /// How long to wait, if it is one too many.
    pub(crate) fn admit(&self, address: IpAddr, now: Instant) -> Result<(), Duration> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.len() >= REMEMBERED {
            open.retain(|_, (since, _)| now.duration_since(*since) < self.limit.window);
            if open.len() >= REMEMBERED && !open.contains_key(&address) {
                // A flood from many addresses: newcomers wait, those known go on.
                return Err(self.limit.window);
            }
        }
        let (since, count) = open.entry(address).or_insert((now, 0));
        if now.duration_since(*since) >= self.limit.window {
            (*since, *count) = (now, 0);
        }
        if *count >= self.limit.requests {
            return Err(self.limit.window.saturating_sub(now.duration_since(*since)));
        }
        *count += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_is_limited_and_another_is_not() {
        let windows = Windows::new(RateLimit {
            requests: 2,
            window: Duration::from_secs(60),
        });
        let (one, other) = (IpAddr::from([10, 0, 0, 1]), IpAddr::from([10, 0, 0, 2]));
        let now = Instant::now();
        assert_eq!(windows.admit(one, now), Ok(()));
        assert_eq!(windows.admit(one, now), Ok(()));
        assert_eq!(windows.admit(one, now), Err(Duration::from_secs(60)));
        assert_eq!(windows.admit(other, now), Ok(()));
        assert_eq!(windows.admit(one, now + Duration::from_secs(60)), Ok(()));
    }
}
