//! What the provider thinks of a session (RFC 7662).

use std::time::{Duration, SystemTime};

use native_oauth::Scopes;

use crate::provider::{CLIENT_ID, SUBJECT};
use crate::world::World;

#[tokio::test]
async fn the_provider_says_whose_token_it_is_and_what_it_is_good_for() {
    let world = World::new().await;
    let session = world.session().await;
    let known = session.introspect().await.unwrap().unwrap();
    assert!(known.active);
    assert_eq!(known.scopes, Some(Scopes::parse("openid profile chat")));
    assert_eq!(known.subject.as_deref(), Some(SUBJECT));
    assert_eq!(known.client_id.as_deref(), Some(CLIENT_ID));
    let told = SystemTime::UNIX_EPOCH + Duration::from_secs(4_000_000_000);
    assert_eq!(known.expires_at, Some(told));
}

/// The session itself does not notice before it has to renew.
#[tokio::test]
async fn a_grant_that_was_ended_elsewhere_is_not_active() {
    let world = World::new().await;
    let session = world.session().await;
    world.provider.state().books.end_all_grants();
    let known = session.introspect().await.unwrap().unwrap();
    assert!(!known.active);
    assert_eq!((known.scopes, known.subject), (None, None));
}

#[tokio::test]
async fn a_provider_without_an_endpoint_for_it_is_not_asked() {
    let world = World::new().await;
    world.provider.state().faults.discovery = Some(Box::new(|document| {
        document["introspection_endpoint"] = serde_json::Value::Null;
    }));
    let session = world.session().await;
    assert_eq!(session.introspect().await.unwrap(), None);
    assert_eq!(world.provider.count("/introspect", ""), 0);
}
