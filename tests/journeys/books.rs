//! The provider's books of the dollars dialect: allowances beside the balance, and buckets beside the ledger.

use sandbox_provider::{Dialect, PlanTerms, Sandbox, Scenario as S};
use tuppence_core::{AccountId, AllowancePeriod, Environment, FailureKind, Measure, SignInOutcome};

use crate::world::{Person, World};

fn environment(provider: &Sandbox) -> Environment {
    let secret = provider.client_secret().unwrap().to_owned();
    [
        ("CHUTES_IDP_BASE_URL", provider.issuer().to_string()),
        ("CHUTES_OAUTH_CLIENT_ID", provider.client_id().to_owned()),
        ("CHUTES_OAUTH_CLIENT_SECRET", secret),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect()
}

async fn signed_in() -> (World, AccountId) {
    let world = World::over(Dialect::Chutes, &[], environment).await;
    match world.sign_in_at("chutes", Person::Allows).await {
        SignInOutcome::SignedIn(id) => {
            world.core.models(&id).await.unwrap();
            world.core.refresh_wallet(&id).await.unwrap();
            (world, id)
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_accounts_allowances_are_read_with_its_balance_and_a_cap_says_until_when() {
    let (world, id) = signed_in().await;
    assert!(world.core.account(&id).unwrap().allowances.is_empty());
    world.control().set_plan(&PlanTerms {
        requests_a_day: Some(1),
        four_hour_cap_micro: Some(1),
        monthly_cap_micro: Some(1_000_000),
    });
    world.control().set_balance(0);
    // A request of the day, then one that passes the four hours' cap.
    for _ in 0..2 {
        let answer = world.ask(&id, "Hello there").await;
        assert!(answer.failure.is_none(), "{:?}", answer.failure);
    }
    world
        .until("the allowances are read after the answer", |core| {
            let allowances = core.account(&id).unwrap().allowances;
            let used_up = allowances.iter().filter(|it| it.is_used_up()).count();
            allowances.len() == 3 && used_up == 2
        })
        .await;
    let allowances = world.core.account(&id).unwrap().allowances;
    let hours = allowances
        .iter()
        .find(|it| it.period == AllowancePeriod::FourHours)
        .unwrap();
    assert!(matches!(hours.used, Measure::Money(amount) if !amount.is_play()));

    let failure = world.ask(&id, "And now?").await.failure.unwrap();
    assert_eq!(failure.kind, FailureKind::AllowanceUsedUp, "{failure:?}");
    assert_eq!(failure.retry_at, hours.resets_at);
}

/// What another app of the same account spends is in the provider's books and in no receipt.
#[tokio::test(flavor = "multi_thread")]
async fn the_providers_buckets_are_set_against_the_ledger_by_day() {
    let (world, id) = signed_in().await;
    let cost = world.ask(&id, "Hello there").await.message.cost.unwrap();
    world.ask(&id, "Show me a table, please.").await;
    let days = world.core.billed(&id).await.unwrap().unwrap();
    let difference = |days: &[tuppence_core::BilledDay]| -> i64 {
        days.iter().map(tuppence_core::BilledDay::difference).sum()
    };
    assert_eq!(difference(&days), 0, "{days:?}");
    assert!(days.iter().map(|it| it.explained.micro()).sum::<i64>() > cost.amount.micro());
    assert_eq!(days.iter().map(|it| it.requests).sum::<u64>(), 2);

    world.control().spend_elsewhere(777);
    let days = world.core.billed(&id).await.unwrap().unwrap();
    assert_eq!(difference(&days), 777, "{days:?}");
    world.core.refresh_balance(&id).await.unwrap();
    let compared = world.core.reconcile(&id, None).await.unwrap();
    assert_eq!(compared[0].unexplained.micro(), 777, "{compared:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_without_buckets_is_compared_by_its_balance_alone() {
    let world = World::new().await;
    let id = world.signed_in().await;
    world.ask(&id, "Hello there").await;
    assert_eq!(world.core.billed(&id).await.unwrap(), None);
    world.control().set_scenario(&[S::Balance500]);
    assert!(world.core.refresh_wallet(&id).await.is_err());
}
