//! What most tests begin with: a provider, a client of it, a person's browser, a store.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use native_oauth::{
    AccountKey, Authorized, CancellationToken, Client, ClientAuthentication, Completion,
    HttpClient, MemoryStore, PageText, PendingSignIn, RedirectPolicy, Scopes, Session, SignInError,
    SignInFlow, SignInOptions, TokenSet, TokenStore,
};
use tempfile::TempDir;

use crate::browser::{self, Page};
use crate::clock::ManualClock;
use crate::provider::{CLIENT_ID, REDIRECT_PATH, SUBJECT, TestProvider};

pub(crate) struct World {
    pub(crate) provider: TestProvider,
    pub(crate) http: HttpClient,
    pub(crate) clock: ManualClock,
    pub(crate) store: MemoryStore,
    pub(crate) folder: TempDir,
}

impl World {
    pub(crate) async fn new() -> Self {
        Self {
            provider: TestProvider::start().await,
            http: HttpClient::new().unwrap(),
            clock: ManualClock::at_now(),
            store: MemoryStore::new(),
            folder: TempDir::new().unwrap(),
        }
    }

    pub(crate) async fn client(&self) -> Client {
        Client::new(
            CLIENT_ID,
            ClientAuthentication::None,
            self.provider.metadata(&self.http).await,
            Scopes::parse("openid profile chat"),
            RedirectPolicy::LoopbackAnyPort {
                path: REDIRECT_PATH.to_owned(),
            },
        )
        .with_clock(Arc::new(self.clock.clone()))
    }

    pub(crate) async fn flow(&self) -> SignInFlow {
        self.flow_of(self.client().await)
    }

    pub(crate) fn flow_of(&self, client: Client) -> SignInFlow {
        let page = PageText {
            app_name: "Test App".to_owned(),
            provider_name: "Provider".to_owned(),
        };
        SignInFlow::new(self.http.clone(), client, page)
    }

    pub(crate) async fn begin(&self) -> PendingSignIn {
        self.flow()
            .await
            .begin(SignInOptions::default())
            .await
            .unwrap()
    }

    /// A whole sign-in with a browser, up to but without the last page.
    pub(crate) async fn authorize(&self) -> Result<Authorized, SignInError> {
        authorize(self.begin().await).await
    }

    pub(crate) async fn tokens(&self) -> TokenSet {
        let authorized = self.authorize().await.unwrap();
        tokio::spawn(authorized.browser.finish(Completion::SignedIn {
            account: "Ada".to_owned(),
        }));
        authorized.tokens
    }

    /// A session after a sign-in.
    pub(crate) async fn session(&self) -> Session {
        let tokens = self.tokens().await;
        self.session_of(self.client().await, tokens).await
    }

    pub(crate) async fn session_of(&self, client: Client, tokens: TokenSet) -> Session {
        let store: Arc<dyn TokenStore> = Arc::new(self.store.clone());
        let subject = Some(SUBJECT.to_owned());
        Session::start(
            self.http.clone(),
            client,
            store,
            key(),
            self.lock_path(),
            subject,
            tokens,
        )
        .await
        .unwrap()
    }

    /// Another session over the same store, as another process would have it.
    pub(crate) async fn restored(&self) -> Session {
        let store: Arc<dyn TokenStore> = Arc::new(self.store.clone());
        let subject = Some(SUBJECT.to_owned());
        let client = self.client().await;
        Session::restore(
            self.http.clone(),
            client,
            store,
            key(),
            self.lock_path(),
            subject,
        )
        .await
        .unwrap()
    }

    pub(crate) fn lock_path(&self) -> PathBuf {
        self.folder.path().join("locks").join("account.lock")
    }

    /// Lets the access token run out by the clock.
    pub(crate) fn let_token_expire(&self) {
        self.clock.advance(Duration::from_secs(3601));
    }
}

pub(crate) fn key() -> AccountKey {
    AccountKey::new("account-1")
}

/// Drives a pending sign-in with a browser to its end, whatever that is.
pub(crate) async fn authorize(pending: PendingSignIn) -> Result<Authorized, SignInError> {
    let launch_address = pending.launch_address().clone();
    tokio::spawn(async move { browser::try_sign_in(&launch_address).await });
    pending.authorized(CancellationToken::new(), || {}).await
}

/// The same with a browser that also fetches the completion page of a failure.
pub(crate) async fn authorize_and_see(
    pending: PendingSignIn,
) -> (Result<Authorized, SignInError>, Page) {
    let launch_address = pending.launch_address().clone();
    let browser = tokio::spawn(async move { browser::sign_in(&launch_address).await.1 });
    let outcome = pending.authorized(CancellationToken::new(), || {}).await;
    (outcome, browser.await.unwrap())
}
