//! Signing out.

use std::time::Duration;

use native_oauth::session::Revocation;
use native_oauth::{SessionError, SessionState, TokenStore};

use crate::world::{World, key};

/// Checklist 70.
#[tokio::test]
async fn a_sign_out_revokes_both_tokens_and_forgets_them() {
    let world = World::new().await;
    let session = world.session().await;
    let tokens = world.store.load(&key()).await.unwrap().unwrap();
    let report = session.sign_out().await;
    assert!(
        matches!(report.refresh_token, Revocation::Revoked),
        "{report:?}"
    );
    assert!(
        matches!(report.access_token, Revocation::Revoked),
        "{report:?}"
    );
    assert!(report.forgotten.is_ok());
    for token in [
        tokens.access_token.expose(),
        tokens.refresh_token.as_ref().unwrap().expose(),
    ] {
        assert!(!world.provider.state().books.is_live(token));
    }
    assert!(world.store.load(&key()).await.unwrap().is_none());
    assert_eq!(*session.state().borrow(), SessionState::SignedOut);
    assert!(matches!(
        session.access_token().await,
        Err(SessionError::ReauthRequired)
    ));
    let url = report.end_session_url.unwrap();
    let hint = url
        .query_pairs()
        .find(|(name, _)| name == "id_token_hint")
        .unwrap()
        .1
        .into_owned();
    assert_eq!(hint, tokens.id_token.unwrap().expose());
}

/// Checklist 70.
#[tokio::test]
async fn a_sign_out_without_a_network_forgets_all_the_same() {
    let mut world = World::new().await;
    let session = world.session().await;
    world.provider.stop().await;
    let report = session.sign_out().await;
    assert!(
        matches!(report.refresh_token, Revocation::Failed(_)),
        "{report:?}"
    );
    assert!(report.forgotten.is_ok());
    assert!(world.store.load(&key()).await.unwrap().is_none());
    assert_eq!(*session.state().borrow(), SessionState::SignedOut);
}

#[tokio::test]
async fn a_revocation_that_the_provider_refuses_is_reported() {
    let world = World::new().await;
    let session = world.session().await;
    world.provider.state().faults.revocation_down = true;
    let report = session.sign_out().await;
    assert!(
        matches!(report.access_token, Revocation::Failed(_)),
        "{report:?}"
    );
    assert!(report.forgotten.is_ok());
}

#[tokio::test]
async fn a_provider_that_cannot_revoke_is_not_asked() {
    let world = World::new().await;
    world.provider.state().faults.discovery = Some(Box::new(|document| {
        for field in ["revocation_endpoint", "end_session_endpoint"] {
            document.as_object_mut().unwrap().remove(field);
        }
    }));
    let report = world.session().await.sign_out().await;
    assert!(
        matches!(report.refresh_token, Revocation::NotSupported),
        "{report:?}"
    );
    assert!(report.end_session_url.is_none());
}

/// A refresh that is under way does not bring the session back, and leaves no live token behind.
#[tokio::test]
async fn a_refresh_under_way_does_not_survive_the_sign_out() {
    let world = World::new().await;
    let session = world.session().await;
    world.provider.state().faults.token_delay = Duration::from_millis(200);
    world.let_token_expire();
    let refreshing = tokio::spawn({
        let session = session.clone();
        async move { session.access_token().await }
    });
    tokio::time::sleep(Duration::from_millis(50)).await;
    session.sign_out().await;
    assert!(refreshing.await.unwrap().is_err());
    assert!(world.store.load(&key()).await.unwrap().is_none());
    let state = world.provider.state();
    assert!(
        !state
            .books
            .access_tokens
            .keys()
            .any(|token| state.books.is_live(token) && is_newest(token, &state))
    );
}

/// Another session over the same store learns of it when it next needs a token.
#[tokio::test]
async fn a_sign_out_elsewhere_is_noticed() {
    let world = World::new().await;
    let (here, elsewhere) = (world.session().await, world.restored().await);
    elsewhere.sign_out().await;
    world.let_token_expire();
    assert!(matches!(
        here.access_token().await,
        Err(SessionError::ReauthRequired)
    ));
    assert_eq!(*here.state().borrow(), SessionState::SignedOut);
    assert_eq!(world.provider.refreshes(), 0);
}

fn is_newest(token: &str, state: &crate::provider::State) -> bool {
    state
        .books
        .secrets
        .iter()
        .rev()
        .find(|secret| secret.starts_with("access-"))
        .is_some_and(|it| it == token)
}
