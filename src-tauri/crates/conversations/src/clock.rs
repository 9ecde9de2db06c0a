use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Unix milliseconds of now.
pub(crate) fn now_ms() -> i64 {
    to_ms(SystemTime::now())
}

/// Unix milliseconds; times before 1970 or beyond 64 bits become the nearest that fits.
pub(crate) fn to_ms(time: SystemTime) -> i64 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_millis()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_millis()).map_or(i64::MIN, |ms| -ms),
    }
}

/// The instant of unix milliseconds.
pub(crate) fn from_ms(ms: i64) -> SystemTime {
    let distance = Duration::from_millis(ms.unsigned_abs());
    let instant = if ms < 0 {
        UNIX_EPOCH.checked_sub(distance)
    } else {
        UNIX_EPOCH.checked_add(distance)
    };
    instant.unwrap_or(UNIX_EPOCH)
}
