//! The wall clock, as a port, so that expiry can be tested, and how far it is from a provider's.

use std::fmt::{self, Debug};
use std::time::{Duration, SystemTime};

/// Clocks may differ by so much before an ID token is refused for its times (OpenID Connect Core section
/// 3.1.3.7 leaves it to the client).
pub const CLOCK_TOLERANCE: Duration = Duration::from_secs(5 * 60);

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

/// How far this machine's clock is from a provider's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockSkew {
    /// Ahead of it by so much.
    Ahead(Duration),
    /// Behind it by so much.
    Behind(Duration),
}

impl ClockSkew {
    /// The clock that says `here` against the one that says `there` at the same moment.
    pub fn between(here: SystemTime, there: SystemTime) -> Self {
        match here.duration_since(there) {
            Ok(ahead) => Self::Ahead(ahead),
            Err(behind) => Self::Behind(behind.duration()),
        }
    }

    /// The clock that says `here` against the `Date` header (RFC 9110 section 6.6.1) of an answer that was
    /// just received; `None` if the header is no date.
    ///
    /// ```
    /// use std::time::{Duration, UNIX_EPOCH};
    /// use native_oauth::ClockSkew;
    /// let here = UNIX_EPOCH + Duration::from_secs(784_111_777 + 600);
    /// let skew = ClockSkew::of_date_header("Sun, 06 Nov 1994 08:49:37 GMT", here);
    /// assert_eq!(skew, Some(ClockSkew::Ahead(Duration::from_secs(600))));
    /// ```
    pub fn of_date_header(date: &str, here: SystemTime) -> Option<Self> {
        let there = httpdate::parse_http_date(date).ok()?;
        Some(Self::between(here, there))
    }

    /// By how much, whichever way.
    pub fn by(self) -> Duration {
        match self {
            Self::Ahead(by) | Self::Behind(by) => by,
        }
    }

    /// Whether it is more than [`CLOCK_TOLERANCE`].
    pub fn is_beyond_tolerance(self) -> bool {
        self.by() > CLOCK_TOLERANCE
    }
}

impl fmt::Display for ClockSkew {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            _ if self.by() < Duration::from_secs(1) => f.write_str("the same as the provider's"),
            Self::Ahead(by) => write!(f, "{} s ahead of the provider's", by.as_secs()),
            Self::Behind(by) => write!(f, "{} s behind the provider's", by.as_secs()),
        }
    }
}
