//! This machine's clock against a provider's.

use std::time::{Duration, SystemTime};

use time::PrimitiveDateTime;
use time::macros::format_description;

use super::{Area, Finding};

/// ID tokens are accepted within so much (OpenID Connect Core section 3.1.3.7 leaves it to the client).
const TOLERANCE: Duration = Duration::from_secs(5 * 60);

/// Less than this is the network's doing.
const NOTEWORTHY: Duration = Duration::from_secs(30);

/// What a `Date` header (RFC 9110 section 5.6.7) says about this machine's clock.
pub(super) fn compared(subject: &str, date: &str, now: SystemTime) -> Option<Finding> {
    let format = format_description!(
        "[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT"
    );
    let there: SystemTime = PrimitiveDateTime::parse(date, format)
        .ok()?
        .assume_utc()
        .into();
    let (skew, direction) = match now.duration_since(there) {
        Ok(ahead) => (ahead, "ahead of"),
        Err(behind) => (behind.duration(), "behind"),
    };
    let what = format!("{} s {direction} the provider's", skew.as_secs());
    Some(if skew > TOLERANCE {
        let what = format!("{what}: set it, or ID tokens are refused");
        Finding::problem(Area::Clock, subject, what)
    } else if skew > NOTEWORTHY {
        Finding::note(Area::Clock, subject, what)
    } else {
        Finding::ok(Area::Clock, subject, what)
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::Verdict;
    use super::*;

    fn at(seconds_later: i64) -> Verdict {
        // Sun, 06 Nov 1994 08:49:37 GMT
        let date = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        let now = match u64::try_from(seconds_later) {
            Ok(later) => date + Duration::from_secs(later),
            Err(_) => date - Duration::from_secs(seconds_later.unsigned_abs()),
        };
        compared("x", "Sun, 06 Nov 1994 08:49:37 GMT", now)
            .unwrap()
            .verdict
    }

    #[test]
    fn a_clock_is_judged_by_how_far_it_is_off_either_way() {
        assert_eq!(at(1), Verdict::Ok);
        assert_eq!(at(-29), Verdict::Ok);
        assert_eq!(at(-60), Verdict::Note);
        assert_eq!(at(301), Verdict::Problem);
        assert_eq!(at(-100_000), Verdict::Problem);
    }

    #[test]
    fn a_date_that_is_none_says_nothing() {
        assert_eq!(compared("x", "yesterday", SystemTime::now()), None);
    }
}
