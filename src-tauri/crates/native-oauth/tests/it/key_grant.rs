//! A code for a lasting key: no client id, no `state` in the response, a nonce in the redirect's path.

mod provider;

use std::sync::Arc;

use native_oauth::issuer::InsecureLoopback;
use native_oauth::{
    CancellationToken, Client, ClientAuthentication, HttpClient, Issuer, KeyGrant, MemoryStore,
    PageText, PendingSignIn, ProviderMetadata, ReauthReason, RedirectPolicy, Scopes, Session,
    SessionError, SessionState, SignInFlow, SignInOptions, StepKind,
};
use tempfile::TempDir;
use url::Url;

use self::provider::KeyProvider;
use crate::browser;
use crate::trace::Heard;
use crate::world::key as account;

fn client(provider: &KeyProvider) -> Client {
    let url = |path: &str| Url::parse(&format!("{}{path}", provider.base)).unwrap();
    let issuer = Issuer::new(&provider.base, InsecureLoopback::Allowed).unwrap();
    let metadata = ProviderMetadata::without_discovery(issuer, url("/auth"), url("/keys"));
    let redirect = RedirectPolicy::LoopbackAnyPort {
        path: "/redirect/house".to_owned(),
    };
    let grant = KeyGrant {
        redirect_parameter: "callback_url".to_owned(),
        key_member: "key".to_owned(),
        key_endpoint: url("/key"),
    };
    let none = ClientAuthentication::None;
    Client::new("", none, metadata, Scopes::default(), redirect).with_key_grant(grant)
}

async fn begin(provider: &KeyProvider) -> PendingSignIn {
    let page = PageText {
        app_name: "Test App".to_owned(),
        provider_name: "House".to_owned(),
    };
    let options = SignInOptions {
        parameters: vec![
            ("limit".to_owned(), "5".to_owned()),
            ("callback_url".to_owned(), "https://evil.example".to_owned()),
        ],
        ..SignInOptions::default()
    };
    let flow = SignInFlow::new(HttpClient::new().unwrap(), client(provider), page);
    flow.begin(options).await.unwrap()
}

/// A session after a sign-in in which the browser followed every redirect.
async fn session(provider: &KeyProvider, locks: &TempDir) -> Session {
    let pending = begin(provider).await;
    let launch = pending.launch_address().clone();
    tokio::spawn(async move { browser::try_sign_in(&launch).await });
    let authorized = pending.authorized(CancellationToken::new(), || {}).await;
    let tokens = authorized.unwrap().tokens;
    assert!(tokens.refresh_token.is_none() && tokens.expires_at.is_none());
    Session::start(
        HttpClient::new().unwrap(),
        client(provider),
        Arc::new(MemoryStore::new()),
        account(),
        locks.path().join("account.lock"),
        None,
        tokens,
    )
    .await
    .unwrap()
}

#[tokio::test]
async fn only_what_such_a_provider_knows_is_asked() {
    let provider = KeyProvider::start().await;
    let pending = begin(&provider).await;
    let url = pending.authorization_url();
    let mut names: Vec<String> = url.query_pairs().map(|(name, _)| name.into()).collect();
    names.sort();
    let expected = [
        "callback_url",
        "code_challenge",
        "code_challenge_method",
        "limit",
        "state",
    ];
    assert_eq!(names, expected, "each once, and nothing of OAuth's besides");
    let callback = url.query_pairs().find(|(name, _)| name == "callback_url");
    assert_eq!(callback.unwrap().1, pending.redirect_uri().as_str());
}

