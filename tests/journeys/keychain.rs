use private_desktop::Keyring;
use tuppence_core::{FailureKind, Persistence, SessionStatus, SignInOutcome};

use crate::private::{journey, on_a_private_desktop};
use crate::world::World;

#[test]
fn signed_in_outlives_the_app_and_signing_out_empties_the_keychain() {
    if !on_a_private_desktop(
        "keychain::signed_in_outlives_the_app_and_signing_out_empties_the_keychain",
        Keyring::Unlocked,
    ) {
        return;
    }
    journey(async {
        let world = World::new().await;
        world
            .core
            .sign_in("sandbox", Persistence::Keychain)
            .unwrap();
        let SignInOutcome::SignedIn(id) = world.sign_in_ended().await else {
            panic!()
        };
        world.core.refresh_balance(&id).await.unwrap();

        let world = world.restarted().await;
        let account = world.core.account(&id).unwrap();
        assert_eq!(
            account.session,
            SessionStatus::SignedIn(Persistence::Keychain)
        );
        assert!(
            matches!(account.balance, tuppence_core::Balance::Known { .. }),
            "the last known one at once"
        );
        world.core.refresh_balance(&id).await.unwrap();
        assert_eq!(
            world.control().counters().refreshes,
            0,
            "a restart costs no rotation"
        );

        world.core.sign_out(&id, false).await.unwrap();
        let world = world.restarted().await;
        assert!(world.core.accounts().is_empty());
    });
}

/// Checklist 76.
#[test]
fn without_a_keychain_nobody_is_sent_to_the_browser() {
    if !on_a_private_desktop(
        "keychain::without_a_keychain_nobody_is_sent_to_the_browser",
        Keyring::Absent,
    ) {
        return;
    }
    journey(async {
        let world = World::new().await;
        world
            .core
            .sign_in("sandbox", Persistence::Keychain)
            .unwrap();
        let SignInOutcome::Failed(failure) = world.sign_in_ended().await else {
            panic!()
        };
        assert_eq!(failure.kind, FailureKind::KeychainUnavailable, "{failure}");
        assert!(world.browser.opened.lock().unwrap().is_empty());
        // The offer: a session that ends with the app.
        world.signed_in().await;
    });
}

/// Checklist 77, 80.
#[test]
fn a_locked_keychain_is_said_to_be_locked_and_loses_nobody_their_session() {
    if !on_a_private_desktop(
        "keychain::a_locked_keychain_is_said_to_be_locked_and_loses_nobody_their_session",
        Keyring::Locked,
    ) {
        return;
    }
    journey(async {
        let world = World::new().await;
        world
            .core
            .sign_in("sandbox", Persistence::Keychain)
            .unwrap();
        let SignInOutcome::Failed(failure) = world.sign_in_ended().await else {
            panic!()
        };
        assert_eq!(failure.kind, FailureKind::KeychainLocked, "{failure}");
        assert!(world.browser.opened.lock().unwrap().is_empty());
    });
}
