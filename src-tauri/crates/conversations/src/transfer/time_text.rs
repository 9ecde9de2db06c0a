//! Times as RFC 3339 in UTC, to the millisecond.

use std::time::SystemTime;

use serde::{Deserialize, Deserializer, Serializer, de::Error as _, ser::Error as _};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::clock;

pub(super) fn serialize<S: Serializer>(at: &SystemTime, to: S) -> Result<S::Ok, S::Error> {
    let nanoseconds = i128::from(clock::to_ms(*at)) * 1_000_000;
    let text = OffsetDateTime::from_unix_timestamp_nanos(nanoseconds)
        .map_err(S::Error::custom)?
        .format(&Rfc3339)
        .map_err(S::Error::custom)?;
    to.serialize_str(&text)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<SystemTime, D::Error> {
    let text = String::deserialize(from)?;
    let at = OffsetDateTime::parse(&text, &Rfc3339).map_err(D::Error::custom)?;
    let ms = i64::try_from(at.unix_timestamp_nanos().div_euclid(1_000_000));
    ms.map(clock::from_ms).map_err(D::Error::custom)
}

/// The same where there may be none.
pub(super) mod optional {
    use super::*;

    #[expect(clippy::ref_option)] // as serde calls it
    pub(crate) fn serialize<S: Serializer>(
        at: &Option<SystemTime>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        match at {
            Some(at) => super::serialize(at, to),
            None => to.serialize_none(),
        }
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<SystemTime>, D::Error> {
        #[derive(serde::Deserialize)]
        struct Present(#[serde(with = "super")] SystemTime);
        Ok(Option::<Present>::deserialize(from)?.map(|Present(at)| at))
    }
}
