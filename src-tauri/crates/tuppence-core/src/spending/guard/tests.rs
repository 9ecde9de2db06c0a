#![allow(clippy::unwrap_used)]
use money::Price;

use super::super::limits::LimitSet;
use super::*;

/// A dollar per million tokens either way: a token is a millionth.
fn ask() -> Ask {
    let dollar = Price::per_million("1".parse().unwrap()).unwrap();
    Ask {
        account: AccountId::from("a"),
        kind: MoneyKind::Usd,
        prices: Some(PriceSnapshot {
            input: dollar,
            output: dollar,
            cached_input: None,
        }),
        prompt: Prompt {
            estimate: 10,
            bound: 100,
        },
        asked: None,
        model_most: Some(1_000),
        wallet: None,
        shorter: None,
    }
}

fn a_day(micro: i64) -> Limits {
    Limits {
        dollars: LimitSet {
            day: Some(micro),
            ..LimitSet::default()
        },
        ..Limits::default()
    }
}

fn today(micro: i64) -> Standing {
    Standing {
        day: micro,
        ..Standing::default()
    }
}

fn granted(ask: &Ask, limits: &Limits, standing: &Standing) -> Granted {
    let (reservation, granted) = decide(ask, limits, standing).unwrap();
    assert_eq!(reservation.micro, granted.held);
    granted
}

#[test]
fn without_limits_the_provider_decides_and_the_worst_case_is_held() {
    let granted = granted(&ask(), &Limits::default(), &Standing::default());
    assert_eq!((granted.max_tokens, granted.held), (None, 1_100));
    assert_eq!((granted.lowered, granted.ceiling), (None, None));
}

#[test]
fn with_a_limit_the_answer_is_bounded_even_where_there_is_room() {
    let granted = granted(&ask(), &a_day(10_000), &Standing::default());
    assert_eq!((granted.max_tokens, granted.lowered), (Some(1_000), None));
    assert_eq!(granted.ceiling, Some(1_100));
}

#[test]
fn an_answer_gets_as_short_as_the_limit_leaves_room_for() {
    let granted = granted(&ask(), &a_day(1_000), &today(600));
    assert_eq!(granted.max_tokens, Some(300));
    assert_eq!(granted.lowered, Some(LoweredBy::Limit(LimitName::Day)));
    assert_eq!(granted.held, 400, "all that is left, and no more");
}

#[test]
fn what_leaves_no_room_for_a_useful_answer_does_not_send() {
    let refusal = decide(&ask(), &a_day(1_000), &today(850)).unwrap_err();
    let expected = Refusal::Limit {
        name: LimitName::Day,
        amount: 1_000,
        counted: 850,
        held: 0,
    };
    assert_eq!(refusal, expected);
    assert!(decide(&ask(), &a_day(0), &Standing::default()).is_err());
}

#[test]
fn the_tightest_limit_is_named() {
    let mut limits = a_day(900);
    limits.dollars.message = Some(500);
    limits.dollars.conversation = Some(700);
    limits.dollars.month = Some(10_000);
    limits.accounts.insert(AccountId::from("a"), 600);
    limits.accounts.insert(AccountId::from("another"), 0);
    let message = granted(&ask(), &limits, &Standing::default());
    assert_eq!(message.lowered, Some(LoweredBy::Limit(LimitName::Message)));
    let spent = Standing {
        account: 300,
        ..Standing::default()
    };
    let account = granted(&ask(), &limits, &spent);
    assert_eq!(account.lowered, Some(LoweredBy::Limit(LimitName::Account)));
    assert_eq!(account.max_tokens, Some(200));
}

/// Checklist 149.
#[test]
fn limits_on_dollars_hold_no_play_money() {
    let play = Ask {
        kind: MoneyKind::Play,
        ..ask()
    };
    assert_eq!(granted(&play, &a_day(0), &today(9_999)).max_tokens, None);
}

#[test]
fn the_wallet_lowers_the_answer_and_never_refuses() {
    let with = |wallet| Ask {
        wallet: Some(wallet),
        ..ask()
    };
    let poor = granted(&with(500), &Limits::default(), &Standing::default());
    assert_eq!(
        (poor.max_tokens, poor.lowered),
        (Some(400), Some(LoweredBy::Wallet))
    );
    let holding = Standing {
        account_held: 200,
        ..Standing::default()
    };
    assert_eq!(
        granted(&with(500), &Limits::default(), &holding).max_tokens,
        Some(200)
    );
    for wallet in [0, -5, 120] {
        let empty = granted(&with(wallet), &Limits::default(), &Standing::default());
        assert_eq!((empty.max_tokens, empty.lowered), (None, None), "{wallet}");
    }
}

#[test]
fn what_the_request_asks_for_is_kept_where_it_is_less() {
    let short = Ask {
        asked: Some(10),
        ..ask()
    };
    let plain = granted(&short, &Limits::default(), &Standing::default());
    assert_eq!(
        (plain.max_tokens, plain.lowered, plain.held),
        (Some(10), None, 110)
    );
    assert_eq!(
        granted(&short, &a_day(110), &Standing::default()).max_tokens,
        Some(10)
    );
}

#[test]
fn a_model_without_a_price_is_refused_under_limits_unless_that_was_allowed() {
    let unpriced = Ask {
        prices: None,
        ..ask()
    };
    assert!(decide(&unpriced, &Limits::default(), &Standing::default()).is_ok());
    let refused = decide(&unpriced, &a_day(10), &Standing::default());
    assert_eq!(refused.unwrap_err(), Refusal::PriceUnknown);
    let allowing = Limits {
        unpriced_allowed: true,
        ..a_day(10)
    };
    assert!(decide(&unpriced, &allowing, &Standing::default()).is_ok());
}

/// Whatever the figures: what is held never passes a limit.
#[test]
fn nothing_held_passes_a_limit() {
    for limit in (0..3_000).step_by(37) {
        for spent in (0..3_000).step_by(53) {
            if let Ok((held, _)) = decide(&ask(), &a_day(limit), &today(spent)) {
                assert!(held.micro + spent <= limit, "{limit} {spent} {held:?}");
            }
        }
    }
}

#[test]
fn a_shorter_answer_is_what_the_wallet_covers_and_less_than_was_refused() {
    let asked = |wallet, previous| Ask {
        wallet,
        shorter: Some(Shorter { previous }),
        ..ask()
    };
    let room = |ask: &Ask| {
        let granted = granted(ask, &Limits::default(), &Standing::default());
        assert_eq!(granted.lowered, Some(LoweredBy::Asked));
        granted.max_tokens
    };
    assert_eq!(room(&asked(Some(400), None)), Some(300));
    assert_eq!(room(&asked(Some(400), Some(200))), Some(100), "half of it");
    // The bound leaves nothing: what the words are about leaves a sentence.
    assert_eq!(room(&asked(Some(60), None)), Some(48));
    assert_eq!(room(&asked(None, None)), Some(250), "a guess");
    let refused = decide(
        &asked(Some(20), None),
        &Limits::default(),
        &Standing::default(),
    );
    assert_eq!(refused.err(), Some(Refusal::NotEvenShort));
    let limited = granted(&asked(Some(400), None), &a_day(350), &Standing::default());
    assert_eq!(limited.max_tokens, Some(250), "a limit holds as well");
}
