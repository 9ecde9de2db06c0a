//! Models, prices, costs.

use tuppence_core as core;

use crate::ipc::contract::*;

pub(in crate::ipc) fn model(model: &core::Model, play_money: bool) -> ModelView {
    let price = |price: money::Price| {
        let micro = i64::try_from(price.micro_per_million()).unwrap_or(i64::MAX);
        if play_money {
            AmountView::Play { micro }
        } else {
            AmountView::Usd { micro }
        }
    };
    ModelView {
        id: model.id.clone(),
        input_price: model.prices.map(|prices| price(prices.input)),
        output_price: model.prices.map(|prices| price(prices.output)),
        context_length: model.context_length,
        input_modalities: model.input_modalities.clone(),
        features: model.features.clone(),
    }
}

pub(in crate::ipc) fn cost(cost: money::Cost) -> CostView {
    CostView {
        amount: cost.amount.into(),
        label: match cost.label {
            money::Label::Reported => AmountLabel::Reported,
            money::Label::Computed => AmountLabel::Computed,
            money::Label::Estimate => AmountLabel::Estimate,
        },
    }
}

pub(in crate::ipc) fn usage(usage: money::Usage) -> UsageView {
    let count = |tokens: u64| u32::try_from(tokens).unwrap_or(u32::MAX);
    UsageView {
        input_tokens: count(usage.input),
        cached_tokens: count(usage.cached),
        output_tokens: count(usage.output),
        reasoning_tokens: count(usage.reasoning),
    }
}

impl From<money::Amount> for AmountView {
    fn from(amount: money::Amount) -> Self {
        match amount {
            money::Amount::Usd(amount) => Self::Usd { micro: amount.0 },
            money::Amount::Play(amount) => Self::Play { micro: amount.0 },
        }
    }
}
