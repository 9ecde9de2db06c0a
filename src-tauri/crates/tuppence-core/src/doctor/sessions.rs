//! What this device, and the provider, think of each session.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use native_oauth::token::endpoint::Introspection;
use native_oauth::{IntrospectionError, SessionError};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::{Area, Finding};
use crate::failure::chain;
use crate::{Account, SessionStatus, Tuppence};

/// One provider that does not answer must not hold the report up.
const PATIENCE: Duration = Duration::from_secs(8);

impl Tuppence {
    pub(super) async fn look_at_sessions(&self) -> Vec<Finding> {
        let accounts = self.accounts();
        let looks = accounts.iter().map(|account| self.look_at_session(account));
        join_all(looks).await
    }

    async fn look_at_session(&self, account: &Account) -> Finding {
        let subject = format!("{} at {}", account.record.id, account.record.provider_id);
        let problem = |what: &str| Finding::problem(Area::Session, subject.clone(), what);
        match account.session {
            SessionStatus::ReauthRequired => problem("the provider ended it: sign in again"),
            SessionStatus::KeychainUnavailable(_) => problem("the keychain does not hand it over"),
            SessionStatus::SignedIn(_) => {
                let started = Instant::now();
                let asked = tokio::time::timeout(PATIENCE, self.introspected(account));
                let finding = match asked.await {
                    Ok(finding) => finding,
                    Err(_) => Finding::note(Area::Session, "", "no answer in time"),
                };
                let took = started.elapsed();
                Finding { subject, ..finding }.after(took)
            }
        }
    }

    /// Asks the provider (RFC 7662), where it takes such questions.
    async fn introspected(&self, account: &Account) -> Finding {
        let session = match self.live_account(&account.record.id).await {
            Ok(live) => live.session,
            Err(failure) => {
                let what = format!("cannot be used now: {}", failure.detail);
                return Finding::problem(Area::Session, "", what);
            }
        };
        match session.introspect().await {
            Ok(None) => {
                let what = "signed in; the provider takes no questions about it";
                Finding::ok(Area::Session, "", what)
            }
            Ok(Some(said)) => told(&said),
            Err(IntrospectionError::Session(SessionError::ReauthRequired)) => {
                Finding::problem(Area::Session, "", "the provider ended it: sign in again")
            }
            // It says nothing about the session that the provider does not answer this client.
            Err(error) => {
                let what = format!(
                    "signed in; the provider did not say more: {}",
                    chain(&error)
                );
                Finding::note(Area::Session, "", what)
            }
        }
    }
}

/// Without the person and the client, which are nobody else's business.
fn told(said: &Introspection) -> Finding {
    if !said.active {
        let what = "the provider no longer honours its access token";
        return Finding::problem(Area::Session, "", what);
    }
    let mut what = "the provider calls it active".to_owned();
    let until = said.expires_at.map(OffsetDateTime::from);
    if let Some(until) = until.and_then(|at| at.format(&Rfc3339).ok()) {
        what.push_str(&format!(", its access token until {until}"));
    }
    if let Some(scopes) = &said.scopes {
        what.push_str(&format!(", for: {scopes}"));
    }
    Finding::ok(Area::Session, "", what)
}
