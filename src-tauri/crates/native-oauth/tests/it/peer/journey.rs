//! The client against the peer, from sign-in to sign-out.

use std::collections::HashMap;
use std::sync::Arc;

use native_oauth::session::Revocation;
use native_oauth::token::endpoint::TokenEndpoint;
use native_oauth::{
    Authorized, CancellationToken, Client, Completion, DeviceFlow, IdTokenClaims, LoopbackAddress,
    MemoryStore, PageText, PendingSignIn, PrivateUseUri, ReauthReason, RedirectPolicy, Session,
    SessionError, SessionState, SignInFlow, SignInOptions, TokenEndpointError, TokenSet,
    TokenStore,
};
use tempfile::TempDir;

use super::Peer;
use super::person::{Arrival, Person};
use crate::world::key;

/// Checklist 28: with PKCE and without a secret, on a port that was never registered; the response names
/// its issuer, the ID token is signed with RS256, and the access token is the same person's.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_public_native_client_signs_in() {
    let peer = Peer::start().await;
    let client = peer.client().await;
    assert!(
        client
            .metadata()
            .authorization_response_iss_parameter_supported
    );
    let mut person = Person::new();
    let ((tokens, claims), arrival) = sign_in(&peer, &client, &mut person).await;
    assert_eq!(person.asked, ["login", "consent"]);
    assert_eq!(arrival.status, 200);
    assert!(arrival.body.contains("Person ada"), "{}", arrival.body);
    assert_eq!(arrival.address.query(), None);
    assert_eq!(claims.subject, "ada");
    assert!(tokens.refresh_token.is_some());
    assert!(tokens.granted_scopes.contains("offline_access"));

    let userinfo = client.metadata().userinfo_endpoint.clone().unwrap();
    let token = tokens.access_token.expose();
    let answer = peer.http.inner().get(userinfo).bearer_auth(token).send();
    let userinfo: HashMap<String, String> = answer.await.unwrap().json().await.unwrap();
    assert_eq!(userinfo["sub"], "ada");
    assert_eq!(userinfo["name"], "Person ada");
}

/// Checklist 63, 69: the refresh token is rotated, and the session goes on with the new one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_refresh_brings_another_refresh_token() {
    let peer = Peer::start().await;
    let signed_in = SignedIn::at(&peer).await;
    let mut seen = vec![signed_in.stored_refresh_token().await];
    for _ in 0..3 {
        let used = signed_in.session.access_token().await.unwrap();
        let renewed = signed_in.session.access_token_after_rejection(&used).await;
        assert!(!renewed.unwrap().same_as(&used));
        seen.push(signed_in.stored_refresh_token().await);
    }
    let mut different = seen.clone();
    different.sort();
    different.dedup();
    assert_eq!(different.len(), seen.len());
}

/// Checklist 64: somebody else uses an old refresh token; the provider ends the grant, and the session
/// asks for a sign-in once it finds out.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stolen_refresh_token_ends_the_grant_and_asks_for_a_sign_in() {
    let peer = Peer::start().await;
    let signed_in = SignedIn::at(&peer).await;
    let stolen = signed_in.stored_tokens().await;
    let used = signed_in.session.access_token().await.unwrap();
    let renewed = signed_in.session.access_token_after_rejection(&used).await;

    let endpoint = TokenEndpoint::new(&peer.http, &signed_in.client);
    let refused = endpoint
        .refresh(stolen.refresh_token.as_ref().unwrap(), &stolen)
        .await;
    let Err(TokenEndpointError::OAuth { code, .. }) = refused else {
        panic!("a spent refresh token was taken: {refused:?}");
    };
    assert_eq!(code, "invalid_grant");

    let outcome = signed_in
        .session
        .access_token_after_rejection(&renewed.unwrap())
        .await;
    assert!(matches!(outcome, Err(SessionError::ReauthRequired)));
    let state = signed_in.session.state().borrow().clone();
    let reason = ReauthReason::GrantRejected {
        code: "invalid_grant".to_owned(),
    };
    assert_eq!(state, SessionState::ReauthRequired { reason });
}

/// Checklist 54, 56: the provider changes its key between two ID tokens of one session.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_signing_key_is_found_out_about() {
    let mut peer = Peer::start().await;
    let signed_in = SignedIn::at(&peer).await;
    let before = signed_in.stored_tokens().await.id_token.unwrap();
    peer.rotate_keys().await;
    let used = signed_in.session.access_token().await.unwrap();
    let renewed = signed_in.session.access_token_after_rejection(&used).await;
    assert!(renewed.is_ok());
    let after = signed_in.stored_tokens().await.id_token.unwrap();
    assert_ne!(key_id(before.expose()), key_id(after.expose()));
}

/// Checklist 70: the tokens are revoked, and the browser's own session ends where the person confirms it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sign_out_revokes_and_ends_the_browsers_session() {
    let peer = Peer::start().await;
    let mut signed_in = SignedIn::at(&peer).await;
    let old = signed_in.stored_tokens().await;
    let report = signed_in.session.sign_out().await;
    assert!(
        matches!(report.refresh_token, Revocation::Revoked),
        "{report:?}"
    );
    assert!(
        matches!(report.access_token, Revocation::Revoked),
        "{report:?}"
    );
    assert!(signed_in.store.load(&key()).await.unwrap().is_none());
    let endpoint = TokenEndpoint::new(&peer.http, &signed_in.client);
    let refused = endpoint
        .refresh(old.refresh_token.as_ref().unwrap(), &old)
        .await;
    assert!(matches!(refused, Err(TokenEndpointError::OAuth { .. })));

    signed_in.person.asked.clear();
    let end_session = native_oauth::launch::open_privately(report.end_session_url.unwrap()).await;
    let arrival = signed_in.person.open(&end_session.unwrap()).await;
    assert_eq!(arrival.status, 200, "{}", arrival.body);
    assert_eq!(signed_in.person.asked, ["logout"]);
    signed_in.person.asked.clear();
    sign_in(&peer, &signed_in.client, &mut signed_in.person).await;
    assert_eq!(signed_in.person.asked, ["login", "consent"]);
}

