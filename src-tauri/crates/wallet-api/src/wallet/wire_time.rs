//! Times as providers write them: RFC 3339, or without a zone, which then is UTC.

use std::time::SystemTime;

use time::format_description::well_known::{Iso8601, Rfc3339};
use time::{OffsetDateTime, PrimitiveDateTime};

/// `None` for what is no time.
pub(super) fn read(text: &str) -> Option<SystemTime> {
    let zoned = OffsetDateTime::parse(text, &Rfc3339);
    let time = zoned.or_else(|_| {
        let bare = PrimitiveDateTime::parse(text, &Iso8601::DEFAULT);
        bare.map(PrimitiveDateTime::assume_utc)
    });
    time.ok().map(SystemTime::from)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_time_without_a_zone_is_utc() {
        let seconds = |text| {
            let time = read(text)?;
            Some(
                time.duration_since(SystemTime::UNIX_EPOCH)
                    .unwrap()
                    .as_secs(),
            )
        };
        assert_eq!(seconds("1970-01-02T00:00:00"), Some(86_400));
        assert_eq!(seconds("1970-01-02T00:00:00.500000"), Some(86_400));
        assert_eq!(seconds("1970-01-02T01:00:00+01:00"), Some(86_400));
        assert_eq!(seconds("tomorrow"), None);
    }
}
