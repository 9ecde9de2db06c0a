//! What the crate promises, by example.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use money::{Amount, Cost, Decimal, Label, MicroUsd, MoneyError, PlayMoney};
use money::{Price, PriceSnapshot, Usage};
use serde_json::json;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn per_million(text: &str) -> Price {
    Price::per_million(decimal(text)).unwrap()
}

#[test]
fn the_same_price_in_three_units_is_the_same_price() {
    let price = per_million("0.15");
    assert_eq!(Price::per_thousand(decimal("0.00015")).unwrap(), price);
    assert_eq!(Price::per_token(decimal("0.00000015")).unwrap(), price);
    assert_eq!(Price::per_token(decimal("1.5e-7")).unwrap(), price);
    assert_eq!(price.nano_per_million(), 150_000_000);
}

#[test]
fn a_json_number_is_read_at_its_shortest_text() {
    for (json, nano) in [
        ("0.1", 100_000_000),
        ("2", 2_000_000_000),
        ("\"0.3\"", 300_000_000),
    ] {
        let price: Price = serde_json::from_str(json).unwrap();
        assert_eq!(price.nano_per_million(), nano, "{json}");
    }
    let noisy: Price = serde_json::from_str("0.30000000000000004").unwrap();
    assert_eq!(noisy, per_million("0.3"));
}

#[test]
fn a_negative_price_is_refused() {
    assert_eq!(
        Price::per_token(decimal("-1")),
        Err(MoneyError::NegativePrice)
    );
    assert!(serde_json::from_str::<Price>("-1").is_err());
}

#[test]
fn a_turn_is_rounded_once_and_up() {
    // A third of a micro-dollar for each of the two kinds of token: one in all, not two.
    let prices = PriceSnapshot {
        input: per_million("0.333333333"),
        output: per_million("0.333333333"),
        cached_input: None,
    };
    let usage = Usage {
        input: 1,
        output: 1,
        ..Usage::default()
    };
    assert_eq!(prices.cost(&usage), MicroUsd(1));
    assert_eq!(prices.cost(&Usage::default()), MicroUsd::ZERO);
}

#[test]
fn cached_tokens_are_part_of_the_input_and_have_their_own_price() {
    let mut prices = PriceSnapshot {
        input: per_million("2"),
        output: per_million("8"),
        cached_input: Some(per_million("0.5")),
    };
    let usage = Usage {
        input: 1_000,
        cached: 400,
        output: 100,
        reasoning: 60,
    };
    assert_eq!(prices.cost(&usage), MicroUsd(600 * 2 + 200 + 800));
    prices.cached_input = None;
    assert_eq!(prices.cost(&usage), MicroUsd(2_800));
    let odd = Usage {
        cached: 5_000,
        ..usage
    };
    assert_eq!(
        prices.cost(&odd),
        MicroUsd(2_800),
        "no more cached than sent"
    );
}

#[test]
fn a_cost_beyond_everything_is_the_largest_amount() {
    let dear = Price::per_million(decimal("18000000000")).unwrap();
    let prices = PriceSnapshot {
        input: dear,
        output: dear,
        cached_input: None,
    };
    let usage = Usage {
        input: u64::MAX,
        output: u64::MAX,
        ..Usage::default()
    };
    assert_eq!(prices.cost(&usage), MicroUsd(i64::MAX));
}

#[test]
fn amounts_are_read_as_providers_write_them() {
    for (text, micro) in [
        ("$98.50", 98_500_000),
        ("-$0.02", -20_000),
        ("$-0.02", -20_000),
        ("\u{2212}$0.02", -20_000),
        ("$1,234.50", 1_234_500_000),
        ("0", 0),
        ("0.0000005", 1),
        ("-0.0000005", -1),
        ("0.0000004", 0),
    ] {
        assert_eq!(MicroUsd::parse(text), Ok(MicroUsd(micro)), "{text}");
    }
    for text in [
        "", "$", "-", "--1", "$--1", "1.2.3", "1 2", "12€", "NaN", "inf", "0x10", "1e", ".",
    ] {
        assert_eq!(MicroUsd::parse(text), Err(MoneyError::NotANumber), "{text}");
    }
    for text in ["9223372036855", "1e400", "1e-4000000000", &"9".repeat(100)] {
        assert!(MicroUsd::parse(text).is_err(), "{text}");
    }
}

