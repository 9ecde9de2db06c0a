//! Whole sign-ins, and how they end otherwise.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use native_oauth::authorization::ResponseError;
use native_oauth::{
    CancellationToken, Client, ClientAuthentication, ClientSecret, Completion, PasteError,
    RedirectPolicy, Scopes, SignInError, SignInOptions, TokenEndpointError,
};
use tokio::net::TcpListener;

use crate::browser::{self, assert_closed};
use crate::provider::{CLIENT_ID, REDIRECT_PATH, SUBJECT};
use crate::world::{World, authorize, authorize_and_see};

fn signed_in() -> Completion {
    Completion::SignedIn {
        account: "Ada <3".to_owned(),
    }
}

/// Checklist 16: the last page is at an address without a query, says who signed in, and loads nothing.
#[tokio::test]
async fn a_sign_in_ends_with_tokens_and_a_page_that_tells_the_truth() {
    let world = World::new().await;
    let pending = world.begin().await;
    let launch_address = pending.launch_address().clone();
    let person = tokio::spawn(async move { browser::sign_in(&launch_address).await });
    let seen = Arc::new(AtomicBool::new(false));
    let noticed = Arc::clone(&seen);
    let authorized = pending
        .authorized(CancellationToken::new(), move || {
            noticed.store(true, Ordering::SeqCst)
        })
        .await
        .unwrap();
    assert!(seen.load(Ordering::SeqCst));
    assert_eq!(
        authorized.tokens.granted_scopes.to_string(),
        "openid profile chat"
    );
    let claims = authorized.id_token_claims.unwrap();
    assert_eq!(
        (claims.subject.as_str(), claims.name.as_deref()),
        (SUBJECT, Some("Ada"))
    );
    authorized.browser.finish(signed_in()).await;

    let (address, page) = person.await.unwrap();
    assert_eq!(page.status, 200);
    assert_eq!(address.query(), None);
    assert!(page.body.contains("Ada &lt;3"), "{}", page.body);
    assert_eq!(page.header("cache-control"), Some("no-store"));
    assert_eq!(page.header("referrer-policy"), Some("no-referrer"));
    assert!(
        page.header("content-security-policy")
            .unwrap()
            .starts_with("default-src 'none'")
    );
    for secret in &world.provider.state().books.secrets {
        assert!(!page.body.contains(secret) && !address.as_str().contains(secret));
    }
}

/// Checklist 22 and 28: the provider checks PKCE and the redirect URI; both are new for each attempt.
#[tokio::test]
async fn each_attempt_has_its_own_state_verifier_and_nonce() {
    let world = World::new().await;
    let mut seen = std::collections::HashSet::new();
    for _ in 0..3 {
        let pending = world.begin().await;
        let query: std::collections::HashMap<_, _> = pending
            .authorization_url()
            .query_pairs()
            .into_owned()
            .collect();
        for name in ["state", "nonce", "code_challenge"] {
            assert_eq!(query[name].len(), 43, "{name}");
            assert!(seen.insert(query[name].clone()), "{name} was used before");
        }
        assert_eq!(query["redirect_uri"], pending.redirect_uri().as_str());
        assert_eq!(query["code_challenge_method"], "S256");
        assert_eq!(query["scope"], "openid profile chat");
    }
}

#[tokio::test]
async fn a_person_who_declines_ends_the_sign_in_and_sees_so() {
    let world = World::new().await;
    world.provider.state().faults.deny = true;
    let (outcome, page) = authorize_and_see(world.begin().await).await;
    let Err(SignInError::Denied { error, description }) = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(
        (error.as_str(), description.as_deref()),
        ("access_denied", Some("The person declined"))
    );
    assert!(page.body.contains("You are not signed in"), "{}", page.body);
}

