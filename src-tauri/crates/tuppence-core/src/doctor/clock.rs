//! This machine's clock against a provider's.

use std::time::{Duration, SystemTime};

use native_oauth::ClockSkew;

use super::{Area, Finding};

/// Less than this is the network's doing.
const NOTEWORTHY: Duration = Duration::from_secs(30);

/// What a `Date` header says about this machine's clock.
pub(super) fn compared(subject: &str, date: &str, now: SystemTime) -> Option<Finding> {
    let skew = ClockSkew::of_date_header(date, now)?;
    Some(if skew.is_beyond_tolerance() {
        let what = format!("{skew}: set it, or ID tokens are refused");
        Finding::problem(Area::Clock, subject, what)
    } else if skew.by() > NOTEWORTHY {
        Finding::note(Area::Clock, subject, skew.to_string())
    } else {
        Finding::ok(Area::Clock, subject, skew.to_string())
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
