//! Prices per token and what a turn costs at them.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Decimal, MicroUsd, MoneyError, PlayMoney};

/// Billionths of a dollar per million tokens, times tokens, make this many parts of a millionth.
const PARTS_PER_MICRO: u128 = 1_000_000_000;

/// A price in US dollars (or play dollars) per million tokens, exact to a billionth of a dollar.
///
/// In JSON it is the decimal text of the dollars per million, `"0.15"`; a number is read as well.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Price {
    nano_per_million: u64,
}

impl Price {
    /// From dollars per million tokens.
    ///
    /// # Errors
    /// [`MoneyError::NegativePrice`], or [`MoneyError::TooLarge`] beyond 64 bits.
    pub fn per_million(dollars: Decimal) -> Result<Self, MoneyError> {
        Self::scaled(dollars, 9)
    }

    /// From dollars per thousand tokens.
    ///
    /// # Errors
    /// As [`Price::per_million`].
    pub fn per_thousand(dollars: Decimal) -> Result<Self, MoneyError> {
        Self::scaled(dollars, 12)
    }

    /// From dollars per token, such as `0.00000015`.
    ///
    /// # Errors
    /// As [`Price::per_million`].
    pub fn per_token(dollars: Decimal) -> Result<Self, MoneyError> {
        Self::scaled(dollars, 15)
    }

    /// Billionths of a dollar per million tokens.
    #[must_use]
    pub fn nano_per_million(self) -> u64 {
        self.nano_per_million
    }

    /// Millionths of a dollar per million tokens, rounded up; for showing.
    #[must_use]
    pub fn micro_per_million(self) -> u64 {
        self.nano_per_million.div_ceil(1_000)
    }

    fn scaled(dollars: Decimal, places: i32) -> Result<Self, MoneyError> {
        let nano = dollars.scaled(places)?;
        if nano < 0 {
            return Err(MoneyError::NegativePrice);
        }
        let nano_per_million = u64::try_from(nano).map_err(|_| MoneyError::TooLarge)?;
        Ok(Self { nano_per_million })
    }
}

impl Serialize for Price {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.decimal())
    }
}

impl<'de> Deserialize<'de> for Price {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let dollars = Decimal::deserialize(deserializer)?;
        Self::per_million(dollars).map_err(serde::de::Error::custom)
    }
}

/// Token counts of one turn, as providers of the OpenAI kind report them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Usage {
    /// Tokens sent, `cached` included.
    pub input: u64,
    /// The part of `input` that the provider had in its cache.
    pub cached: u64,
    /// Tokens received, `reasoning` included.
    pub output: u64,
    /// The part of `output` that was reasoning.
    pub reasoning: u64,
}

/// The prices a turn was charged at, kept beside its cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PriceSnapshot {
    /// For tokens sent.
    pub input: Price,
    /// For tokens received.
    pub output: Price,
    /// For tokens sent that were cached, where it differs from `input`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cached_input: Option<Price>,
}

impl PriceSnapshot {
    /// What the turn costs in dollars.
    ///
    /// The exact products are summed and rounded once, up to the next millionth of a dollar, so a
    /// shown cost is never below the true one. A cost beyond 64 bits becomes the largest amount.
    #[must_use]
    pub fn cost(&self, usage: &Usage) -> MicroUsd {
        MicroUsd(self.micro(usage))
    }

    /// What the turn costs where the prices are in play dollars; rounded as [`PriceSnapshot::cost`].
    #[must_use]
    pub fn play_cost(&self, usage: &Usage) -> PlayMoney {
        PlayMoney(self.micro(usage))
    }

    /// The most tokens of an answer that `room`, in millionths, pays for beside `input` tokens at the
    /// dearer of the two input prices; `None` where the input alone costs more.
    ///
    /// Where answers cost nothing the number has no limit, and is the largest there is.
    #[must_use]
    pub fn most_output(&self, input: u64, room: i64) -> Option<u64> {
        let dearest = self.input.max(self.cached_input.unwrap_or(self.input));
        let room = u128::try_from(room).ok()? * PARTS_PER_MICRO;
        let left = room.checked_sub(u128::from(input) * u128::from(dearest.nano_per_million))?;
        match u128::from(self.output.nano_per_million) {
            0 => Some(u64::MAX),
            price => Some(u64::try_from(left / price).unwrap_or(u64::MAX)),
        }
    }

    /// The most that `input` and `output` tokens can cost, in millionths: nothing is taken for cached
    /// that would be cheaper.
    #[must_use]
    pub fn most(&self, input: u64, output: u64) -> i64 {
        let dearest = self.input.max(self.cached_input.unwrap_or(self.input));
        let uncached = Self {
            input: dearest,
            cached_input: None,
            ..*self
        };
        uncached.micro(&Usage {
            input,
            output,
            ..Usage::default()
        })
    }

    fn micro(&self, usage: &Usage) -> i64 {
        let cached = usage.cached.min(usage.input);
        let cached_price = self.cached_input.unwrap_or(self.input);
        let products = [
            (usage.input - cached, self.input),
            (cached, cached_price),
            (usage.output, self.output),
        ];
        let parts = products
            .into_iter()
            .try_fold(0_u128, |sum, (tokens, price)| {
                sum.checked_add(u128::from(tokens) * u128::from(price.nano_per_million))
            });
        let micro = parts.map(|parts| parts.div_ceil(PARTS_PER_MICRO));
        micro
            .and_then(|micro| i64::try_from(micro).ok())
            .unwrap_or(i64::MAX)
    }
}
