//! What reading or adding money can fail with.

/// Why an amount or a price could not be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// The text is no decimal number.
    #[error("not a decimal number")]
    NotANumber,
    /// The number or the sum does not fit.
    #[error("the amount is too large")]
    TooLarge,
    /// A price below zero; some catalogues use -1 for "it depends".
    #[error("a price cannot be negative")]
    NegativePrice,
    /// Dollars and play money were to be added.
    #[error("dollars and play money cannot be added")]
    MixedKinds,
}
