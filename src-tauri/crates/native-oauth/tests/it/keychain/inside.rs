//! What happens inside the private session.

use std::time::{Duration, Instant, SystemTime};

use native_oauth::{
    AccessToken, AccountKey, IdToken, KeyringStore, RefreshToken, Scopes, SecretItems, SecretText,
    StoreError, TokenSet, TokenStore,
};

use super::SCENARIO;
use super::daemon::Daemon;
use crate::world::key;

const SERVICE: &str = "native-oauth.test";

/// The part of a child process; as a test of its own it has nothing to do.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_child_process_plays_its_scenario() {
    let Ok(scenario) = std::env::var(SCENARIO) else {
        return;
    };
    // Nobody unlocks it where that is waited for in vain; elsewhere a busy machine may take its time.
    let limit = match scenario.as_str() {
        "locked" | "uninitialised" => 2,
        _ => 10,
    };
    let store = KeyringStore::new(SERVICE, "install-1").with_time_limit(Duration::from_secs(limit));
    match scenario.as_str() {
        "round-trip" => round_trip(store).await,
        "late" => late(store).await,
        "restart" => restart(store).await,
        "locked" => locked(store).await,
        "uninitialised" => uninitialised(store).await,
        "corrupt" => corrupt(store).await,
        "no-bus" => no_bus(),
        other => panic!("there is no scenario {other}"),
    }
}

fn tokens(id_token_length: usize) -> TokenSet {
    let now = SystemTime::UNIX_EPOCH + Duration::from_millis(1_790_000_000_123);
    TokenSet {
        access_token: AccessToken::new("access é"),
        refresh_token: Some(RefreshToken::new("refresh")),
        id_token: Some(IdToken::new("i".repeat(id_token_length))),
        received_at: now,
        expires_at: Some(now + Duration::from_secs(3600)),
        granted_scopes: Scopes::parse("openid chat"),
    }
}

fn same(one: &TokenSet, other: &TokenSet) -> bool {
    let texts = |set: &TokenSet| {
        let refresh = set
            .refresh_token
            .as_ref()
            .map(|token| token.expose().to_owned());
        let id = set.id_token.as_ref().map(|token| token.expose().to_owned());
        (
            set.access_token.expose().to_owned(),
            refresh,
            id,
            set.received_at,
            set.expires_at,
        )
    };
    texts(one) == texts(other) && one.granted_scopes == other.granted_scopes
}

async fn round_trip(store: KeyringStore) {
    let _daemon = Daemon::unlocked(&store).await;
    assert!(store.load(&key()).await.unwrap().is_none());
    store.clear(&key()).await.unwrap();
    for length in [1, 2365, 2366, 2367, 4766, 4767, 40_000, 10] {
        store.save(&key(), &tokens(length)).await.unwrap();
        let loaded = store.load(&key()).await.unwrap().unwrap();
        assert!(same(&loaded, &tokens(length)), "{length}");
    }
    // Nothing is left of the longer value before.
    let leftover = entry("install-1/account/account-1/id/1").get_secret();
    assert!(matches!(leftover, Err(keyring_core::Error::NoEntry)));

    let other = KeyringStore::new(SERVICE, "install-2");
    assert!(other.load(&key()).await.unwrap().is_none());
    assert!(
        store
            .load(&AccountKey::new("account-2"))
            .await
            .unwrap()
            .is_none()
    );

    let without = TokenSet {
        refresh_token: None,
        id_token: None,
        ..tokens(1)
    };
    store.save(&key(), &without).await.unwrap();
    assert!(same(&store.load(&key()).await.unwrap().unwrap(), &without));

    let long = SecretText::new("s".repeat(7000));
    store.set_secret("client", &long).await.unwrap();
    assert!(
        store
            .get_secret("client")
            .await
            .unwrap()
            .unwrap()
            .same_as(&long)
    );
    store.delete_secret("client").await.unwrap();
    assert!(store.get_secret("client").await.unwrap().is_none());

    // The refresh token alone is enough to go on with.
    store.save(&key(), &tokens(1)).await.unwrap();
    entry("install-1/account/account-1/access")
        .delete_credential()
        .unwrap();
    let half = store.load(&key()).await.unwrap().unwrap();
    assert!(half.refresh_token.is_some() && half.has_expired(SystemTime::now()));

    store.clear(&key()).await.unwrap();
    assert!(store.load(&key()).await.unwrap().is_none());
    let probe = entry("install-1/secret/probe").get_secret();
    assert!(matches!(probe, Err(keyring_core::Error::NoEntry)));
}

