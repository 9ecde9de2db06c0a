//! Accounts that were signed out and not removed: who paid for old answers, and one click to come back.

use crate::Tuppence;
use crate::account::{AccountId, AccountRecord};
use crate::event::CoreEvent;
use crate::failure::Failure;
use crate::setting;

const SIGNED_OUT: &str = "signed-out-accounts";

/// What is remembered of a signed-out account. There is no token of it any more.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct SignedOutAccount {
    /// Its key: signing in again as the same person has the same.
    pub id: AccountId,
    /// The provider.
    pub provider_id: String,
    /// The provider's name to show.
    pub provider_name: String,
    /// The name to show.
    pub display_name: String,
}

impl Tuppence {
    /// The accounts that were signed out on this device and not removed from it.
    ///
    /// # Errors
    /// [`crate::FailureKind::StorageUnavailable`].
    pub async fn signed_out_accounts(&self) -> Result<Vec<SignedOutAccount>, Failure> {
        let known: Option<Vec<SignedOutAccount>> = setting(&self.inner.store, SIGNED_OUT).await?;
        let mut known = known.unwrap_or_default();
        // Another process may have signed one in meanwhile.
        let signed_in = self.accounts();
        known.retain(|it| !signed_in.iter().any(|account| account.record.id == it.id));
        Ok(known)
    }

    /// Takes an account off this device with its name: signs it out if need be. Conversations and costs stay,
    /// and say no longer whose they were.
    ///
    /// # Errors
    /// [`crate::FailureKind::NotFound`] for an account that is neither signed in nor remembered, and those of
    /// [`Tuppence::sign_out`].
    pub async fn remove_account(&self, id: &AccountId) -> Result<(), Failure> {
        let is_signed_in = self.account(id).is_ok();
        if is_signed_in {
            self.sign_out(id, false).await?;
        }
        let mut known = self.signed_out_accounts().await?;
        let before = known.len();
        known.retain(|account| account.id != *id);
        if known.len() == before && !is_signed_in {
            return Err(Failure::not_found("no such account"));
        }
        self.put_setting(SIGNED_OUT, &known).await?;
        self.emit(CoreEvent::Changed);
        Ok(())
    }

    /// Remembers who was signed out.
    pub(crate) async fn remember(&self, record: &AccountRecord) -> Result<(), Failure> {
        let mut known = self.signed_out_accounts().await?;
        known.retain(|account| account.id != record.id);
        known.push(SignedOutAccount {
            id: record.id.clone(),
            provider_id: record.provider_id.clone(),
            provider_name: record.provider_name.clone(),
            display_name: record.display_name.clone(),
        });
        self.put_setting(SIGNED_OUT, &known).await?;
        self.emit(CoreEvent::Changed);
        Ok(())
    }
}
