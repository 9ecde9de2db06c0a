//! What was used, by the hour: the books that an account can read.

use serde::{Deserialize, Serialize};

use crate::provider::now;

const HOUR: i64 = 3600;

/// What one answer used.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Used {
    pub(crate) micro: i64,
    pub(crate) input_tokens: u64,
    pub(crate) output_tokens: u64,
}

/// One hour.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Bucket {
    /// Seconds since 1970, at the full hour.
    pub(crate) hour: i64,
    pub(crate) micro: i64,
    pub(crate) count: u64,
    pub(crate) input_tokens: u64,
    pub(crate) output_tokens: u64,
}

/// Adds to this hour's bucket; the latest is the last.
pub(crate) fn add(buckets: &mut Vec<Bucket>, used: Used) {
    let hour = now() / HOUR * HOUR;
    if buckets.last().is_none_or(|last| last.hour != hour) {
        buckets.push(Bucket {
            hour,
            micro: 0,
            count: 0,
            input_tokens: 0,
            output_tokens: 0,
        });
    }
    if let Some(bucket) = buckets.last_mut() {
        bucket.micro = bucket.micro.saturating_add(used.micro);
        bucket.count += 1;
        bucket.input_tokens += used.input_tokens;
        bucket.output_tokens += used.output_tokens;
    }
}
