//! Takes up the session that the example `sign_in` left in the keychain, and renews its access token,
//! as after an API has answered 401. Several of these may run at once: none uses a refresh token twice.
//!
//! `cargo run -p native-oauth --example refresh -- ISSUER CLIENT_ID "openid profile offline_access"`

mod common;

use std::error::Error;

use native_oauth::Session;

use crate::common::Setup;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let setup = Setup::from_arguments().await?;
    // An application remembers who signed in: a refresh for somebody else then ends the session.
    let subject = None;
    let session = Session::restore(
        setup.http,
        setup.client,
        setup.store,
        setup.account,
        setup.lock_path,
        subject,
    )
    .await?;
    let current = session.access_token().await?;
    let renewed = session.access_token_after_rejection(&current).await?;
    let changed = if renewed.same_as(&current) {
        "the same"
    } else {
        "another"
    };
    println!("The access token is {changed} one now.");
    println!("Granted: {}", session.granted_scopes());
    match session.introspect().await {
        Ok(Some(known)) => println!("The provider calls it active: {}.", known.active),
        Ok(None) => println!("The provider does not say what it thinks of it."),
        Err(error) => println!("The provider did not say what it thinks of it: {error}."),
    }
    Ok(())
}
