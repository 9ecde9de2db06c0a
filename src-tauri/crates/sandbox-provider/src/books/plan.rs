//! What an account of the chutes dialect may use beside its balance: requests a day, and a subscription.

use serde::{Deserialize, Serialize};

use crate::provider::now;

/// Seconds of a subscription's short window.
const FOUR_HOURS: i64 = 4 * 3600;
const DAY: i64 = 24 * 3600;
/// A subscription's month, from the day on which it began.
const MONTH: i64 = 30 * DAY;

/// What an account is given. [`Default`] is nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PlanTerms {
    /// Requests a day that cost nothing.
    pub requests_a_day: Option<u64>,
    /// What answers may cost in four hours before a subscription covers no more, in micro-dollars.
    pub four_hour_cap_micro: Option<i64>,
    /// The same in a month.
    pub monthly_cap_micro: Option<i64>,
}

/// An account's plan with what was used of it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Plan {
    pub(crate) requests: Option<Window>,
    pub(crate) four_hour: Option<Window>,
    pub(crate) monthly: Option<Window>,
}

/// A stretch of time with a limit.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Window {
    /// In micro-dollars, or in requests.
    pub(crate) limit: i64,
    pub(crate) used: i64,
    /// Seconds since 1970.
    pub(crate) resets_at: i64,
    seconds: i64,
}

impl Window {
    fn new(limit: i64, seconds: i64) -> Self {
        Self {
            limit,
            used: 0,
            resets_at: now() + seconds,
            seconds,
        }
    }

    pub(crate) fn left(&self) -> i64 {
        (self.limit - self.used).max(0)
    }

    /// Begins anew once its time has come.
    fn roll(&mut self) {
        let now = now();
        if self.resets_at <= now {
            self.used = 0;
            self.resets_at = now + self.seconds;
        }
    }
}

/// Who pays for an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Payer {
    Requests,
    Subscription,
    Balance,
}

impl Plan {
    pub(crate) fn new(terms: &PlanTerms) -> Self {
        let requests = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        Self {
            requests: terms
                .requests_a_day
                .map(|count| Window::new(requests(count), DAY)),
            four_hour: terms
                .four_hour_cap_micro
                .map(|cap| Window::new(cap, FOUR_HOURS)),
            monthly: terms.monthly_cap_micro.map(|cap| Window::new(cap, MONTH)),
        }
    }

    /// Lets windows begin anew whose time has come.
    pub(crate) fn roll(&mut self) {
        let windows = [&mut self.requests, &mut self.four_hour, &mut self.monthly];
        windows.into_iter().flatten().for_each(Window::roll);
    }

    pub(crate) fn is_subscription(&self) -> bool {
        self.four_hour.is_some() || self.monthly.is_some()
    }

    /// Who pays for the next answer, whatever it costs: it is billed afterwards.
    pub(crate) fn payer(&self) -> Payer {
        let has_left = |window: &Option<Window>| window.as_ref().is_none_or(|it| it.left() > 0);
        if self.requests.as_ref().is_some_and(|it| it.left() > 0) {
            Payer::Requests
        } else if self.is_subscription() && has_left(&self.four_hour) && has_left(&self.monthly) {
            Payer::Subscription
        } else {
            Payer::Balance
        }
    }

    /// Counts an answer, and says what the balance pays of it.
    pub(crate) fn take(&mut self, used_micro: i64) -> i64 {
        self.roll();
        match self.payer() {
            Payer::Requests => {
                if let Some(requests) = &mut self.requests {
                    requests.used += 1;
                }
                0
            }
            Payer::Subscription => {
                for window in [&mut self.four_hour, &mut self.monthly]
                    .into_iter()
                    .flatten()
                {
                    window.used = window.used.saturating_add(used_micro);
                }
                0
            }
            Payer::Balance => used_micro,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_go_first_then_the_subscription_then_the_balance() {
        let mut plan = Plan::new(&PlanTerms {
            requests_a_day: Some(1),
            four_hour_cap_micro: Some(10),
            monthly_cap_micro: Some(100),
        });
        assert_eq!(plan.take(7), 0);
        assert_eq!(plan.payer(), Payer::Subscription);
        assert_eq!(
            plan.take(12),
            0,
            "billed afterwards: it may pass its cap once"
        );
        assert_eq!(plan.payer(), Payer::Balance);
        assert_eq!(plan.take(7), 7);
        assert_eq!(plan.monthly.as_ref().map(|it| it.used), Some(12));
    }

    #[test]
    fn without_a_plan_the_balance_pays() {
        assert_eq!(Plan::default().take(7), 7);
    }

    #[test]
    fn a_window_begins_anew_when_its_time_has_come() {
        let mut window = Window::new(5, 60);
        window.used = 5;
        window.resets_at = now() - 1;
        window.roll();
        assert_eq!((window.used, window.left()), (0, 5));
        assert!(window.resets_at > now());
    }
}
