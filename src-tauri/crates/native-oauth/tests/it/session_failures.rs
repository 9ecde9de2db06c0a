//! Sessions in trouble: what ends them, and what must not.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use native_oauth::{
    AccountKey, BoxFuture, MemoryStore, ReauthReason, Session, SessionError, SessionState,
    StoreError, TokenEndpointError, TokenSet, TokenStore,
};

use crate::provider::{Answer, SUBJECT};
use crate::world::{World, key};

fn reason(session: &Session) -> ReauthReason {
    match session.state().borrow().clone() {
        SessionState::ReauthRequired { reason } => reason,
        other => panic!("{other:?}"),
    }
}

/// Checklist 64: the verdict is final, and the provider is not asked again.
#[tokio::test]
async fn a_refused_grant_needs_a_new_sign_in() {
    let world = World::new().await;
    let session = world.session().await;
    world.provider.state().books.end_all_grants();
    world.let_token_expire();
    for _ in 0..3 {
        let outcome = session.access_token().await;
        assert!(
            matches!(outcome, Err(SessionError::ReauthRequired)),
            "{outcome:?}"
        );
    }
    assert_eq!(
        reason(&session),
        ReauthReason::GrantRejected {
            code: "invalid_grant".to_owned()
        }
    );
    assert_eq!(world.provider.refreshes(), 1);
}

/// Checklist 64: one provider's word for a spent refresh token is another's for a bad request, so the
/// profile says which words count.
#[tokio::test]
async fn only_a_mapped_code_is_a_verdict_besides_invalid_grant() {
    let spent = Answer::json(
        401,
        r#"{"error":{"code":"invalid_token","message":"spent"}}"#,
    );
    let world = World::new().await;
    let session = world.session().await;
    world
        .provider
        .state()
        .faults
        .token_answers
        .push_back(spent.clone());
    world.let_token_expire();
    let outcome = session.access_token().await;
    assert!(
        matches!(outcome, Err(SessionError::Configuration(_))),
        "{outcome:?}"
    );
    assert_eq!(*session.state().borrow(), SessionState::SignedIn);

    let world = World::new().await;
    let client = world.client().await.with_grant_verdicts(&["invalid_token"]);
    let tokens = world.tokens().await;
    let session = world.session_of(client, tokens).await;
    world.provider.state().faults.token_answers.push_back(spent);
    world.let_token_expire();
    assert!(matches!(
        session.access_token().await,
        Err(SessionError::ReauthRequired)
    ));
    assert_eq!(
        reason(&session),
        ReauthReason::GrantRejected {
            code: "invalid_token".to_owned()
        }
    );
}

/// Checklist 65: the session survives, and works again when the provider does.
#[tokio::test]
async fn a_provider_in_trouble_does_not_end_the_session() {
    for answer in [
        Answer::html(500),
        Answer::html(200),
        Answer::json(503, "{}"),
        Answer::html(403),
    ] {
        let world = World::new().await;
        let session = world.session().await;
        world
            .provider
            .state()
            .faults
            .token_answers
            .push_back(answer);
        world.let_token_expire();
        let Err(SessionError::Transient { retry_after, .. }) = session.access_token().await else {
            panic!("not transient")
        };
        assert_eq!(retry_after, Duration::from_secs(1));
        // Until then nobody is asked again.
        assert!(matches!(
            session.access_token().await,
            Err(SessionError::Transient { .. })
        ));
        assert_eq!(world.provider.refreshes(), 1);
        tokio::time::sleep(Duration::from_millis(1050)).await;
        assert!(session.access_token().await.is_ok());
        assert_eq!(*session.state().borrow(), SessionState::SignedIn);
    }
}

#[tokio::test]
async fn no_network_does_not_end_the_session() {
    let mut world = World::new().await;
    let session = world.session().await;
    world.provider.stop().await;
    world.let_token_expire();
    let Err(SessionError::Transient { source, .. }) = session.access_token().await else {
        panic!("not transient")
    };
    assert!(matches!(*source, TokenEndpointError::Transport(_)));
    assert_eq!(*session.state().borrow(), SessionState::SignedIn);
}