#[test]
fn an_absent_amount_is_none_and_a_float_is_rounded_to_the_micro_dollar() {
    let read = |json: &str| -> Option<MicroUsd> {
        let units: Option<Decimal> = serde_json::from_str(json).unwrap();
        units.map(|units| MicroUsd::from_units(units).unwrap())
    };
    assert_eq!(read("null"), None);
    assert_eq!(read("12.345678901234"), Some(MicroUsd(12_345_679)));
    assert_eq!(read("-0.1"), Some(MicroUsd(-100_000)));
}

#[test]
fn dollars_and_play_money_do_not_add() {
    let (usd, play) = (Amount::Usd(MicroUsd(1)), Amount::Play(PlayMoney(1)));
    assert_eq!(usd.checked_add(play), Err(MoneyError::MixedKinds));
    assert_eq!(play.checked_sub(usd), Err(MoneyError::MixedKinds));
    assert_eq!(usd.checked_add(usd), Ok(Amount::Usd(MicroUsd(2))));
    let most = Amount::Play(PlayMoney(i64::MAX));
    assert_eq!(most.checked_add(play), Err(MoneyError::TooLarge));
}

#[test]
fn a_sum_is_labelled_by_its_least_known_part() {
    let cost = |label| Cost {
        amount: Amount::Usd(MicroUsd(2)),
        label,
    };
    let sum = cost(Label::Reported)
        .checked_add(cost(Label::Estimate))
        .unwrap();
    assert_eq!(
        sum,
        Cost {
            amount: Amount::Usd(MicroUsd(4)),
            label: Label::Estimate
        }
    );
}

#[test]
fn json_has_the_published_shape() {
    let cost = Cost {
        amount: Amount::Usd(MicroUsd(1234)),
        label: Label::Reported,
    };
    let json = json!({"micro_usd": 1234, "label": "reported"});
    assert_eq!(serde_json::to_value(cost).unwrap(), json);
    assert_eq!(serde_json::from_value::<Cost>(json).unwrap(), cost);
    let play = Amount::Play(PlayMoney(-5));
    assert_eq!(
        serde_json::to_value(play).unwrap(),
        json!({"play_micro": -5})
    );
    assert_eq!(
        serde_json::from_value::<Amount>(json!({"play_micro": -5})).unwrap(),
        play
    );
    let both = json!({"micro_usd": 1, "play_micro": 2});
    assert!(serde_json::from_value::<Amount>(both).is_err());
}

#[test]
fn a_price_snapshot_survives_json() {
    let prices = PriceSnapshot {
        input: per_million("0.150000001"),
        output: per_million("12"),
        cached_input: None,
    };
    let json = serde_json::to_value(prices).unwrap();
    assert_eq!(json, json!({"input": "0.150000001", "output": "12"}));
    assert_eq!(
        serde_json::from_value::<PriceSnapshot>(json).unwrap(),
        prices
    );
}

#[test]
fn amounts_are_shown_in_cents_below_a_dollar() {
    for (micro, text) in [
        (0, "$0.00"),
        (1, "0.0001¢"),
        (34, "0.0034¢"),
        (3_400, "0.34¢"),
        (3_456, "0.346¢"),
        (10_000, "1¢"),
        (12_540, "1.25¢"),
        (123_456, "12.3¢"),
        (985_000, "98.5¢"),
        (999_499, "99.9¢"),
        (999_500, "$1.00"),
        (1_000_000, "$1.00"),
        (4_180_000, "$4.18"),
        (4_185_000, "$4.19"),
        (-20_000, "-2¢"),
        (-4_180_000, "-$4.18"),
        (i64::MIN, "-$9223372036854.78"),
    ] {
        assert_eq!(MicroUsd(micro).to_string(), text, "{micro}");
    }
    assert_eq!(PlayMoney(4_180_000).to_string(), "4.18 play");
    assert_eq!(Amount::Play(PlayMoney(-3_400)).to_string(), "-0.34¢ play");
}
