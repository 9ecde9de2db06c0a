//! Ends the session that the example `sign_in` left in the keychain: revokes its tokens as far as the
//! provider can, forgets them, and offers to end the browser's session too.
//!
//! `cargo run -p native-oauth --example sign_out -- ISSUER CLIENT_ID "openid profile offline_access"`

mod common;

use std::error::Error;

use native_oauth::{Session, SessionState, launch};

use crate::common::Setup;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let setup = Setup::from_arguments().await?;
    let session = Session::restore(
        setup.http,
        setup.client,
        setup.store,
        setup.account,
        setup.lock_path,
        None,
    )
    .await?;
    if *session.state().borrow() == SessionState::SignedOut {
        println!("Nobody is signed in.");
        return Ok(());
    }
    let report = session.sign_out().await;
    println!("{report:?}");

    // The address holds the ID token, so the browser gets a launch address in its place.
    if let Some(address) = report.end_session_url {
        let address = launch::open_privately(address).await?;
        println!(
            "To sign out of the browser too, open {address} within a minute; Enter ends this."
        );
        tokio::task::spawn_blocking(|| std::io::stdin().read_line(&mut String::new())).await??;
    }
    Ok(())
}
