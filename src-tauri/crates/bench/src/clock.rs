//! CPU time, medians.

use std::time::Duration;

/// CPU time that this process has used so far, all threads together.
pub(crate) fn cpu_time() -> Duration {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::new(
        now.tv_sec.try_into().unwrap_or_default(),
        now.tv_nsec.try_into().unwrap_or_default(),
    )
}

/// Milliseconds with their fraction.
pub(crate) fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

/// The value at `share` (0.5 is the median) of the sorted values; not a number of none.
pub(crate) fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let Some(last) = sorted.len().checked_sub(1) else {
        return f64::NAN;
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss
    )]
    let at = (last as f64 * share).round() as usize;
    sorted[at.min(last)]
}

/// The median.
pub(crate) fn median(values: &[f64]) -> f64 {
    quantile(values, 0.5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::float_cmp, reason = "no arithmetic was done on them")]
    fn quantiles_are_values_that_were_measured() {
        let values = [9.0, 1.0, 5.0];
        assert_eq!(median(&values), 5.0);
        assert_eq!(quantile(&values, 1.0), 9.0);
        assert!(median(&[]).is_nan());
    }

    #[test]
    fn cpu_time_grows_with_work() {
        let before = cpu_time();
        let started = std::time::Instant::now();
        while started.elapsed() < Duration::from_millis(50) {
            std::hint::spin_loop();
        }
        let used = cpu_time() - before;
        assert!(used > Duration::ZERO, "{used:?}");
    }
}
