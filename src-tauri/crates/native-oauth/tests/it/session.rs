//! Sessions that stay alive.

use std::time::Duration;

use native_oauth::{SessionError, SessionState, TokenStore};

use crate::world::{World, key};

#[tokio::test]
async fn a_fresh_token_is_handed_out_without_asking() {
    let world = World::new().await;
    let session = world.session().await;
    let first = session.access_token().await.unwrap();
    assert!(first.same_as(&session.access_token().await.unwrap()));
    assert_eq!(world.provider.refreshes(), 0);
    assert_eq!(*session.state().borrow(), SessionState::SignedIn);
    assert_eq!(session.granted_scopes().to_string(), "openid profile chat");
}

#[tokio::test]
async fn a_token_is_renewed_half_a_minute_before_it_expires() {
    let world = World::new().await;
    let session = world.session().await;
    let first = session.access_token().await.unwrap();
    world.clock.advance(Duration::from_secs(3600 - 31));
    assert!(first.same_as(&session.access_token().await.unwrap()));
    world.clock.advance(Duration::from_secs(2));
    assert!(!first.same_as(&session.access_token().await.unwrap()));
    assert_eq!(world.provider.refreshes(), 1);
}

#[tokio::test]
async fn a_short_lived_token_is_renewed_a_tenth_of_its_life_before() {
    let world = World::new().await;
    world.provider.state().token_lifetime = 60;
    let session = world.session().await;
    session.access_token().await.unwrap();
    world.clock.advance(Duration::from_secs(53));
    session.access_token().await.unwrap();
    assert_eq!(world.provider.refreshes(), 0);
    world.clock.advance(Duration::from_secs(2));
    session.access_token().await.unwrap();
    assert_eq!(world.provider.refreshes(), 1);
}

/// Checklist 63.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_callers_cause_one_refresh() {
    let world = World::new().await;
    let session = world.session().await;
    world.provider.state().faults.token_delay = Duration::from_millis(100);
    world.let_token_expire();
    let callers: Vec<_> = (0..50)
        .map(|_| {
            let session = session.clone();
            tokio::spawn(async move { session.access_token().await.unwrap() })
        })
        .collect();
    let mut tokens = Vec::new();
    for caller in callers {
        tokens.push(caller.await.unwrap());
    }
    assert!(tokens.iter().all(|token| token.same_as(&tokens[0])));
    assert_eq!(world.provider.refreshes(), 1);
    assert!(world.provider.state().books.is_live(tokens[0].expose()));
}

/// A caller that goes away while its refresh is under way loses nothing: the next finds the new token.
#[tokio::test]
async fn a_dropped_caller_does_not_lose_a_rotated_token() {
    let world = World::new().await;
    let session = world.session().await;
    world.provider.state().faults.token_delay = Duration::from_millis(150);
    world.let_token_expire();
    let impatient = tokio::time::timeout(Duration::from_millis(50), session.access_token()).await;
    assert!(impatient.is_err());
    let token = session.access_token().await.unwrap();
    assert_eq!(world.provider.refreshes(), 1);
    assert!(world.provider.state().books.is_live(token.expose()));
}

/// Tokens are in the store before any caller has them.
#[tokio::test]
async fn a_renewed_token_is_stored_before_it_is_handed_out() {
    let world = World::new().await;
    let session = world.session().await;
    world.let_token_expire();
    let token = session.access_token().await.unwrap();
    let stored = world.store.load(&key()).await.unwrap().unwrap();
    assert!(stored.access_token.same_as(&token));
    assert!(
        world
            .provider
            .state()
            .books
            .is_live(stored.refresh_token.unwrap().expose())
    );
}

/// Checklist 75.
#[tokio::test]
async fn two_sessions_over_one_store_share_a_refresh() {
    let world = World::new().await;
    let (first, second) = (world.session().await, world.restored().await);
    world.let_token_expire();
    let (one, other) = tokio::join!(first.access_token(), second.access_token());
    assert!(one.unwrap().same_as(&other.unwrap()));
    assert_eq!(world.provider.refreshes(), 1);
}

/// Checklist 69: callers whose requests failed together refresh together, and a caller that comes late
/// with the old token gets the new one without another refresh.
#[tokio::test]
async fn a_rejected_token_is_replaced_once() {
    let world = World::new().await;
    let session = world.session().await;
    let rejected = session.access_token().await.unwrap();
    let (one, other) = tokio::join!(
        session.access_token_after_rejection(&rejected),
        session.access_token_after_rejection(&rejected)
    );
    let late = session
        .access_token_after_rejection(&rejected)
        .await
        .unwrap();
    assert!(one.unwrap().same_as(&late) && other.unwrap().same_as(&late));
    assert!(!late.same_as(&rejected));
    assert_eq!(world.provider.refreshes(), 1);
}

/// Checklist 68: a clock that jumps back makes a dead token look alive; the provider's 401 cures that.
#[tokio::test]
async fn a_clock_that_jumps_costs_at_most_a_refresh() {
    let world = World::new().await;
    let session = world.session().await;
    for _ in 0..2 {
        world.clock.advance(Duration::from_secs(24 * 3600));
        assert!(session.access_token().await.is_ok());
    }
    world.clock.set_back(Duration::from_secs(4 * 24 * 3600));
    let stale = session.access_token().await.unwrap();
    assert!(
        !session
            .access_token_after_rejection(&stale)
            .await
            .unwrap()
            .same_as(&stale)
    );
    assert_eq!(world.provider.refreshes(), 3);
}

#[tokio::test]
async fn an_empty_store_is_a_signed_out_session() {
    let world = World::new().await;
    let session = world.restored().await;
    assert_eq!(*session.state().borrow(), SessionState::SignedOut);
    assert!(matches!(
        session.access_token().await,
        Err(SessionError::ReauthRequired)
    ));
}

/// A refresh response may leave out what has not changed.
#[tokio::test]
async fn what_a_refresh_leaves_out_stays_as_it_was() {
    let world = World::new().await;
    let session = world.session().await;
    world.provider.state().faults.token_response = Some(Box::new(|response| {
        for field in ["refresh_token", "scope"] {
            response.as_object_mut().unwrap().remove(field);
        }
    }));
    let before = world.store.load(&key()).await.unwrap().unwrap();
    world.let_token_expire();
    session.access_token().await.unwrap();
    let after = world.store.load(&key()).await.unwrap().unwrap();
    assert!(
        after
            .refresh_token
            .unwrap()
            .same_as(&before.refresh_token.unwrap())
    );
    assert!(after.id_token.unwrap().same_as(&before.id_token.unwrap()));
    assert_eq!(after.granted_scopes, before.granted_scopes);
}
