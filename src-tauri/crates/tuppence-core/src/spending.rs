//! What an answer cost, and how that is known.
//!
//! In this order: what the provider reports; reported usage times the prices at the time; a count of
//! our own times those prices. Never nothing in silence: without a price there is no cost to show, and
//! without usage there is an estimate, not a zero.

use money::{Amount, Cost, Label, PriceSnapshot, Usage};

/// Bytes of text that make about one token. Tokenizers differ; this is the usual rule of thumb for
/// Latin script, and only ever used for what is labelled an estimate.
const BYTES_PER_TOKEN: u64 = 4;

/// What is known of an answer's cost at its end, or so far.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Known {
    /// The provider's own figure.
    pub(crate) reported: Option<Amount>,
    /// The provider's token counts.
    pub(crate) usage: Option<Usage>,
    /// Prices when the turn began.
    pub(crate) prices: Option<PriceSnapshot>,
    /// Bytes of text sent.
    pub(crate) bytes_in: u64,
    /// Bytes of text received, reasoning included.
    pub(crate) bytes_out: u64,
    /// Amounts are play money.
    pub(crate) play_money: bool,
}

impl Known {
    /// The best figure there is; `None` where there is no price at all.
    pub(crate) fn cost(&self) -> Option<Cost> {
        if let Some(amount) = self.reported {
            return Some(Cost {
                amount,
                label: Label::Reported,
            });
        }
        let prices = self.prices?;
        let (usage, label) = match self.usage {
            Some(usage) => (usage, Label::Computed),
            None => (self.counted(), Label::Estimate),
        };
        let amount = if self.play_money {
            Amount::Play(prices.play_cost(&usage))
        } else {
            Amount::Usd(prices.cost(&usage))
        };
        Some(Cost { amount, label })
    }

    /// The provider's token counts, else our own.
    pub(crate) fn usage(&self) -> Usage {
        self.usage.unwrap_or_else(|| self.counted())
    }

    fn counted(&self) -> Usage {
        Usage {
            input: self.bytes_in.div_ceil(BYTES_PER_TOKEN),
            output: self.bytes_out.div_ceil(BYTES_PER_TOKEN),
            ..Usage::default()
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use money::{MicroUsd, PlayMoney, Price};

    use super::*;

    fn priced() -> Known {
        let dollar = Price::per_million("1".parse().unwrap()).unwrap();
        Known {
            prices: Some(PriceSnapshot {
                input: dollar,
                output: dollar,
                cached_input: None,
            }),
            bytes_in: 40,
            bytes_out: 400,
            ..Known::default()
        }
    }

    #[test]
    fn what_the_provider_reports_wins() {
        let reported = Some(Amount::Usd(MicroUsd(7)));
        let usage = Some(Usage {
            output: 1_000,
            ..Usage::default()
        });
        let cost = Known {
            reported,
            usage,
            ..priced()
        }
        .cost()
        .unwrap();
        assert_eq!(
            cost,
            Cost {
                amount: Amount::Usd(MicroUsd(7)),
                label: Label::Reported
            }
        );
    }

    #[test]
    fn usage_times_prices_is_computed() {
        let usage = Some(Usage {
            input: 3,
            output: 5,
            ..Usage::default()
        });
        let cost = Known { usage, ..priced() }.cost().unwrap();
        assert_eq!(
            cost,
            Cost {
                amount: Amount::Usd(MicroUsd(8)),
                label: Label::Computed
            }
        );
    }

    #[test]
    fn missing_usage_is_an_estimate_and_no_zero() {
        let cost = priced().cost().unwrap();
        assert_eq!(
            cost,
            Cost {
                amount: Amount::Usd(MicroUsd(110)),
                label: Label::Estimate
            }
        );
    }

    /// Checklist 149.
    #[test]
    fn play_money_stays_play_money() {
        let cost = Known {
            play_money: true,
            ..priced()
        }
        .cost()
        .unwrap();
        assert_eq!(cost.amount, Amount::Play(PlayMoney(110)));
    }

    #[test]
    fn without_a_price_no_cost_is_invented() {
        assert_eq!(
            Known {
                bytes_out: 9,
                ..Known::default()
            }
            .cost(),
            None
        );
    }
}