/// Checklist 20.
#[tokio::test]
async fn a_browser_that_never_returns_ends_the_sign_in_in_time() {
    let world = World::new().await;
    let options = SignInOptions {
        deadline: Duration::from_millis(50),
        ..SignInOptions::default()
    };
    let pending = world.flow().await.begin(options).await.unwrap();
    let address = pending.launch_address().clone();
    let outcome = pending.authorized(CancellationToken::new(), || {}).await;
    assert!(matches!(outcome, Err(SignInError::TimedOut)), "{outcome:?}");
    assert_closed(&address).await;
}

/// Checklist 2 and 19: an attempt that is cancelled or dropped frees its port at once.
#[tokio::test]
async fn a_cancelled_sign_in_closes_its_listener() {
    let world = World::new().await;
    let pending = world.begin().await;
    let address = pending.launch_address().clone();
    let cancel = CancellationToken::new();
    cancel.cancel();
    let outcome = pending.authorized(cancel, || {}).await;
    assert!(
        matches!(outcome, Err(SignInError::Cancelled)),
        "{outcome:?}"
    );
    assert_closed(&address).await;

    let dropped = world.begin().await;
    let address = dropped.launch_address().clone();
    drop(dropped);
    assert_closed(&address).await;
}

/// Checklist 2: closed once the completion page was fetched.
#[tokio::test]
async fn the_listener_is_closed_once_the_page_was_fetched() {
    let world = World::new().await;
    let pending = world.begin().await;
    let address = pending.launch_address().clone();
    let launch_address = address.clone();
    let person = tokio::spawn(async move { browser::sign_in(&launch_address).await });
    let authorized = pending
        .authorized(CancellationToken::new(), || {})
        .await
        .unwrap();
    authorized.browser.finish(signed_in()).await;
    person.await.unwrap();
    assert_closed(&address).await;
}

/// Checklist 18 and 132.
#[tokio::test]
async fn a_taken_port_is_passed_over_and_only_when_all_are_taken_is_it_an_error() {
    let world = World::new().await;
    let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let ports = [
        taken.local_addr().unwrap().port(),
        free.local_addr().unwrap().port(),
    ];
    let begin = async |ports: &[u16]| {
        let policy = RedirectPolicy::LoopbackRegistered {
            ports: ports.to_vec(),
            path: REDIRECT_PATH.to_owned(),
        };
        let metadata = world.provider.metadata(&world.http).await;
        let scopes = Scopes::parse("chat");
        let client = Client::new(
            CLIENT_ID,
            ClientAuthentication::None,
            metadata,
            scopes,
            policy,
        );
        world.flow_of(client).begin(SignInOptions::default()).await
    };
    let outcome = begin(&ports).await;
    let Err(SignInError::PortsUnavailable { busy }) = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(busy, ports);
    drop(free);
    let pending = begin(&ports).await.unwrap();
    assert_eq!(pending.redirect_uri().as_url().port(), Some(ports[1]));
    assert!(authorize(pending).await.is_ok());
}

/// Checklist 26.
#[tokio::test]
async fn a_response_of_another_issuer_or_without_the_promised_iss_is_refused() {
    let other: fn(&mut Vec<(String, String)>) = |parameters| {
        parameters.retain(|(name, _)| name != "iss");
        parameters.push(("iss".to_owned(), "https://other.example".to_owned()));
    };
    let absent: fn(&mut Vec<(String, String)>) =
        |parameters| parameters.retain(|(name, _)| name != "iss");
    for change in [other, absent] {
        let world = World::new().await;
        world.provider.state().faults.response = Some(Box::new(change));
        let (outcome, page) = authorize_and_see(world.begin().await).await;
        assert!(
            matches!(
                outcome,
                Err(SignInError::Response(ResponseError::WrongIssuer))
            ),
            "{outcome:?}"
        );
        assert!(page.body.contains("did not work"));
        assert_eq!(world.provider.count("/token", "authorization_code"), 0);
    }
}

