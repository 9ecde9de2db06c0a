//! Asking a signed-in person for more than they have allowed.

use native_oauth::Scopes;

use super::{SignInAttempt, SignInRequest};
use crate::account::{AccountId, Persistence};
use crate::failure::{Failure, FailureKind};
use crate::providers::Provider;
use crate::{SessionStatus, Tuppence};

/// An attempt that must end with the same person.
#[derive(Clone)]
pub(super) struct Consent {
    pub(super) account: AccountId,
    pub(super) login_hint: Option<String>,
    granted: Scopes,
    wanted: Scopes,
}

impl Consent {
    /// What is asked for: what the app asks of everybody, what the account has, and what is wanted beyond.
    pub(super) fn scopes(&self, provider: &Provider) -> Scopes {
        let usual = provider.client.requested_scopes();
        usual
            .iter()
            .chain(self.granted.iter())
            .chain(self.wanted.iter())
            .collect()
    }

    /// That it is the same person who came back.
    pub(super) fn check(&self, account: &AccountId) -> Result<(), Failure> {
        if self.account == *account {
            return Ok(());
        }
        Err(Failure::retryable(
            FailureKind::OtherAccount,
            "another person than the account's came back from the provider",
        ))
    }
}

impl Tuppence {
    /// Asks the person behind an account to allow `scopes` as well, by a sign-in for all that the account
    /// has and these. The account keeps its conversations and its place; if somebody else comes back from
    /// the provider, nothing changes.
    ///
    /// # Errors
    /// [`FailureKind::NotFound`] for an unknown account. Everything else ends the attempt, as in
    /// [`Tuppence::sign_in`].
    pub fn consent_for(&self, id: &AccountId, scopes: &[&str]) -> Result<SignInAttempt, Failure> {
        let account = self.account(id)?;
        let persistence = match account.session {
            SessionStatus::SignedIn(persistence) => persistence,
            _ => Persistence::Keychain,
        };
        let consent = Consent {
            account: id.clone(),
            login_hint: account.record.email,
            granted: Scopes::parse(&account.record.granted_scopes),
            wanted: scopes.iter().copied().collect(),
        };
        let request = SignInRequest::new(account.record.provider_id, persistence);
        self.begin_sign_in(request, Some(consent))
    }
}