/// Inside the margin the old token is still good, so trouble with the refresh is nobody's trouble yet.
#[tokio::test]
async fn a_token_with_seconds_left_is_used_when_it_cannot_be_renewed() {
    let world = World::new().await;
    let session = world.session().await;
    let token = session.access_token().await.unwrap();
    world
        .provider
        .state()
        .faults
        .token_answers
        .push_back(Answer::html(502));
    world.clock.advance(Duration::from_secs(3590));
    assert!(session.access_token().await.unwrap().same_as(&token));
}

/// Checklist 66.
#[tokio::test]
async fn the_wait_that_a_provider_asks_for_is_obeyed_but_not_without_bound() {
    let world = World::new().await;
    let session = world.session().await;
    let mut busy = Answer::json(429, r#"{"error":"slow_down"}"#);
    busy.headers.push(("retry-after", "86400"));
    world.provider.state().faults.token_answers.push_back(busy);
    world.let_token_expire();
    let Err(SessionError::Transient { retry_after, .. }) = session.access_token().await else {
        panic!("not transient")
    };
    assert_eq!(retry_after, Duration::from_secs(300));
}

/// A wrong secret is a fault of the set-up: asking the person to sign in again would not help.
#[tokio::test]
async fn a_refused_client_is_no_reason_to_sign_in_again() {
    let world = World::new().await;
    let session = world.session().await;
    world.provider.state().secret = Some("demanded from now on".to_owned());
    world.let_token_expire();
    let outcome = session.access_token().await;
    assert!(
        matches!(outcome, Err(SessionError::Configuration(_))),
        "{outcome:?}"
    );
    assert_eq!(*session.state().borrow(), SessionState::SignedIn);
}

/// Checklist 61.
#[tokio::test]
async fn a_refresh_that_answers_for_another_person_ends_the_session() {
    let world = World::new().await;
    let session = world.session().await;
    world.provider.state().faults.refresh_with_id_token = true;
    world.let_token_expire();
    assert!(session.access_token().await.is_ok());
    world.provider.state().subject = "person-2".to_owned();
    world.let_token_expire();
    assert!(matches!(
        session.access_token().await,
        Err(SessionError::ReauthRequired)
    ));
    assert_eq!(reason(&session), ReauthReason::SubjectChanged);
    assert!(world.store.load(&key()).await.unwrap().is_none());
}

#[tokio::test]
async fn a_token_that_cannot_be_renewed_ends_with_its_time() {
    let world = World::new().await;
    let mut tokens = world.tokens().await;
    tokens.refresh_token = None;
    let session = world.session_of(world.client().await, tokens).await;
    assert!(session.access_token().await.is_ok());
    world.let_token_expire();
    assert!(matches!(
        session.access_token().await,
        Err(SessionError::ReauthRequired)
    ));
    assert_eq!(reason(&session), ReauthReason::NoRefreshToken);
}

/// A process that does not hold our lock was faster: its tokens are adopted instead of giving up.
#[tokio::test]
async fn a_refused_grant_is_forgiven_if_the_store_has_newer_tokens() {
    let world = World::new().await;
    let old = world.tokens().await;
    let newer = world.tokens().await;
    let store = RacingStore {
        inner: world.store.clone(),
        newer: newer.clone(),
        asked: AtomicBool::new(false),
    };
    let mut expired = old;
    expired.expires_at = Some(expired.received_at);
    let client = world.client().await;
    let session = Session::start(
        world.http.clone(),
        client,
        Arc::new(store),
        key(),
        world.lock_path(),
        None,
        expired,
    );
    let session = session.await.unwrap();
    let refusal = Answer::json(400, r#"{"error":"invalid_grant"}"#);
    world
        .provider
        .state()
        .faults
        .token_answers
        .push_back(refusal);
    assert!(
        session
            .access_token()
            .await
            .unwrap()
            .same_as(&newer.access_token)
    );
    assert_eq!(*session.state().borrow(), SessionState::SignedIn);
}

/// Tokens that could not be stored are not lost, and are stored at the next occasion.
#[tokio::test]
async fn a_store_that_fails_once_costs_nothing() {
    let world = World::new().await;
    let store = Arc::new(FailingStore::default());
    let tokens = world.tokens().await;
    let client = world.client().await;
    let session = Session::start(
        world.http.clone(),
        client,
        store.clone(),
        key(),
        world.lock_path(),
        Some(SUBJECT.to_owned()),
        tokens,
    );
    let session = session.await.unwrap();
    store.save_fails.store(true, Ordering::SeqCst);
    world.let_token_expire();
    let unsaved = session.access_token().await.unwrap();
    store.save_fails.store(false, Ordering::SeqCst);
    world.let_token_expire();
    let token = session.access_token().await.unwrap();
    assert!(!token.same_as(&unsaved));
    let stored = store.inner.load(&key()).await.unwrap().unwrap();
    assert!(stored.access_token.same_as(&token));
}

/// Checklist 77: without the store's word on which token is current, nothing is refreshed.
#[tokio::test]
async fn a_locked_store_stops_the_refresh_but_not_the_session() {
    let world = World::new().await;
    let store = Arc::new(FailingStore::default());
    let tokens = world.tokens().await;
    let client = world.client().await;
    let session = Session::start(
        world.http.clone(),
        client,
        store.clone(),
        key(),
        world.lock_path(),
        None,
        tokens,
    );
    let session = session.await.unwrap();
    store.load_fails.store(true, Ordering::SeqCst);
    world.let_token_expire();
    assert!(matches!(
        session.access_token().await,
        Err(SessionError::Store(_))
    ));
    assert_eq!(world.provider.refreshes(), 0);
    store.load_fails.store(false, Ordering::SeqCst);
    assert!(session.access_token().await.is_ok());
}

/// A store that is empty at the second look at the latest holds what another process wrote.
struct RacingStore {
    inner: MemoryStore,
    newer: TokenSet,
    asked: AtomicBool,
}

impl TokenStore for RacingStore {
    fn load<'a>(
        &'a self,
        key: &'a AccountKey,
    ) -> BoxFuture<'a, Result<Option<TokenSet>, StoreError>> {
        if self.asked.swap(true, Ordering::SeqCst) {
            return Box::pin(async { Ok(Some(self.newer.clone())) });
        }
        self.inner.load(key)
    }
    fn save<'a>(
        &'a self,
        key: &'a AccountKey,
        tokens: &'a TokenSet,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        self.inner.save(key, tokens)
    }
    fn clear<'a>(&'a self, key: &'a AccountKey) -> BoxFuture<'a, Result<(), StoreError>> {
        self.inner.clear(key)
    }
}

/// A store that fails when it is told to.
#[derive(Default)]
struct FailingStore {
    inner: MemoryStore,
    save_fails: AtomicBool,
    load_fails: AtomicBool,
}

impl TokenStore for FailingStore {
    fn load<'a>(
        &'a self,
        key: &'a AccountKey,
    ) -> BoxFuture<'a, Result<Option<TokenSet>, StoreError>> {
        if self.load_fails.load(Ordering::SeqCst) {
            return Box::pin(async { Err(StoreError::Locked) });
        }
        self.inner.load(key)
    }
    fn save<'a>(
        &'a self,
        key: &'a AccountKey,
        tokens: &'a TokenSet,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        if self.save_fails.load(Ordering::SeqCst) {
            return Box::pin(async { Err(StoreError::Locked) });
        }
        self.inner.save(key, tokens)
    }
    fn clear<'a>(&'a self, key: &'a AccountKey) -> BoxFuture<'a, Result<(), StoreError>> {
        self.inner.clear(key)
    }
}