/// Checklist 27: a code that another attempt was given does not fit our verifier.
#[tokio::test]
async fn an_injected_code_gives_no_session() {
    let world = World::new().await;
    let theirs = world.begin().await;
    let their_response = browser::approve(theirs.launch_address()).await;
    let their_code = their_response
        .query_pairs()
        .find(|(name, _)| name == "code")
        .unwrap()
        .1
        .into_owned();
    world.provider.state().faults.response = Some(Box::new(move |parameters| {
        for (name, value) in parameters {
            if name == "code" {
                value.clone_from(&their_code);
            }
        }
    }));
    let outcome = world.authorize().await;
    let Err(SignInError::TokenEndpoint(TokenEndpointError::OAuth { code, .. })) = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(code, "invalid_grant");
}

/// Checklist 32.
#[tokio::test]
async fn granted_scopes_are_what_the_provider_says_and_not_what_was_asked() {
    let world = World::new().await;
    world.provider.state().faults.token_response = Some(Box::new(|response| {
        response["scope"] = "openid chat".into()
    }));
    let tokens = world.tokens().await;
    let missing = world
        .client()
        .await
        .requested_scopes()
        .missing_from(&tokens.granted_scopes);
    assert_eq!(missing.to_string(), "profile");
}

#[tokio::test]
async fn a_client_with_a_secret_sends_it_in_the_body() {
    let world = World::new().await;
    world.provider.state().secret = Some("s3cret".to_owned());
    let client = |authentication| async {
        let metadata = world.provider.metadata(&world.http).await;
        let policy = RedirectPolicy::LoopbackAnyPort {
            path: REDIRECT_PATH.to_owned(),
        };
        Client::new(
            CLIENT_ID,
            authentication,
            metadata,
            Scopes::parse("chat"),
            policy,
        )
    };
    let without = world.flow_of(client(ClientAuthentication::None).await);
    let outcome = authorize(without.begin(SignInOptions::default()).await.unwrap()).await;
    assert!(
        matches!(&outcome, Err(SignInError::TokenEndpoint(TokenEndpointError::OAuth { code, .. })) if code == "invalid_client"),
        "{outcome:?}"
    );
    let secret = ClientAuthentication::SecretPost(ClientSecret::new("s3cret"));
    let with = world.flow_of(client(secret).await);
    assert!(
        authorize(with.begin(SignInOptions::default()).await.unwrap())
            .await
            .is_ok()
    );
}

/// A plain OAuth provider: the scope `openid` brings no ID token, and none is missed.
#[tokio::test]
async fn a_provider_without_keys_signs_in_without_an_id_token() {
    let world = World::new().await;
    world.provider.state().faults.discovery = Some(Box::new(|document| {
        drop(document.as_object_mut().unwrap().remove("jwks_uri"))
    }));
    let authorized = world.authorize().await.unwrap();
    assert_eq!(authorized.id_token_claims, None);
    assert!(authorized.tokens.id_token.is_none());
}

#[tokio::test]
async fn a_pasted_redirect_address_completes_the_sign_in_under_the_same_checks() {
    let world = World::new().await;
    let pending = world.begin().await;
    let paste = pending.paste_handle();
    let response = browser::approve(pending.launch_address()).await;
    let mut forged = response.clone();
    forged.set_query(Some("code=stolen&state=guessed"));
    let mut elsewhere = response.clone();
    elsewhere.set_path("/other");
    let waiting = tokio::spawn(pending.authorized(CancellationToken::new(), || {}));
    assert_eq!(
        paste.accept("not an address"),
        Err(PasteError::NotAnAddress)
    );
    assert_eq!(
        paste.accept(elsewhere.as_str()),
        Err(PasteError::OtherAddress)
    );
    let refused = PasteError::Response(ResponseError::WrongState);
    assert_eq!(paste.accept(forged.as_str()), Err(refused));
    assert_eq!(paste.accept(&format!("  {response}\n")), Ok(()));
    assert_eq!(paste.accept(response.as_str()), Err(PasteError::NotWaiting));
    let authorized = waiting.await.unwrap().unwrap();
    // There is no browser to tell, so this returns at once.
    tokio::time::timeout(
        Duration::from_secs(1),
        authorized.browser.finish(signed_in()),
    )
    .await
    .unwrap();
}