async fn late(store: KeyringStore) {
    let error = store.load(&key()).await.unwrap_err();
    assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
    let error = store.probe().await.unwrap_err();
    assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
    let _daemon = Daemon::unlocked(&store).await;
    store.save(&key(), &tokens(1)).await.unwrap();
    assert!(store.load(&key()).await.unwrap().is_some());
}

async fn restart(store: KeyringStore) {
    let daemon = Daemon::unlocked(&store).await;
    store.save(&key(), &tokens(1)).await.unwrap();
    daemon.end().await;
    let error = store.load(&key()).await.unwrap_err();
    assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
    let _daemon = Daemon::unlocked(&store).await;
    assert!(same(
        &store.load(&key()).await.unwrap().unwrap(),
        &tokens(1)
    ));
}

async fn locked(store: KeyringStore) {
    let daemon = Daemon::unlocked(&store).await;
    store.save(&key(), &tokens(1)).await.unwrap();
    daemon.end().await;
    let _daemon = Daemon::locked().await;
    for _ in 0..3 {
        let started = Instant::now();
        let error = store.load(&key()).await.unwrap_err();
        assert!(matches!(error, StoreError::Locked), "{error:?}");
        assert!(started.elapsed() < Duration::from_secs(4));
    }
    let error = store.probe().await.unwrap_err();
    assert!(matches!(error, StoreError::Locked), "{error:?}");
}

async fn uninitialised(store: KeyringStore) {
    let _daemon = Daemon::locked().await;
    let started = Instant::now();
    let error = store.probe().await.unwrap_err();
    assert!(
        matches!(error, StoreError::Locked | StoreError::Unavailable(_)),
        "{error:?}"
    );
    assert!(started.elapsed() < Duration::from_secs(4));
}

async fn corrupt(store: KeyringStore) {
    let _daemon = Daemon::unlocked(&store).await;
    store.save(&key(), &tokens(5000)).await.unwrap();
    entry("install-1/account/account-1/id/1")
        .set_secret(b"another's")
        .unwrap();
    let error = store.load(&key()).await.unwrap_err();
    assert!(matches!(error, StoreError::Corrupt), "{error:?}");
    for bytes in [&b""[..], b"{}", &[1, 0], &[1; 40], &[255; 300]] {
        entry("install-1/account/account-1/access")
            .set_secret(bytes)
            .unwrap();
        let error = store.load(&key()).await.unwrap_err();
        assert!(matches!(error, StoreError::Corrupt), "{bytes:?}: {error:?}");
    }
    // A new sign-in puts it right.
    store.save(&key(), &tokens(1)).await.unwrap();
    assert!(store.load(&key()).await.unwrap().is_some());
}

fn no_bus() {
    let status = std::process::Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "keychain::inside::a_child_without_a_bus_has_no_keychain",
        ])
        .env(SCENARIO, "none")
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
        .status();
    assert!(status.unwrap().success());
}

#[tokio::test]
async fn a_child_without_a_bus_has_no_keychain() {
    if std::env::var(SCENARIO).as_deref() != Ok("none") {
        return;
    }
    let error = KeyringStore::new(SERVICE, "install-1")
        .probe()
        .await
        .unwrap_err();
    assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
}

/// An item as somebody else would reach it.
fn entry(account: &str) -> keyring_core::Entry {
    keyring_core::Entry::new(SERVICE, account).unwrap()
}
