//! Whole journeys against the sandbox: signed in for real, then everything an account can do.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use money::Amount;
use sandbox_provider::{Dialect, PlanTerms, Scenario, TopUp, Visitor};
use support::journey::{Journey, sign_in};
use support::{Answer, ask_with};
use wallet_api::{
    AllowancePeriod, ApiError, ApiErrorKind, Balance, ChatEvent, ChatMessage, ChatRequest, Measure,
    PaymentCause, Role,
};

/// A question whose answer is a table, in at most 400 tokens.
async fn ask(journey: &Journey, model: &str) -> Answer {
    ask_for(journey, model, 400).await
}

async fn ask_for(journey: &Journey, model: &str, max_tokens: u32) -> Answer {
    let messages = vec![ChatMessage::new(Role::User, "Show me a table, please.")];
    let request = ChatRequest::new(model, messages).with_max_tokens(max_tokens);
    ask_with(&journey.wallet, request).await
}

async fn amount(journey: &Journey) -> Amount {
    match journey.wallet.balance().await.unwrap() {
        Balance::Known { amount, .. } => amount,
        other => panic!("{other:?}"),
    }
}

fn kind(answer: &Answer) -> Option<ApiErrorKind> {
    answer.error.as_ref().map(ApiError::kind)
}

#[tokio::test]
async fn in_the_quota_dialect_the_stream_says_what_was_charged() {
    let journey = sign_in(Dialect::Quota).await;
    let profile = journey.wallet.profile().await.unwrap();
    assert_eq!(profile.subject, journey.subject);
    assert_eq!(profile.name.as_deref(), Some("Penny Sandbox"));

    let before = amount(&journey).await;
    assert!(before.is_play(), "a sandbox deals in play money");
    let models = journey.wallet.models().await.unwrap();
    let model = models
        .iter()
        .find(|model| model.id == "penny-small")
        .unwrap();
    let prices = model.prices.unwrap();

    let answer = ask(&journey, &model.id).await;
    let Some(ChatEvent::Finished {
        usage,
        reported_cost,
        balance_after,
        ..
    }) = answer.finished
    else {
        panic!("{:?}", answer.error);
    };
    assert!(answer.text.contains('|'), "{}", answer.text);
    let cost = reported_cost.unwrap();
    assert_eq!(
        cost.micro(),
        prices.play_cost(&usage.unwrap()).0,
        "its bill is its price list"
    );
    let after = amount(&journey).await;
    assert_eq!(before.checked_sub(cost), Ok(after));
    assert_eq!(balance_after, Some(after));
}

#[tokio::test]
async fn in_the_chutes_dialect_usage_grows_and_the_balance_is_in_dollars() {
    let journey = sign_in(Dialect::Chutes).await;
    let profile = journey.wallet.profile().await.unwrap();
    assert_eq!(profile.subject, journey.subject);
    assert!(profile.username.is_some());
    let models = journey.wallet.models().await.unwrap();
    assert!(
        models
            .iter()
            .any(|model| model.input_modalities.contains(&"image".to_owned()))
    );
    assert!(models.iter().all(|model| model.context_length.is_some()));

    let before = amount(&journey).await;
    let answer = ask(&journey, &models[0].id).await;
    let Some(ChatEvent::Finished {
        usage,
        reported_cost,
        ..
    }) = answer.finished
    else {
        panic!("{:?}", answer.error);
    };
    assert!(answer.invocation_id.is_some());
    assert_eq!(reported_cost, None, "this dialect does not say");
    let computed = models[0].prices.unwrap().cost(&usage.unwrap());
    let spent = before.checked_sub(amount(&journey).await).unwrap();
    assert_eq!(spent.micro(), computed.0);
}

#[tokio::test]
async fn a_plain_openid_provider_chats_without_a_wallet() {
    let journey = sign_in(Dialect::Oidc).await;
    assert_eq!(
        journey.wallet.profile().await.unwrap().subject,
        journey.subject
    );
    assert_eq!(
        journey.wallet.balance().await.unwrap(),
        Balance::NotReadable
    );
    let models = journey.wallet.models().await.unwrap();
    let answer = ask(&journey, &models[0].id).await;
    assert!(answer.finished.is_some(), "{:?}", answer.error);
    assert_eq!(journey.wallet.top_up_page().await.unwrap(), None);
}

#[tokio::test]
async fn reasoning_comes_on_its_own_channel() {
    let journey = sign_in(Dialect::Quota).await;
    let answer = ask(&journey, "penny-reasoner").await;
    assert!(answer.finished.is_some() && !answer.reasoning.is_empty() && !answer.text.is_empty());
}

#[tokio::test]
async fn an_expired_token_is_refreshed_behind_every_call() {
    let journey = sign_in(Dialect::Quota).await;
    journey.control.expire_access_tokens();
    assert!(ask(&journey, "penny-small").await.finished.is_some());
    journey.control.expire_access_tokens();
    amount(&journey).await;
    journey.control.set_scenario(&[Scenario::Chat401Once]);
    assert!(ask(&journey, "penny-small").await.finished.is_some());
    let counters = journey.control.counters();
    assert_eq!((counters.refreshes, counters.settled_chats), (3, 2));
}

