//! The steps of a sign-in, as a person can see them.

use sandbox_provider::{SandboxConfig, Scenario};
use tuppence_core::{SignInOutcome, SignInTrace, StepKind, StepOutcome};

use crate::world::{Person, World};

fn kinds(trace: &SignInTrace) -> Vec<StepKind> {
    trace.steps.iter().map(|step| step.kind).collect()
}

fn shows_no_secret(world: &World, trace: &SignInTrace) {
    let text = format!("{trace:?}");
    let secrets = world.control().issued_secrets();
    assert!(!secrets.is_empty());
    for secret in secrets {
        assert!(!text.contains(&secret), "{text}");
    }
}

/// Checklist 25: from the provider's metadata to where the tokens rest, and nothing secret on the way.
#[tokio::test(flavor = "multi_thread")]
async fn an_openid_sign_in_has_its_steps_from_metadata_to_storage() {
    let world = World::new().await;
    world.signed_in().await;
    let trace = world.core.last_sign_in_trace().unwrap();
    assert!(trace.is_over);
    assert_eq!(
        kinds(&trace),
        [
            StepKind::ProviderMetadata,
            StepKind::RedirectUri,
            StepKind::AuthorizationRequest,
            StepKind::UserAgent,
            StepKind::AuthorizationResponse,
            StepKind::TokenRequest,
            StepKind::TokenResponse,
            StepKind::IdToken,
            StepKind::TokensStored,
        ]
    );
    assert!(
        trace
            .steps
            .iter()
            .all(|step| step.outcome == StepOutcome::Done)
    );
    shows_no_secret(&world, &trace);
}

/// Checklist 133: what tells this installation's play-money provider from a stranger's is in its address.
#[tokio::test(flavor = "multi_thread")]
async fn the_secret_of_the_play_money_provider_is_in_no_step() {
    let secret = "the-secret-of-this-installation".to_owned();
    let world = World::with(SandboxConfig {
        install_secret: Some(secret.clone()),
        ..SandboxConfig::default()
    })
    .await;
    world.signed_in().await;
    let trace = world.core.last_sign_in_trace().unwrap();
    let text = format!("{trace:?}");
    assert!(!text.contains(&secret), "{text}");
    assert!(
        text.contains("/<redacted, 31 characters>/oauth/token"),
        "{text}"
    );
}

/// Checklist 25: a key is a token, and the path of its redirect is a `state`.
#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_that_ends_in_a_key_has_its_steps_too() {
    let world = World::giving_keys().await;
    let outcome = world.sign_in_at("openrouter", Person::Allows).await;
    assert!(matches!(outcome, SignInOutcome::SignedIn(_)), "{outcome:?}");
    let trace = world.core.last_sign_in_trace().unwrap();
    let kinds = kinds(&trace);
    assert!(!kinds.contains(&StepKind::IdToken));
    assert_eq!(
        kinds[kinds.len() - 2..],
        [StepKind::UserInfo, StepKind::TokensStored]
    );
    shows_no_secret(&world, &trace);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_step_at_which_an_attempt_failed_is_the_last_one() {
    let world = World::new().await;
    world.sign_in_as(Person::Denies).await;
    let denied = world.core.last_sign_in_trace().unwrap();
    let last = denied.steps.last().unwrap();
    assert_eq!(last.kind, StepKind::AuthorizationResponse);
    assert!(matches!(&last.outcome, StepOutcome::Failed(why) if why.contains("access_denied")));

    world.refused(&[Scenario::TokenInvalidGrant]).await;
    let refused = world.core.last_sign_in_trace().unwrap();
    let last = refused.steps.last().unwrap();
    assert_eq!(last.kind, StepKind::TokenResponse);
    assert!(matches!(&last.outcome, StepOutcome::Failed(why) if why.contains("invalid_grant")));
    shows_no_secret(&world, &refused);
    assert!(
        world.core.sign_in_trace(&denied.attempt_id).is_some(),
        "the one before is remembered"
    );
}
