//! What an answer cost, and how that is known.
//!
//! In this order: what the provider reports; reported usage times the prices at the time; a count of
//! our own times those prices. Never nothing in silence: without a price there is no cost to show, and
//! without usage there is an estimate, not a zero.

use conversations::MoneyKind;
use money::{Amount, Cost, Label, PriceSnapshot, Usage};

use super::prompt::Prompt;
use crate::context::BYTES_PER_TOKEN;

/// More bytes than a token has on average in any usual text. An answer is cut on this count only when
/// the provider exceeds what was asked for and reports no tokens.
const MOST_BYTES_PER_TOKEN: u64 = 8;

/// Tokens that may be on their way when an answer is stopped.
const TAIL_TOKENS: u64 = 256;

/// What is known of an answer's cost at its end, or so far.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Known {
    /// The provider's own figure.
    pub(crate) reported: Option<Amount>,
    /// The provider's token counts.
    pub(crate) usage: Option<Usage>,
    /// Prices when the turn began.
    pub(crate) prices: Option<PriceSnapshot>,
    /// What was sent.
    pub(crate) prompt: Prompt,
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

    /// What so many bytes of answer cost by themselves, as an estimate; `None` without a price.
    pub(crate) fn cost_of(&self, bytes: u64) -> Option<Cost> {
        let usage = Usage {
            output: bytes.div_ceil(BYTES_PER_TOKEN),
            ..Usage::default()
        };
        let alone = Self {
            reported: None,
            usage: Some(usage),
            ..*self
        };
        let label = Label::Estimate;
        alone.cost().map(|cost| Cost { label, ..cost })
    }

    /// The provider's token counts, else our own.
    pub(crate) fn usage(&self) -> Usage {
        self.usage.unwrap_or_else(|| self.counted())
    }

    pub(crate) fn kind(&self) -> MoneyKind {
        if self.play_money {
            MoneyKind::Play
        } else {
            MoneyKind::Usd
        }
    }

    /// The most that the answer can have cost by what came, within what was `held` for it.
    pub(crate) fn bound(&self, held: i64) -> Option<Amount> {
        let came = self.bytes_out + TAIL_TOKENS;
        let most = self.prices?.most(self.prompt.bound, came);
        Some(self.kind().amount(most.min(held).max(self.least())))
    }

    /// What the answer has surely cost by now, in millionths.
    pub(crate) fn least(&self) -> i64 {
        let Some(prices) = self.prices else {
            return 0;
        };
        prices
            .cost(&self.usage.unwrap_or_else(|| Usage {
                input: self.prompt.estimate,
                output: self.bytes_out / MOST_BYTES_PER_TOKEN,
                ..Usage::default()
            }))
            .0
    }

    fn counted(&self) -> Usage {
        Usage {
            input: self.prompt.estimate,
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
            prompt: Prompt {
                estimate: 10,
                bound: 50,
            },
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
    fn what_can_have_been_charged_is_no_more_than_was_held() {
        let known = priced();
        assert_eq!(
            known.bound(10_000),
            Some(Amount::Usd(MicroUsd(50 + 400 + 256)))
        );
        assert_eq!(known.bound(500), Some(Amount::Usd(MicroUsd(500))));
        let usage = Some(Usage {
            output: 900,
            ..Usage::default()
        });
        assert_eq!(
            Known { usage, ..known }.bound(500),
            Some(Amount::Usd(MicroUsd(900)))
        );
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
