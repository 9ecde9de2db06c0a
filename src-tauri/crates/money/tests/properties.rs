//! What holds for every amount.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use money::{Decimal, MicroUsd, Price, PriceSnapshot, Usage};
use proptest::prelude::*;

proptest! {
    #[test]
    fn written_dollars_read_back(micro in any::<i64>()) {
        let sign = if micro < 0 { "-" } else { "" };
        let size = micro.unsigned_abs();
        let text = format!("{sign}${}.{:06}", size / 1_000_000, size % 1_000_000);
        prop_assert_eq!(MicroUsd::parse(&text), Ok(MicroUsd(micro)));
    }

    #[test]
    fn a_price_text_reads_back(nano in any::<u64>()) {
        let text = format!("{}.{:09}", nano / 1_000_000_000, nano % 1_000_000_000);
        let price = Price::per_million(text.parse().unwrap()).unwrap();
        prop_assert_eq!(price.nano_per_million(), nano);
        let json = serde_json::to_string(&price).unwrap();
        prop_assert_eq!(serde_json::from_str::<Price>(&json).unwrap(), price);
    }

    #[test]
    fn the_cost_is_the_exact_sum_rounded_up(
        input in 0_u64..1 << 40, cached in 0_u64..1 << 40, output in 0_u64..1 << 40,
        prices in prop::array::uniform3(0_u64..1 << 40),
    ) {
        let price = |nano: u64| {
            let text = format!("{nano}e-9");
            Price::per_million(text.parse().unwrap()).unwrap()
        };
        let [a, b, c] = prices;
        let snapshot = PriceSnapshot {
            input: price(a), output: price(b), cached_input: Some(price(c)),
        };
        let cached = cached.min(input);
        let exact = u128::from(input - cached) * u128::from(a)
            + u128::from(output) * u128::from(b)
            + u128::from(cached) * u128::from(c);
        let cost = snapshot.cost(&Usage { input, cached, output, reasoning: 0 });
        let parts = u128::try_from(cost.0).unwrap() * 1_000_000_000;
        prop_assert!(parts >= exact && parts < exact + 1_000_000_000);
    }

    #[test]
    fn sums_are_checked(a in any::<i64>(), b in any::<i64>()) {
        let sum = MicroUsd(a).checked_add(MicroUsd(b)).map(|sum| sum.0);
        prop_assert_eq!(sum, a.checked_add(b));
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,40}") {
        let _ = MicroUsd::parse(&text);
        let _ = text.parse::<Decimal>();
        let _ = MicroUsd(text.len() as i64).to_string();
    }
}
