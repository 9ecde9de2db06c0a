//! How money is written: from one unit on as `$4.18`, below in cents (`0.34¢`).

use std::fmt;

use crate::{Amount, MicroUsd, PlayMoney, Price};

/// Millionths in a hundredth.
const CENT: u64 = 10_000;
/// Millionths in a unit.
const UNIT: u64 = 1_000_000;

/// Writes an amount with a sign before everything else. Cents have at most three significant
/// digits and no trailing zeros.
fn write_amount(f: &mut fmt::Formatter<'_>, micro: i64, sign: &str) -> fmt::Result {
    if micro < 0 {
        f.write_str("-")?;
    }
    let micro = micro.unsigned_abs();
    let step = match micro {
        0..1_000 => 1,
        1_000..10_000 => 10,
        10_000..100_000 => 100,
        _ => 1_000,
    };
    let rounded = (micro + step / 2) / step * step;
    if micro == 0 || rounded >= UNIT {
        let cents = u128::from(micro) + u128::from(CENT / 2);
        let cents = cents / u128::from(CENT);
        return write!(f, "{sign}{}.{:02}", cents / 100, cents % 100);
    }
    write!(f, "{}", rounded / CENT)?;
    let fraction = format!("{:04}", rounded % CENT);
    let fraction = fraction.trim_end_matches('0');
    if !fraction.is_empty() {
        write!(f, ".{fraction}")?;
    }
    f.write_str("¢")
}

impl fmt::Display for MicroUsd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_amount(f, self.0, "$")
    }
}

impl fmt::Display for PlayMoney {
    /// Without a dollar sign and with the word `play`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_amount(f, self.0, "")?;
        f.write_str(" play")
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usd(amount) => amount.fmt(f),
            Self::Play(amount) => amount.fmt(f),
        }
    }
}

impl Price {
    /// The exact decimal text of the dollars per million tokens, such as `0.15`.
    #[must_use]
    pub fn decimal(self) -> String {
        let nano = self.nano_per_million();
        let text = format!("{}.{:09}", nano / 1_000_000_000, nano % 1_000_000_000);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}
