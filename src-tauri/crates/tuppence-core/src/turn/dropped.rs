//! What of an answer was paid for and is not there: beginnings that the provider dropped, or all of it.

use conversations::{Loss, LossCause};
use money::Label;

use crate::context::BYTES_PER_TOKEN;
use crate::spending::Known;

/// Bytes of beginnings that the provider dropped as it began the answer anew.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Dropped {
    bytes: u64,
}

impl Dropped {
    /// Everything that came until now is void.
    pub(super) fn all_of(&mut self, known: &Known) {
        self.bytes = known.bytes_out;
    }

    /// What was paid for it, as far as the answer's end tells.
    pub(super) fn loss(&self, known: &Known) -> Option<Loss> {
        if known.bytes_out == 0 {
            let cost = known.cost();
            // An estimate of nothing is no charge.
            let charged = cost.filter(|it| it.label != Label::Estimate && it.amount.micro() > 0);
            return charged.map(|cost| Loss {
                cause: LossCause::NoWords,
                cost,
            });
        }
        if self.bytes == 0 || self.was_not_counted(known) {
            return None;
        }
        known.cost_of(self.bytes).map(|cost| Loss {
            cause: LossCause::BegunAnew,
            cost,
        })
    }

    /// The provider's own count has room for little more than what was kept.
    fn was_not_counted(&self, known: &Known) -> bool {
        let Some(usage) = known.usage else {
            return false;
        };
        let kept = known.bytes_out - self.bytes;
        let tokens_of = |bytes: u64| bytes.div_ceil(BYTES_PER_TOKEN);
        usage.output < tokens_of(kept) + tokens_of(self.bytes) / 2
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use money::{Amount, MicroUsd, Price, PriceSnapshot, Usage};

    use super::*;

    fn known(bytes_out: u64, output: Option<u64>) -> Known {
        let price = Price::per_million("1".parse().unwrap()).unwrap();
        Known {
            prices: Some(PriceSnapshot {
                input: price,
                output: price,
                cached_input: None,
            }),
            usage: output.map(|output| Usage {
                output,
                ..Usage::default()
            }),
            bytes_out,
            ..Known::default()
        }
    }

    #[test]
    fn a_dropped_beginning_that_was_counted_is_a_loss() {
        let mut dropped = Dropped::default();
        dropped.all_of(&known(400, None));
        let loss = dropped.loss(&known(1_200, Some(300))).unwrap();
        assert_eq!(loss.cause, LossCause::BegunAnew);
        assert_eq!(loss.cost.amount, Amount::Usd(MicroUsd(100)));
        assert_eq!(loss.cost.label, Label::Estimate);
    }

    #[test]
    fn one_that_the_provider_did_not_count_is_none() {
        let mut dropped = Dropped::default();
        dropped.all_of(&known(400, None));
        assert_eq!(dropped.loss(&known(1_200, Some(205))), None);
    }

    #[test]
    fn words_that_all_came_are_no_loss_and_a_charge_without_any_is_one() {
        assert_eq!(Dropped::default().loss(&known(400, Some(100))), None);
        assert_eq!(Dropped::default().loss(&known(0, None)), None);
        let loss = Dropped::default().loss(&known(0, Some(7))).unwrap();
        assert_eq!(
            (loss.cause, loss.cost.label),
            (LossCause::NoWords, Label::Computed)
        );
    }
}