/// Checklist 1: what cannot be told by `state` is told by a path that nobody can guess, and that no log shows.
#[tokio::test]
async fn a_response_without_state_counts_only_at_the_unguessable_path() {
    let provider = KeyProvider::start().await;
    let pending = begin(&provider).await;
    let redirect = pending.redirect_uri().clone();
    let nonce = redirect
        .as_url()
        .path_segments()
        .unwrap()
        .next_back()
        .unwrap();
    assert_eq!(nonce.len(), 43);
    assert!(!format!("{pending:?} {redirect:?} {redirect}").contains(nonce));

    let forged = |path: &str, query: &str| {
        let mut url = redirect.as_url().clone();
        url.set_path(path);
        url.set_query(Some(query));
        url
    };
    let path = redirect.as_url().path();
    for (path, query, status) in [
        ("/redirect/house", "code=forged", 404),
        ("/redirect/house/", "code=forged", 404),
        ("/redirect/house/guessed", "error=access_denied", 404),
        (&path.to_ascii_uppercase(), "code=forged", 404),
        (path, "code=forged&state=another", 400),
        (path, "code=forged&state=", 400),
        (path, "code=forged&state=a&state=b", 400),
    ] {
        let answer = browser::get(&forged(path, query)).await;
        assert_eq!(answer.status, status, "{path}?{query}");
    }
    let launch = pending.launch_address().clone();
    tokio::spawn(async move { browser::try_sign_in(&launch).await });
    let authorized = pending.authorized(CancellationToken::new(), || {}).await;
    let tokens = authorized.unwrap().tokens;
    assert!(
        provider
            .keys()
            .contains(&tokens.access_token.expose().to_owned())
    );
}

#[tokio::test]
async fn a_key_ends_only_where_its_own_endpoint_says_so() {
    let (provider, locks) = (KeyProvider::start().await, TempDir::new().unwrap());
    let session = session(&provider, &locks).await;
    let key = session.access_token().await.unwrap();

    let disputed = session.access_token_after_rejection(&key).await;
    assert!(matches!(disputed, Err(SessionError::KeyDisputed)));
    assert_eq!(*session.state().borrow(), SessionState::SignedIn);

    provider.set_down(true);
    let unknown = session.access_token_after_rejection(&key).await;
    assert!(matches!(unknown, Err(SessionError::Transient { .. })));
    assert!(
        session.access_token().await.unwrap().same_as(&key),
        "it is not renewed"
    );

    provider.set_down(false);
    provider.revoke_everything();
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
    let gone = session.access_token_after_rejection(&key).await;
    assert!(matches!(gone, Err(SessionError::ReauthRequired)));
    let reason = ReauthReason::KeyRejected;
    assert_eq!(
        *session.state().borrow(),
        SessionState::ReauthRequired { reason }
    );
}

/// Checklist 25: the path of the redirect is what `state` is elsewhere, and the key is a token.
#[tokio::test]
async fn its_steps_show_neither_the_path_nor_the_key() {
    let provider = KeyProvider::start().await;
    let heard = Arc::new(Heard::default());
    let page = PageText {
        app_name: "Test App".to_owned(),
        provider_name: "House".to_owned(),
    };
    let options = SignInOptions {
        observer: Some(heard.clone()),
        ..SignInOptions::default()
    };
    let flow = SignInFlow::new(HttpClient::new().unwrap(), client(&provider), page);
    let pending = flow.begin(options).await.unwrap();
    let path = pending.redirect_uri().as_url().path().to_owned();
    let nonce = path.rsplit('/').next().unwrap();
    let launch = pending.launch_address().clone();
    tokio::spawn(async move { browser::try_sign_in(&launch).await });
    let authorized = pending.authorized(CancellationToken::new(), || {}).await;
    let tokens = authorized.unwrap().tokens;
    assert_eq!(
        heard.kinds(),
        [
            StepKind::RedirectUri,
            StepKind::AuthorizationRequest,
            StepKind::UserAgent,
            StepKind::AuthorizationResponse,
            StepKind::TokenRequest,
            StepKind::TokenResponse,
        ]
    );
    let text = heard.text();
    for secret in [nonce, tokens.access_token.expose()] {
        assert!(!text.contains(secret), "{text}");
    }
    assert!(text.contains("/redirect/house/[redacted]"), "{text}");
}