#[tokio::test]
async fn a_revoked_grant_asks_for_a_new_sign_in() {
    let journey = sign_in(Dialect::Quota).await;
    journey.control.revoke_grant(&journey.subject);
    let error = journey.wallet.balance().await.unwrap_err();
    assert!(
        matches!(
            error,
            ApiError::Session(native_oauth::SessionError::ReauthRequired)
        ),
        "{error:?}"
    );
}

#[tokio::test]
async fn an_empty_wallet_is_filled_at_the_provider_s_own_page() {
    let journey = sign_in(Dialect::Quota).await;
    journey.control.set_balance(0);
    let cause = |answer: Answer| match answer.error {
        Some(ApiError::PaymentRequired { cause, .. }) => cause,
        other => panic!("{other:?}"),
    };
    assert_eq!(
        cause(ask(&journey, "penny-small").await),
        PaymentCause::WalletEmpty
    );
    journey.control.set_balance(5);
    assert_eq!(
        cause(ask(&journey, "penny-small").await),
        PaymentCause::ReservationTooLarge
    );

    let page = journey.wallet.top_up_page().await.unwrap().unwrap();
    Visitor::new()
        .unwrap()
        .top_up(&page, TopUp::One)
        .await
        .unwrap();
    assert_eq!(amount(&journey).await.micro(), 1_000_005);
    assert!(ask(&journey, "penny-small").await.finished.is_some());
}

/// Checklist 113.
#[tokio::test]
async fn refusals_of_both_dialects_are_told_apart() {
    use ApiErrorKind as Kind;
    for dialect in [Dialect::Quota, Dialect::Chutes] {
        let journey = sign_in(dialect).await;
        for (scenario, expected) in [
            (Scenario::Chat402Empty, Kind::PaymentRequired),
            (Scenario::Chat403Scope, Kind::InsufficientScope),
            (Scenario::Chat404Model, Kind::ModelNotFound),
            (Scenario::Chat429RetryAfter, Kind::RateLimited),
            (Scenario::Chat429Capacity, Kind::AtCapacity),
            (Scenario::Chat500, Kind::ProviderFailing),
            (Scenario::ChatHtml200, Kind::Unreadable),
            (Scenario::ChatRedirect, Kind::Unreadable),
        ] {
            journey.control.set_scenario(&[scenario]);
            assert_eq!(
                kind(&ask(&journey, "penny-small").await),
                Some(expected),
                "{dialect} {scenario}"
            );
        }
        assert_eq!(
            journey.control.counters().settled_chats,
            0,
            "nothing was charged"
        );
    }
    let journey = sign_in(Dialect::Chutes).await;
    journey.control.set_scenario(&[Scenario::Chat402DailyCap]);
    let answer = ask(&journey, "penny-small").await;
    let Some(ApiError::PaymentRequired { cause, .. }) = answer.error else {
        panic!("{:?}", answer.error);
    };
    assert!(matches!(
        cause,
        PaymentCause::AllowanceUsedUp { resets_at: Some(_) }
    ));
}

/// Checklist 103 to 110, and 115.
#[tokio::test]
async fn streams_of_both_dialects_survive_what_can_be_survived() {
    for dialect in [Dialect::Quota, Dialect::Chutes] {
        let journey = sign_in(dialect).await;
        let plain = ask_for(&journey, "penny-small", 80).await.text;
        for scenario in [
            Scenario::StreamCrlf,
            Scenario::StreamCr,
            Scenario::StreamBom,
            Scenario::StreamComments,
            Scenario::StreamBytewise,
            Scenario::StreamNoDone,
            Scenario::StreamNoUsage,
            Scenario::StreamOddFields,
            Scenario::StreamUnknownFinish,
        ] {
            journey.control.set_scenario(&[scenario]);
            let answer = ask_for(&journey, "penny-small", 80).await;
            assert!(
                answer.finished.is_some(),
                "{dialect} {scenario}: {:?}",
                answer.error
            );
            assert_eq!(answer.text, plain, "{dialect} {scenario}");
        }
        journey
            .control
            .set_scenario(&[Scenario::StreamSplitSurrogates]);
        let answer = ask_for(&journey, "penny-small", 80).await;
        assert!(
            answer.finished.is_some() && !answer.text.contains('\u{fffd}'),
            "{dialect}"
        );

        for (scenario, expected) in [
            (Scenario::StreamCut, ApiErrorKind::StreamInterrupted),
            (Scenario::StreamReset, ApiErrorKind::StreamInterrupted),
            (
                Scenario::StreamBareJsonError,
                ApiErrorKind::StreamInterrupted,
            ),
            (Scenario::StreamErrorEvent, ApiErrorKind::StreamInterrupted),
            (Scenario::StreamStall, ApiErrorKind::Stalled),
            (Scenario::StreamBadJson, ApiErrorKind::Unreadable),
            (Scenario::StreamHugeLine, ApiErrorKind::TooLarge),
        ] {
            journey.control.set_scenario(&[scenario]);
            let answer = ask_for(&journey, "penny-small", 80).await;
            assert_eq!(kind(&answer), Some(expected), "{dialect} {scenario}");
        }
        journey.control.set_scenario(&[Scenario::StreamErrorObject]);
        assert!(
            ask_for(&journey, "penny-small", 80).await.error.is_some(),
            "{dialect}"
        );
        journey.control.set_scenario(&[Scenario::StreamRestart]);
        let answer = ask_for(&journey, "penny-small", 80).await;
        assert!(
            answer.finished.is_some() && answer.restarts >= 1,
            "{dialect}: {answer:?}"
        );
    }
}

