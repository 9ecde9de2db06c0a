//! Exact decimal numbers as they are written in JSON or in text.

use std::fmt;
use std::str::FromStr;

use serde::de::{self, Deserialize, Deserializer, Visitor};

use crate::MoneyError;

/// Digits beyond this are more than any price or amount has, and would not fit 128 bits.
const MAX_DIGITS: u32 = 36;

/// An exact decimal number: `mantissa / 10^scale`.
///
/// It is read from text (`"0.15"`, `"-2"`, `"1.5e-7"`) or, through serde, from a JSON string or
/// number. A JSON number that went through a float is taken at its shortest decimal text, which is
/// what the sender wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    mantissa: i128,
    scale: u32,
}

impl Decimal {
    /// The number times `10^places`, rounded to the nearest whole, halves away from zero.
    pub(crate) fn scaled(self, places: i32) -> Result<i128, MoneyError> {
        let shift = i64::from(places) - i64::from(self.scale);
        let Ok(power) = u32::try_from(shift.unsigned_abs()) else {
            return Err(MoneyError::TooLarge);
        };
        if shift >= 0 {
            let factor = 10_i128.checked_pow(power).ok_or(MoneyError::TooLarge)?;
            return self
                .mantissa
                .checked_mul(factor)
                .ok_or(MoneyError::TooLarge);
        }
        // A divisor that does not fit is larger than twice any mantissa: the result rounds to zero.
        let Some(divisor) = 10_i128.checked_pow(power) else {
            return Ok(0);
        };
        let (whole, rest) = (self.mantissa / divisor, self.mantissa % divisor);
        let up = i128::from(rest.unsigned_abs() >= divisor.unsigned_abs().div_ceil(2));
        Ok(whole + up * self.mantissa.signum())
    }
}

impl FromStr for Decimal {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<Self, MoneyError> {
        let (number, exponent) = match text.split_once(['e', 'E']) {
            Some((number, exponent)) => {
                let exponent: i32 = exponent.parse().map_err(|_| MoneyError::NotANumber)?;
                (number, exponent)
            }
            None => (text, 0),
        };
        let (negative, number) = match number.as_bytes().first() {
            Some(b'-') => (true, &number[1..]),
            Some(b'+') => (false, &number[1..]),
            _ => (false, number),
        };
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        if whole.is_empty() && fraction.is_empty() {
            return Err(MoneyError::NotANumber);
        }
        let fraction = fraction.trim_end_matches('0');
        let (mut mantissa, mut digits) = (0_i128, 0_u32);
        for byte in whole.bytes().chain(fraction.bytes()) {
            if !byte.is_ascii_digit() {
                return Err(MoneyError::NotANumber);
            }
            digits += u32::from(mantissa != 0);
            if digits >= MAX_DIGITS {
                return Err(MoneyError::TooLarge);
            }
            mantissa = mantissa * 10 + i128::from(byte - b'0');
        }
        if mantissa == 0 {
            return Ok(Self {
                mantissa: 0,
                scale: 0,
            });
        }
        if negative {
            mantissa = -mantissa;
        }
        let places = i64::try_from(fraction.len()).map_err(|_| MoneyError::TooLarge)?;
        let scale = places - i64::from(exponent);
        match u32::try_from(scale) {
            Ok(scale) => Ok(Self { mantissa, scale }),
            Err(_) => {
                let power = u32::try_from(-scale).map_err(|_| MoneyError::TooLarge)?;
                let factor = 10_i128.checked_pow(power).ok_or(MoneyError::TooLarge)?;
                let mantissa = mantissa.checked_mul(factor).ok_or(MoneyError::TooLarge)?;
                Ok(Self { mantissa, scale: 0 })
            }
        }
    }
}

impl From<i64> for Decimal {
    fn from(whole: i64) -> Self {
        Self {
            mantissa: i128::from(whole),
            scale: 0,
        }
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyNumber;

        impl Visitor<'_> for AnyNumber {
            type Value = Decimal;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a decimal number, as a number or as text")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Decimal, E> {
                text.trim().parse().map_err(E::custom)
            }

            fn visit_i64<E: de::Error>(self, number: i64) -> Result<Decimal, E> {
                Ok(number.into())
            }

            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Decimal, E> {
                Ok(Decimal {
                    mantissa: i128::from(number),
                    scale: 0,
                })
            }

            fn visit_f64<E: de::Error>(self, number: f64) -> Result<Decimal, E> {
                // `{}` prints the shortest text that reads back as the same float.
                number.to_string().parse().map_err(E::custom)
            }
        }

        deserializer.deserialize_any(AnyNumber)
    }
}