/// The two further redirects of RFC 8252 section 7, at a provider that knows what a native app is.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ipv6_and_a_private_use_scheme_bring_the_response_too() {
    let peer = Peer::start().await;
    let client = peer
        .client()
        .await
        .with_loopback_address(LoopbackAddress::Ipv6);
    let mut person = Person::new();
    let ((_, claims), arrival) = sign_in(&peer, &client, &mut person).await;
    assert_eq!(claims.subject, "ada");
    assert_eq!(arrival.address.host_str(), Some("[::1]"));

    let uri = PrivateUseUri::new("org.example.app:/redirect").unwrap();
    let client = peer
        .client_at(RedirectPolicy::PrivateUseScheme { uri })
        .await;
    let pending = begin(&peer, &client).await;
    let arrival = person.open(pending.launch_address()).await;
    assert_eq!(arrival.address.scheme(), "org.example.app");
    pending
        .paste_handle()
        .accept(arrival.address.as_str())
        .unwrap();
    let authorized = pending.authorized(CancellationToken::new(), || {}).await;
    assert_eq!(authorized.unwrap().id_token_claims.unwrap().subject, "ada");
}

/// RFC 8628 and RFC 7662: signed in on another device, and asked about.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_signs_in_on_another_device() {
    let peer = Peer::start().await;
    let client = peer.client().await;
    let flow = DeviceFlow::new(peer.http.clone(), client.clone());
    let authorization = flow.begin(None).await.unwrap().unwrap();
    let address = authorization.verification_uri_complete().unwrap().clone();
    let waiting = tokio::spawn(authorization.authorized(CancellationToken::new()));
    let mut person = Person::new();
    let arrival = person.open(&address).await;
    assert_eq!(arrival.status, 200, "{}", arrival.body);
    let Authorized {
        tokens,
        id_token_claims,
        ..
    } = waiting.await.unwrap().unwrap();
    assert_eq!(id_token_claims.unwrap().subject, "ada");

    let endpoint = TokenEndpoint::new(&peer.http, &client);
    let known = endpoint
        .introspect(&tokens.access_token)
        .await
        .unwrap()
        .unwrap();
    assert!(known.active);
    assert_eq!(known.subject.as_deref(), Some("ada"));
    assert_eq!(known.client_id.as_deref(), Some("native-client"));
    endpoint
        .revoke_access_token(&tokens.access_token)
        .await
        .unwrap();
    let known = endpoint
        .introspect(&tokens.access_token)
        .await
        .unwrap()
        .unwrap();
    assert!(!known.active);
}

struct SignedIn {
    client: Client,
    person: Person,
    session: Session,
    store: MemoryStore,
    _folder: TempDir,
}

impl SignedIn {
    async fn at(peer: &Peer) -> Self {
        let client = peer.client().await;
        let mut person = Person::new();
        let ((tokens, claims), _) = sign_in(peer, &client, &mut person).await;
        let store = MemoryStore::new();
        let folder = TempDir::new().unwrap();
        let session = Session::start(
            peer.http.clone(),
            client.clone(),
            Arc::new(store.clone()),
            key(),
            folder.path().join("account.lock"),
            Some(claims.subject),
            tokens,
        );
        Self {
            session: session.await.unwrap(),
            client,
            person,
            store,
            _folder: folder,
        }
    }

    async fn stored_tokens(&self) -> TokenSet {
        self.store.load(&key()).await.unwrap().unwrap()
    }

    async fn stored_refresh_token(&self) -> String {
        let tokens = self.stored_tokens().await;
        tokens.refresh_token.unwrap().expose().to_owned()
    }
}

async fn begin(peer: &Peer, client: &Client) -> PendingSignIn {
    let page = PageText {
        app_name: "Test App".to_owned(),
        provider_name: "Peer".to_owned(),
    };
    SignInFlow::new(peer.http.clone(), client.clone(), page)
        .begin(SignInOptions::default())
        .await
        .unwrap()
}

/// A whole sign-in; also what the browser shows at its end. The person comes back with their cookies.
async fn sign_in(
    peer: &Peer,
    client: &Client,
    person: &mut Person,
) -> ((TokenSet, IdTokenClaims), Arrival) {
    let pending = begin(peer, client).await;
    let launch_address = pending.launch_address().clone();
    let application = async {
        let authorized = pending.authorized(CancellationToken::new(), || {}).await;
        let Authorized {
            tokens,
            id_token_claims,
            browser,
        } = authorized.unwrap();
        let claims = id_token_claims.unwrap();
        let account = claims.name.clone().unwrap();
        browser.finish(Completion::SignedIn { account }).await;
        (tokens, claims)
    };
    tokio::join!(application, person.open(&launch_address))
}

/// `kid` of a signed token.
fn key_id(token: &str) -> String {
    use base64::Engine as _;
    let head = token.split('.').next().unwrap();
    let head = base64::engine::general_purpose::URL_SAFE_NO_PAD
        .decode(head)
        .unwrap();
    let head: serde_json::Value = serde_json::from_slice(&head).unwrap();
    head["kid"].as_str().unwrap().to_owned()
}
