//! Amounts in millionths of a dollar, in the shapes that providers have used over the years.

use std::fmt;

use money::{Amount, Decimal, MicroUsd, PlayMoney};
use serde::de::{Deserialize, Deserializer, Error, Visitor};

/// Millionths: an integer (or a number without fraction), or a text with a dollar sign such as
/// `"$98.50"`, which then is in dollars. Null and anything else is `None`, which is no zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct MicroAmount(pub(crate) Option<i64>);

impl MicroAmount {
    /// The amount as the kind of money that the profile deals in.
    pub(crate) fn amount(self, play_money: bool) -> Option<Amount> {
        self.0.map(|micro| micro_amount(micro, play_money))
    }
}

/// Millionths of play money or of dollars.
pub(crate) fn micro_amount(micro: i64, play_money: bool) -> Amount {
    if play_money {
        Amount::Play(PlayMoney(micro))
    } else {
        Amount::Usd(MicroUsd(micro))
    }
}

/// A decimal number of dollars, or play dollars. `None` if it does not fit.
pub(crate) fn unit_amount(units: Decimal, play_money: bool) -> Option<Amount> {
    let micro = MicroUsd::from_units(units).ok()?;
    Some(micro_amount(micro.0, play_money))
}

impl<'de> Deserialize<'de> for MicroAmount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(MicroVisitor).map(Self)
    }
}

struct MicroVisitor;

impl Visitor<'_> for MicroVisitor {
    type Value = Option<i64>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an amount")
    }

    fn visit_i64<E: Error>(self, micro: i64) -> Result<Self::Value, E> {
        Ok(Some(micro))
    }

    fn visit_u64<E: Error>(self, micro: u64) -> Result<Self::Value, E> {
        Ok(i64::try_from(micro).ok())
    }

    #[allow(clippy::cast_possible_truncation)] // within the range checked before
    fn visit_f64<E: Error>(self, micro: f64) -> Result<Self::Value, E> {
        let exact = micro.abs() < 9_007_199_254_740_992.0;
        Ok(exact.then(|| micro.round() as i64))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        if text.contains('$') {
            return Ok(MicroUsd::parse(text).ok().map(|dollars| dollars.0));
        }
        Ok(text.trim().parse().ok())
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;

    #[test]
    fn every_generation_of_an_amount_is_read() {
        for (json, micro) in [
            ("98500000", Some(98_500_000)),
            ("-20", Some(-20)),
            ("1250000.0", Some(1_250_000)),
            ("\"$98.50\"", Some(98_500_000)),
            ("\"-$0.02\"", Some(-20_000)),
            ("\"42\"", Some(42)),
            ("null", None),
            ("\"plenty\"", None),
            ("1e300", None),
        ] {
            let read: MicroAmount = serde_json::from_str(json).unwrap();
            assert_eq!(read.0, micro, "{json}");
        }
    }
}
