//! Signs in to any OpenID Connect provider that takes native apps, says who it was, and leaves the
//! tokens in the keychain for the examples `refresh` and `sign_out`.
//!
//! `cargo run -p native-oauth --example sign_in -- ISSUER CLIENT_ID "openid profile offline_access"`

mod common;

use std::error::Error;

use native_oauth::{
    Authorized, CancellationToken, Completion, PageText, Session, SignInFlow, SignInOptions,
};

use crate::common::Setup;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let setup = Setup::from_arguments().await?;

    // One sign-in. An application opens the address with its `ExternalUserAgent`.
    let page = PageText {
        app_name: "the example".to_owned(),
        provider_name: setup.client.metadata().issuer.to_string(),
    };
    let flow = SignInFlow::new(setup.http.clone(), setup.client.clone(), page);
    let pending = flow.begin(SignInOptions::default()).await?;
    println!("Open {}", pending.launch_address());
    let back = || println!("The browser is back.");
    let Authorized {
        tokens,
        id_token_claims,
        browser,
    } = pending.authorized(CancellationToken::new(), back).await?;

    // The tokens are stored first; then the browser is told.
    let subject = id_token_claims
        .as_ref()
        .map(|claims| claims.subject.clone());
    let name = id_token_claims.and_then(|claims| claims.name.or(claims.email));
    let session = Session::start(
        setup.http,
        setup.client,
        setup.store,
        setup.account,
        setup.lock_path,
        subject.clone(),
        tokens,
    )
    .await?;
    let account = name.or(subject).unwrap_or_else(|| "you".to_owned());
    println!("Signed in as {account}.");
    println!("Granted: {}", session.granted_scopes());
    browser.finish(Completion::SignedIn { account }).await;
    Ok(())
}