fn cause(answer: &Answer) -> Option<&PaymentCause> {
    match answer.error.as_ref()? {
        ApiError::PaymentRequired { cause, .. } => Some(cause),
        _ => None,
    }
}

#[tokio::test]
async fn a_plan_is_used_up_before_the_balance_and_then_says_until_when() {
    let journey = sign_in(Dialect::Chutes).await;
    assert_eq!(journey.wallet.allowances().await.unwrap(), []);
    journey.control.set_balance(0);
    journey.control.set_plan(&PlanTerms {
        requests_a_day: Some(1),
        four_hour_cap_micro: Some(1),
        monthly_cap_micro: None,
    });
    let first = ask(&journey, "penny-small").await;
    assert!(first.error.is_none(), "a request of the day: {first:?}");
    let told = journey.wallet.allowances().await.unwrap();
    assert_eq!(told.len(), 2, "nothing is told of a month without a cap");
    let day = told.iter().find(|it| it.period == AllowancePeriod::Day);
    assert_eq!(
        day.map(|it| (it.used, it.limit, it.is_used_up())),
        Some((Measure::Requests(1), Some(Measure::Requests(1)), true))
    );

    let second = ask(&journey, "penny-small").await;
    assert!(second.error.is_none(), "the subscription: {second:?}");
    let told = journey.wallet.allowances().await.unwrap();
    let hours = told
        .iter()
        .find(|it| it.period == AllowancePeriod::FourHours)
        .unwrap();
    assert!(hours.is_used_up(), "{hours:?}");

    let third = ask(&journey, "penny-small").await;
    // The refusal names no time: the account does.
    assert_eq!(
        cause(&third),
        Some(&PaymentCause::AllowanceUsedUp {
            resets_at: hours.resets_at
        }),
        "{third:?}"
    );
    assert!(hours.resets_at.is_some());

    journey.control.set_balance(1_000_000);
    let fourth = ask(&journey, "penny-small").await;
    assert!(fourth.error.is_none(), "a balance covers the rest");
}

#[tokio::test]
async fn a_days_free_requests_that_are_over_say_when_they_begin_anew() {
    let journey = sign_in(Dialect::Chutes).await;
    journey.control.set_balance(0);
    journey.control.set_plan(&PlanTerms {
        requests_a_day: Some(1),
        ..PlanTerms::default()
    });
    assert!(ask(&journey, "penny-small").await.error.is_none());
    let refused = ask(&journey, "penny-small").await;
    assert!(
        matches!(
            cause(&refused),
            Some(PaymentCause::AllowanceUsedUp { resets_at: Some(_) })
        ),
        "{refused:?}"
    );
    for (fault, told) in [
        (Scenario::Chat402SubscriptionCap, None),
        (Scenario::Chat429DailyLimit, None),
    ] {
        journey.control.set_plan(&PlanTerms::default());
        journey.control.set_scenario(&[fault]);
        let refused = ask(&journey, "penny-small").await;
        let expected = PaymentCause::AllowanceUsedUp { resets_at: told };
        assert_eq!(cause(&refused), Some(&expected), "{fault:?}");
    }
}

#[tokio::test]
async fn the_providers_books_have_every_answer_and_what_others_spent() {
    let journey = sign_in(Dialect::Chutes).await;
    assert_eq!(journey.wallet.billed().await.unwrap(), Some(Vec::new()));
    let before = amount(&journey).await;
    ask(&journey, "penny-small").await;
    journey.control.spend_elsewhere(777);
    let buckets = journey.wallet.billed().await.unwrap().unwrap();
    let billed: i64 = buckets.iter().map(|bucket| bucket.amount.micro()).sum();
    let taken = before.checked_sub(amount(&journey).await).unwrap();
    assert_eq!(billed, taken.micro());
    assert_eq!(buckets.iter().map(|it| it.requests).sum::<u64>(), 2);
    assert!(buckets.iter().all(|bucket| !bucket.amount.is_play()));

    let quota = sign_in(Dialect::Quota).await;
    assert_eq!(quota.wallet.billed().await.unwrap(), None);
}
