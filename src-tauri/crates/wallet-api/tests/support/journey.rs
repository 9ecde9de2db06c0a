//! A person who signs in at the sandbox, with everything real but the browser.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use native_oauth::redirect::page::PageText;
use native_oauth::{
    AccountKey, CancellationToken, ClientSecret, Completion, MemoryStore, Session, SignInFlow,
    SignInOptions,
};
use sandbox_provider::{Control, Dialect, Sandbox, SandboxConfig, Typing, Visitor};
use tempfile::TempDir;
use wallet_api::profile::{KeyTerms, RedirectPolicyKind, ValueSource};
use wallet_api::profiles::{self, GenericMetadata, GenericProvider, RedirectPorts};
use wallet_api::{ProviderProfile, StreamLimits, Wallet};

/// What a stream is given here: only the stall fault waits for it, and the machine may be busy.
const PATIENCE: StreamLimits = StreamLimits {
    first_byte: Duration::from_secs(30),
    idle: Duration::from_secs(3),
    settle: Duration::from_secs(5),
    line: 1 << 20,
    total: 64 << 20,
};

/// A signed-in account at a sandbox of its own.
pub struct Journey {
    pub wallet: Wallet,
    pub control: Control,
    pub subject: String,
    _sandbox: Sandbox,
    _locks: TempDir,
}

/// Starts a sandbox and signs in as its preset person.
pub async fn sign_in(dialect: Dialect) -> Journey {
    sign_in_for(dialect, &KeyTerms::default()).await
}

/// The same, asking these terms of a key where it ends in one.
pub async fn sign_in_for(dialect: Dialect, terms: &KeyTerms) -> Journey {
    let port = free_port();
    let mut config = SandboxConfig {
        dialect,
        typing: Typing::Instant,
        install_secret: Some("an-install-secret-of-a-test".to_owned()),
        fault_delay: Duration::from_secs(30),
        ..SandboxConfig::default()
    };
    config.redirect_uris = vec![redirect_uri(port)];
    let sandbox = Sandbox::start(config).await.unwrap();
    let mut profile = profile(&sandbox);
    profile.redirect = RedirectPolicyKind::LoopbackRegistered {
        ports: vec![port],
        path: "/redirect/journey".to_owned(),
    };
    let http = super::http();
    let metadata = profile.provider_metadata(&http).await.unwrap();
    let secret = sandbox.client_secret().map(ClientSecret::new);
    let client = profile.oauth_client(metadata.clone(), secret).unwrap();
    let page = PageText {
        app_name: "Test".to_owned(),
        provider_name: profile.name.clone(),
    };
    let flow = SignInFlow::new(http.clone(), client.clone(), page);
    let options = SignInOptions {
        parameters: profile.parameters_of(terms),
        ..SignInOptions::default()
    };
    let pending = flow.begin(options).await.unwrap();
    let launch = pending.launch_address().clone();
    let person =
        tokio::spawn(async move { Visitor::new().unwrap().sign_in(&launch).await.unwrap() });
    let authorized = pending
        .authorized(CancellationToken::new(), || {})
        .await
        .unwrap();
    let account = "Penny".to_owned();
    authorized
        .browser
        .finish(Completion::SignedIn { account })
        .await;
    person.await.unwrap();

    let locks = TempDir::new().unwrap();
    let subject = authorized.id_token_claims.map(|claims| claims.subject);
    let session = Session::start(
        http.clone(),
        client,
        Arc::new(MemoryStore::default()),
        AccountKey::new("penny"),
        locks.path().join("penny.lock"),
        subject.clone(),
        authorized.tokens,
    );
    let session = session.await.unwrap();
    let wallet = Wallet::new(http, Arc::new(profile), session)
        .with_metadata(&metadata)
        .with_limits(PATIENCE);
    let control = sandbox.control();
    Journey {
        subject: subject.unwrap_or_else(|| control.subjects()[0].clone()),
        wallet,
        control,
        _sandbox: sandbox,
        _locks: locks,
    }
}

fn profile(sandbox: &Sandbox) -> ProviderProfile {
    let issuer = sandbox.issuer();
    let mut profile = match sandbox.dialect() {
        Dialect::Quota => profiles::sandbox(issuer, sandbox.api_base(), sandbox.client_id()),
        Dialect::Chutes => profiles::chutes_at(issuer, sandbox.api_base())
            .with_client_id(sandbox.client_id(), ValueSource::SetUp),
        Dialect::OpenRouter => profiles::openrouter_at(issuer),
        Dialect::Oidc => profiles::generic(GenericProvider {
            name: "House".to_owned(),
            metadata: GenericMetadata::Issuer(sandbox.issuer_identifier().to_owned()),
            client_id: sandbox.client_id().to_owned(),
            api_base: sandbox.api_base().clone(),
            scopes: Vec::new(),
            redirect_ports: RedirectPorts::Any,
            allow_insecure_loopback: true,
        })
        .unwrap(),
    };
    profile.allow_insecure_loopback = true;
    profile
}

fn redirect_uri(port: u16) -> String {
    format!("http://127.0.0.1:{port}/redirect/journey")
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}
