//! What a lasting key may spend, and has spent.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::provider::now;

/// What was asked of a key.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct KeyTerms {
    /// The most that it may spend, in micro-dollars.
    pub(crate) limit_micro: Option<i64>,
    /// How often that begins anew: `daily`, `weekly` or `monthly`.
    pub(crate) reset: Option<String>,
    /// When it ends, seconds since 1970.
    pub(crate) ends_at: Option<i64>,
}

/// A key with its books.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Key {
    pub(crate) terms: KeyTerms,
    /// All that it ever spent.
    pub(crate) spent_micro: i64,
    /// What it spent in `period`.
    used_micro: i64,
    period: i64,
}

impl Key {
    pub(crate) fn new(terms: KeyTerms) -> Self {
        let period = period(terms.reset.as_deref(), now());
        Self {
            terms,
            spent_micro: 0,
            used_micro: 0,
            period,
        }
    }

    /// What it may still spend; `None` without a limit.
    pub(crate) fn left_micro(&self) -> Option<i64> {
        let same_period = self.period == period(self.terms.reset.as_deref(), now());
        let used = if same_period { self.used_micro } else { 0 };
        self.terms.limit_micro.map(|limit| limit - used)
    }

    pub(super) fn spend(&mut self, micro: i64) {
        let period = period(self.terms.reset.as_deref(), now());
        if period != self.period {
            self.period = period;
            self.used_micro = 0;
        }
        self.used_micro = self.used_micro.saturating_add(micro);
        self.spent_micro = self.spent_micro.saturating_add(micro);
    }
}

/// The number of the day, of the week from Monday, or of the month, in UTC.
fn period(reset: Option<&str>, now: i64) -> i64 {
    let days = now.div_euclid(86_400);
    match reset {
        Some("daily") => days,
        // 1970 began on a Thursday.
        Some("weekly") => (days + 3).div_euclid(7),
        Some("monthly") => OffsetDateTime::from_unix_timestamp(now).map_or(0, |time| {
            i64::from(time.year()) * 12 + i64::from(u8::from(time.month()))
        }),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_begins_anew_on_the_day_on_monday_and_on_the_first() {
        let noon = |days: i64| days * 86_400 + 43_200;
        // 1970-01-04 was a Sunday, 1970-01-31 a Saturday.
        assert_ne!(
            period(Some("daily"), noon(3)),
            period(Some("daily"), noon(4))
        );
        assert_eq!(
            period(Some("weekly"), noon(0)),
            period(Some("weekly"), noon(3))
        );
        assert_ne!(
            period(Some("weekly"), noon(3)),
            period(Some("weekly"), noon(4))
        );
        assert_eq!(
            period(Some("monthly"), noon(0)),
            period(Some("monthly"), noon(30))
        );
        assert_ne!(
            period(Some("monthly"), noon(30)),
            period(Some("monthly"), noon(31))
        );
        assert_eq!(period(None, noon(0)), period(None, noon(9_999)));
    }

    #[test]
    fn what_a_key_spends_is_taken_from_its_limit() {
        let mut key = Key::new(KeyTerms {
            limit_micro: Some(100),
            ..KeyTerms::default()
        });
        key.spend(70);
        key.spend(50);
        assert_eq!((key.left_micro(), key.spent_micro), (Some(-20), 120));
        assert_eq!(Key::new(KeyTerms::default()).left_micro(), None);
    }
}
