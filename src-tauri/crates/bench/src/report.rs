//! What a bench found: rows for a table, and for a machine.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use serde::Serialize;

/// The rows of one bench.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    bench: &'static str,
    /// The machine, and how busy it was.
    machine: Machine,
    rows: Vec<Row>,
}

/// One figure.
#[derive(Debug, Serialize)]
pub(crate) struct Row {
    /// What was measured, with its unit.
    pub(crate) figure: String,
    /// Our value.
    pub(crate) ours: f64,
    /// The peers' values in the same run, by name.
    pub(crate) peers: BTreeMap<String, f64>,
    /// Our value over that of the peer it is held against; `null` where the value itself is.
    pub(crate) ratio: Option<f64>,
    /// In words, what is to be reached.
    pub(crate) goal: String,
    /// Whether it was; `null` where there is no goal.
    pub(crate) met: Option<bool>,
}

impl Row {
    /// A figure on its own.
    pub(crate) fn new(figure: impl Into<String>, ours: f64) -> Self {
        Self {
            figure: figure.into(),
            ours,
            peers: BTreeMap::new(),
            ratio: None,
            goal: String::new(),
            met: None,
        }
    }

    /// With a peer's value.
    pub(crate) fn beside(mut self, peer: impl Into<String>, value: f64) -> Self {
        self.peers.insert(peer.into(), value);
        self
    }

    /// With a goal for the figure itself.
    pub(crate) fn at_most(mut self, most: f64) -> Self {
        self.goal = format!("<= {most}");
        self.met = Some(self.ours <= most);
        self
    }

    /// With a goal for the figure itself that allows no other value.
    pub(crate) fn exactly(mut self, value: f64) -> Self {
        self.goal = format!("exactly {value}");
        self.met = Some((self.ours - value).abs() < f64::EPSILON);
        self
    }

    /// With the ratio to a peer, which must have been added.
    pub(crate) fn over(mut self, peer: &str) -> Self {
        self.ratio = Some(self.ours / self.peers.get(peer).copied().unwrap_or(f64::NAN));
        self
    }

    /// With a goal for the ratio to a peer, which must have been added.
    pub(crate) fn at_most_of(self, most: f64, peer: &str) -> Self {
        let mut row = self.over(peer);
        row.goal = format!("<= {most} x {peer}");
        row.met = row.ratio.map(|ratio| ratio <= most);
        row
    }
}

impl Report {
    /// The report of a bench on this machine.
    pub(crate) fn new(bench: &'static str, rows: Vec<Row>) -> Self {
        Self {
            bench,
            machine: Machine::here(),
            rows,
        }
    }

    /// Writes the JSON.
    pub(crate) fn write(&self, path: &Path) -> anyhow::Result<()> {
        std::fs::write(path, serde_json::to_string_pretty(self)? + "\n")?;
        Ok(())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n{} ({})", self.bench, self.machine)?;
        for row in &self.rows {
            let met = match row.met {
                Some(true) => "met",
                Some(false) => "NOT MET",
                None => "",
            };
            let ratio = row
                .ratio
                .map_or(String::new(), |ratio| format!("{ratio:.3} x"));
            writeln!(
                f,
                "  {:<52} {:>10}  {ratio:>9}  {:<28} {met}",
                row.figure,
                Number(row.ours),
                row.goal
            )?;
            for (peer, value) in &row.peers {
                writeln!(f, "    {peer:<50} {:>10}", Number(*value))?;
            }
        }
        Ok(())
    }
}

/// A number with three figures that mean something.
pub(crate) struct Number(pub(crate) f64);

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = match self.0.abs() {
            large if large >= 100.0 || large.fract() == 0.0 => 0,
            medium if medium >= 10.0 => 1,
            small if small >= 0.1 => 2,
            _ => 4,
        };
        f.pad(&format!("{:.digits$}", self.0))
    }
}

/// What the figures were taken on.
#[derive(Debug, Serialize)]
struct Machine {
    processors: usize,
    memory_gib: u64,
    /// Processes that wanted to run, averaged over the last minute: beyond one, others were working.
    load: String,
    time: String,
}

impl Machine {
    fn here() -> Self {
        let read = |path| std::fs::read_to_string(path).unwrap_or_default();
        let memory_kib: u64 = read("/proc/meminfo")
            .split_whitespace()
            .nth(1)
            .and_then(|kib| kib.parse().ok())
            .unwrap_or_default();
        let seconds = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap_or_default()
            .as_secs();
        Self {
            processors: std::thread::available_parallelism().map_or(0, usize::from),
            memory_gib: memory_kib >> 20,
            load: read("/proc/loadavg")
                .split(' ')
                .next()
                .unwrap_or_default()
                .to_owned(),
            time: date(seconds),
        }
    }
}

impl fmt::Display for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} processors, {} GiB, load {}, {}",
            self.processors, self.memory_gib, self.load, self.time
        )
    }
}

/// `YYYY-MM-DD HH:MM` in UTC.
fn date(unix_seconds: u64) -> String {
    let (days, minutes) = (unix_seconds / 86_400, unix_seconds % 86_400 / 60);
    // Days from the civil calendar, counted in eras of 400 years that begin on 1 March.
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * march_month + 2) / 5 + 1;
    let month = if march_month < 10 {
        march_month + 3
    } else {
        march_month - 9
    };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    format!(
        "{year}-{month:02}-{day:02} {:02}:{:02} UTC",
        minutes / 60,
        minutes % 60
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_goal_is_met_or_not() {
        let row = Row::new("ms", 4.0).beside("peer", 10.0);
        assert_eq!(row.at_most_of(0.5, "peer").met, Some(true));
        assert_eq!(Row::new("ms", 4.0).at_most(3.0).met, Some(false));
        assert_eq!(Row::new("refreshes", 1.0).exactly(1.0).met, Some(true));
        assert_eq!(Row::new("ms", 4.0).met, None);
    }

    #[test]
    fn a_goal_against_a_peer_that_is_missing_is_not_met() {
        assert_eq!(Row::new("ms", 4.0).at_most_of(0.5, "peer").met, Some(false));
    }

    #[test]
    fn dates_are_of_the_civil_calendar() {
        assert_eq!(date(0), "1970-01-01 00:00 UTC");
        assert_eq!(date(1_709_210_100), "2024-02-29 12:35 UTC");
        assert_eq!(date(1_798_761_540), "2026-12-31 23:59 UTC");
    }
}
