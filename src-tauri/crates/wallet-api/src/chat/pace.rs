//! How often a stream is looked at that comes faster than anyone reads.
//!
//! A server that writes a thousand pieces a second would wake the reader a thousand times, and waking
//! costs more than reading. Such pieces are gathered for a moment in the socket's own buffer. One that
//! comes more slowly, and the first of every answer, is read as it comes.

use std::time::Duration;

use tokio::time::Instant;

/// Pieces that come closer together than this, on average, are gathered.
const CLOSE: Duration = Duration::from_millis(1);

/// They are gathered for so long: a quarter of a frame at 60 Hz.
const GATHERING: Duration = Duration::from_millis(4);

/// What there was to read since a while ago, and what follows from it.
#[derive(Debug)]
pub(super) struct Pace {
    since: Instant,
    pieces: u32,
    is_fast: bool,
    has_yielded: bool,
}

/// What to do when there is nothing to read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Dry {
    /// Wait for the next piece.
    Wait,
    /// Let other tasks run and look again: the task that reads the socket hands over a piece at a time.
    Yield,
    /// Do not look before this moment.
    GatherUntil(Instant),
}

impl Pace {
    pub(super) fn new(now: Instant) -> Self {
        Self {
            since: now,
            pieces: 0,
            is_fast: false,
            has_yielded: false,
        }
    }

    /// A piece was read.
    pub(super) fn read(&mut self) {
        self.pieces = self.pieces.saturating_add(1);
        self.has_yielded = false;
    }

    /// There is nothing to read at the moment.
    pub(super) fn ran_dry(&mut self, now: Instant) -> Dry {
        if self.is_fast && !self.has_yielded {
            self.has_yielded = true;
            return Dry::Yield;
        }
        let elapsed = now.duration_since(self.since);
        if elapsed < GATHERING && !self.is_fast {
            return Dry::Wait;
        }
        self.is_fast = elapsed <= CLOSE * self.pieces;
        self.since = now;
        self.pieces = 0;
        self.has_yielded = false;
        match self.is_fast {
            true => Dry::GatherUntil(now + GATHERING),
            false => Dry::Wait,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(start: Instant, ms: u64) -> Instant {
        start + Duration::from_millis(ms)
    }

    #[test]
    fn pieces_that_come_slowly_are_read_as_they_come() {
        let start = Instant::now();
        let mut pace = Pace::new(start);
        for at in 0..100 {
            pace.read();
            assert_eq!(pace.ran_dry(after(start, at * 10)), Dry::Wait, "{at}");
        }
    }

    #[test]
    fn pieces_that_come_fast_are_gathered_until_they_are_slow_again() {
        let start = Instant::now();
        let mut pace = Pace::new(start);
        for at in 0..4 {
            (0..10).for_each(|_| pace.read());
            assert_eq!(pace.ran_dry(after(start, at)), Dry::Wait, "{at}");
        }
        pace.read();
        let gathered = Dry::GatherUntil(after(start, 8));
        assert_eq!(pace.ran_dry(after(start, 4)), gathered);
        (0..40).for_each(|_| pace.read());
        assert_eq!(pace.ran_dry(after(start, 8)), Dry::Yield);
        // The socket's task had one more.
        pace.read();
        assert_eq!(pace.ran_dry(after(start, 8)), Dry::Yield);
        let gathered = Dry::GatherUntil(after(start, 12));
        assert_eq!(pace.ran_dry(after(start, 8)), gathered);
        pace.read();
        assert_eq!(pace.ran_dry(after(start, 12)), Dry::Yield);
        assert_eq!(pace.ran_dry(after(start, 12)), Dry::Wait);
        pace.read();
        assert_eq!(pace.ran_dry(after(start, 13)), Dry::Wait);
    }

    #[test]
    fn silence_after_a_burst_is_waited_out_as_ever() {
        let start = Instant::now();
        let mut pace = Pace::new(start);
        (0..1000).for_each(|_| pace.read());
        assert_ne!(pace.ran_dry(after(start, 5)), Dry::Wait);
        assert_eq!(pace.ran_dry(after(start, 9)), Dry::Yield);
        assert_eq!(pace.ran_dry(after(start, 9)), Dry::Wait);
    }
}
