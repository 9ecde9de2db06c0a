//! Signs in to any OpenID Connect provider that takes native apps, and prints who it was.
//!
//! `cargo run -p native-oauth --example sign_in -- ISSUER CLIENT_ID "openid profile"`

use std::error::Error;
use std::sync::Arc;

use native_oauth::issuer::InsecureLoopback;
use native_oauth::{
    AccountKey, CancellationToken, Client, ClientAuthentication, Completion, Discovery, HttpClient,
    Issuer, MemoryStore, PageText, RedirectPolicy, Scopes, Session, SignInFlow, SignInOptions,
};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [issuer, client_id, scopes] = arguments.as_slice() else {
        return Err("usage: sign_in ISSUER CLIENT_ID SCOPES".into());
    };

    // Who the provider is. A provider on this machine may use plain http.
    let http = HttpClient::new()?;
    let loopback = InsecureLoopback::Allowed;
    let metadata = Discovery::of(Issuer::new(issuer, loopback)?, loopback)?
        .fetch(&http)
        .await?;

    // Who we are to it.
    let client = Client::new(
        client_id,
        ClientAuthentication::None,
        metadata,
        Scopes::parse(scopes),
        RedirectPolicy::LoopbackAnyPort {
            path: "/redirect".to_owned(),
        },
    );

    // One sign-in. An application opens the address with its `ExternalUserAgent`.
    let page = PageText {
        app_name: "the example".to_owned(),
        provider_name: issuer.clone(),
    };
    let flow = SignInFlow::new(http.clone(), client.clone(), page);
    let pending = flow.begin(SignInOptions::default()).await?;
    println!("Open {}", pending.launch_address());
    let authorized = pending
        .authorized(CancellationToken::new(), || {
            println!("The browser is back.")
        })
        .await?;

    // From now on. An application uses a `KeyringStore`, and a lock file in its data directory.
    let subject = authorized
        .id_token_claims
        .as_ref()
        .map(|claims| claims.subject.clone());
    let name = authorized
        .id_token_claims
        .and_then(|claims| claims.name.or(claims.email));
    let session = Session::start(
        http,
        client,
        Arc::new(MemoryStore::new()),
        AccountKey::new("example"),
        std::env::temp_dir().join("native-oauth-example.lock"),
        subject.clone(),
        authorized.tokens,
    )
    .await?;
    let account = name.or(subject).unwrap_or_else(|| "you".to_owned());
    authorized
        .browser
        .finish(Completion::SignedIn {
            account: account.clone(),
        })
        .await;

    let token = session.access_token().await?;
    println!(
        "Signed in as {account}, with an access token of {} characters.",
        token.expose().len()
    );
    println!("Granted: {}", session.granted_scopes());

    let report = session.sign_out().await;
    println!("Signed out: {report:?}");
    Ok(())
}
