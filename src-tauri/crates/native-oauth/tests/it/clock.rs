//! A clock that tests set.

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use native_oauth::Clock;

#[derive(Clone, Debug)]
pub(crate) struct ManualClock(Arc<Mutex<SystemTime>>);

impl ManualClock {
    pub(crate) fn at_now() -> Self {
        Self(Arc::new(Mutex::new(SystemTime::now())))
    }

    pub(crate) fn advance(&self, by: Duration) {
        *self.0.lock().unwrap() += by;
    }

    pub(crate) fn set_back(&self, by: Duration) {
        *self.0.lock().unwrap() -= by;
    }
}

impl Clock for ManualClock {
    fn now(&self) -> SystemTime {
        *self.0.lock().unwrap()
    }
}
