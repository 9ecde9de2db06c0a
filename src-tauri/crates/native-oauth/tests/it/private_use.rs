//! Where else a response may arrive: at the app's own scheme, through the operating system, or on IPv6.

use native_oauth::authorization::ResponseError;
use native_oauth::{
    CancellationToken, Client, ClientAuthentication, LoopbackAddress, PasteError, PendingSignIn,
    PrivateUseUri, RedirectPolicy, Scopes, SignInOptions,
};
use tokio::net::TcpStream;
use url::Url;

use crate::browser::{approve, get};
use crate::provider::{CLIENT_ID, PRIVATE_USE_URI};
use crate::world::{World, authorize};

async fn begin(world: &World) -> PendingSignIn {
    let client = Client::new(
        CLIENT_ID,
        ClientAuthentication::None,
        world.provider.metadata(&world.http).await,
        Scopes::parse("openid chat"),
        RedirectPolicy::PrivateUseScheme {
            uri: PrivateUseUri::new(PRIVATE_USE_URI).unwrap(),
        },
    );
    let flow = world.flow_of(client);
    flow.begin(SignInOptions::default()).await.unwrap()
}

/// Checklist 21: another app, or a page, opens our scheme with a state that is not ours, or without one.
#[tokio::test]
async fn a_response_by_our_scheme_with_another_state_is_ignored() {
    let world = World::new().await;
    let pending = begin(&world).await;
    assert_eq!(pending.redirect_uri().as_str(), PRIVATE_USE_URI);
    let handle = pending.paste_handle();
    for query in [
        "",
        "?code=forged",
        "?code=forged&state=guess",
        "?error=access_denied&state=",
    ] {
        let refused = handle.accept(&format!("{PRIVATE_USE_URI}{query}"));
        let wrong_state = PasteError::Response(ResponseError::WrongState);
        assert_eq!(refused, Err(wrong_state), "{query}");
    }
    for other in [
        "org.example.other:/redirect/test?code=c",
        "http://127.0.0.1/redirect/test?code=c",
    ] {
        assert_eq!(
            handle.accept(other),
            Err(PasteError::OtherAddress),
            "{other}"
        );
    }
    let response = approve(pending.launch_address()).await;
    assert_eq!(response.scheme(), "org.example.app");
    handle.accept(response.as_str()).unwrap();
    assert_eq!(
        handle.accept(response.as_str()),
        Err(PasteError::NotWaiting)
    );
    let authorized = pending.authorized(CancellationToken::new(), || {}).await;
    assert!(authorized.unwrap().id_token_claims.is_some());
}

/// What is to come by the scheme is not taken at a port, where any program could have brought it.
#[tokio::test]
async fn the_listener_takes_no_response_that_belongs_to_the_scheme() {
    let world = World::new().await;
    let pending = begin(&world).await;
    let response = approve(pending.launch_address()).await;
    let mut at_listener: Url = pending.launch_address().clone();
    at_listener.set_path(response.path());
    at_listener.set_query(response.query());
    assert_eq!(get(&at_listener).await.status, 404);
    pending.paste_handle().accept(response.as_str()).unwrap();
    let authorized = pending.authorized(CancellationToken::new(), || {}).await;
    assert!(authorized.is_ok());
}

/// Checklist 1.
#[tokio::test]
async fn the_listener_is_on_ipv6_where_asked() {
    let world = World::new().await;
    let client = world
        .client()
        .await
        .with_loopback_address(LoopbackAddress::Ipv6);
    let pending = world
        .flow_of(client)
        .begin(SignInOptions::default())
        .await
        .unwrap();
    let redirect_uri = pending.redirect_uri().as_url();
    assert_eq!(redirect_uri.host_str(), Some("[::1]"));
    let port = redirect_uri.port().unwrap();
    assert!(TcpStream::connect(("127.0.0.1", port)).await.is_err());
    assert!(authorize(pending).await.is_ok());
}
