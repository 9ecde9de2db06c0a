//! Money as integers.
//!
//! Amounts are whole millionths ([`MicroUsd`], [`PlayMoney`]), prices whole billionths of a dollar
//! per million tokens ([`Price`]). Nothing here adds floats: what a provider sends as a JSON number
//! or a string is read as an exact [`Decimal`] first. Dollars and play money are different types
//! without a conversion, and [`Amount::checked_add`] refuses to mix them.
//!
//! ```
//! use money::{Label, Cost, Amount, MicroUsd, Price, PriceSnapshot, Usage};
//!
//! let prices = PriceSnapshot {
//!     input: Price::per_million("0.15".parse()?)?,
//!     output: Price::per_token("0.0000006".parse()?)?,
//!     cached_input: None,
//! };
//! let cost = Cost {
//!     amount: Amount::Usd(prices.cost(&Usage { input: 1_000, output: 5_000, ..Usage::default() })),
//!     label: Label::Computed,
//! };
//! assert_eq!(cost.amount, Amount::Usd(MicroUsd(3_150)));
//! assert_eq!(cost.amount.to_string(), "0.315¢");
//! # Ok::<(), money::MoneyError>(())
//! ```
#![deny(missing_docs)]

mod amount;
mod decimal;
mod display;
mod error;
mod price;

pub use amount::{Amount, Cost, Label, MicroUsd, PlayMoney};
pub use decimal::Decimal;
pub use error::MoneyError;
pub use price::{Price, PriceSnapshot, Usage};
