//! Amounts, their kind, and how they came to be known.

use serde::{Deserialize, Serialize};

use crate::{Decimal, MoneyError};

macro_rules! integer_amount {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl $name {
            /// Nothing.
            pub const ZERO: Self = Self(0);

            /// The sum, or `None` where it does not fit.
            #[must_use]
            pub fn checked_add(self, other: Self) -> Option<Self> {
                self.0.checked_add(other.0).map(Self)
            }

            /// The difference, or `None` where it does not fit.
            #[must_use]
            pub fn checked_sub(self, other: Self) -> Option<Self> {
                self.0.checked_sub(other.0).map(Self)
            }

            /// A decimal number of whole units, rounded to the nearest millionth.
            ///
            /// # Errors
            /// [`MoneyError::TooLarge`] beyond 64 bits of millionths.
            pub fn from_units(units: Decimal) -> Result<Self, MoneyError> {
                let micro = units.scaled(6)?;
                i64::try_from(micro).map(Self).map_err(|_| MoneyError::TooLarge)
            }

            /// Reads `"98.5"`, `"$98.50"`, `"-$0.02"`, `"$-0.02"` or `"$1,234.50"`.
            ///
            /// # Errors
            /// [`MoneyError::NotANumber`] for anything else, [`MoneyError::TooLarge`] beyond 64 bits.
            pub fn parse(text: &str) -> Result<Self, MoneyError> {
                Self::from_units(amount_text(text)?)
            }
        }
    };
}

integer_amount! {
    /// Millionths of a US dollar; negative when owed.
    MicroUsd
}

integer_amount! {
    /// Millionths of a play dollar. It is worth nothing and never adds to [`MicroUsd`].
    PlayMoney
}

/// The number in a text that may carry a sign, a dollar sign and thousands separators.
fn amount_text(text: &str) -> Result<Decimal, MoneyError> {
    let text = text.trim();
    let (negative, text) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let text = text.strip_prefix('$').unwrap_or(text);
    if negative && text.starts_with(['-', '+']) {
        return Err(MoneyError::NotANumber);
    }
    let sign = if negative { "-" } else { "" };
    format!("{sign}{}", text.replace(',', "")).parse()
}

/// An amount of one kind of money.
///
/// In JSON `{"micro_usd": 1234}` or `{"play_micro": 1234}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Amount {
    /// Real money.
    #[serde(rename = "micro_usd")]
    Usd(MicroUsd),
    /// Play money.
    #[serde(rename = "play_micro")]
    Play(PlayMoney),
}

impl Amount {
    /// The sum of two amounts of the same kind.
    ///
    /// # Errors
    /// [`MoneyError::MixedKinds`] for different kinds, [`MoneyError::TooLarge`] if it does not fit.
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        match (self, other) {
            (Self::Usd(a), Self::Usd(b)) => a.checked_add(b).map(Self::Usd),
            (Self::Play(a), Self::Play(b)) => a.checked_add(b).map(Self::Play),
            _ => return Err(MoneyError::MixedKinds),
        }
        .ok_or(MoneyError::TooLarge)
    }

    /// The difference of two amounts of the same kind.
    ///
    /// # Errors
    /// As [`Amount::checked_add`].
    pub fn checked_sub(self, other: Self) -> Result<Self, MoneyError> {
        match (self, other) {
            (Self::Usd(a), Self::Usd(b)) => a.checked_sub(b).map(Self::Usd),
            (Self::Play(a), Self::Play(b)) => a.checked_sub(b).map(Self::Play),
            _ => return Err(MoneyError::MixedKinds),
        }
        .ok_or(MoneyError::TooLarge)
    }

    /// Millionths of whichever kind it is; only for showing and storing beside the kind.
    #[must_use]
    pub fn micro(self) -> i64 {
        match self {
            Self::Usd(amount) => amount.0,
            Self::Play(amount) => amount.0,
        }
    }

    /// Whether it is play money.
    #[must_use]
    pub fn is_play(self) -> bool {
        matches!(self, Self::Play(_))
    }
}

/// How an amount came to be known.
///
/// The order is that of trust: a total is as good as its least known part, its maximum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Label {
    /// The provider said so.
    Reported,
    /// The provider's token counts times the prices at the time.
    Computed,
    /// Tokens were counted here.
    Estimate,
}

/// What something cost. In JSON `{"micro_usd": 1234, "label": "reported"}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Cost {
    /// How much.
    #[serde(flatten)]
    pub amount: Amount,
    /// How it is known.
    pub label: Label,
}

impl Cost {
    /// The sum, labelled as the less known of the two.
    ///
    /// # Errors
    /// As [`Amount::checked_add`].
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        Ok(Self {
            amount: self.amount.checked_add(other.amount)?,
            label: self.label.max(other.label),
        })
    }
}
