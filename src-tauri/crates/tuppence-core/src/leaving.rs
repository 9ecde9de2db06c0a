//! Three ways to leave, and what each leaves behind: on a computer that others use too, that is what a person
//! has to know before they choose.

use crate::Tuppence;
use crate::account::AccountId;
use crate::failure::Failure;

/// A way to leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaving {
    /// [`Tuppence::sign_out`]: the tokens go.
    SignOut,
    /// [`Tuppence::remove_account`]: the tokens go, and what this device knows of the person.
    RemoveAccount,
    /// [`Tuppence::erase_secrets`], then [`crate::erase_files`]: everything goes that is on this device.
    EraseDevice,
}

/// What is still there afterwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    /// Conversations and drafts, on this device.
    Conversations,
    /// What answers cost, on this device.
    Costs,
    /// The account's name and provider, on this device.
    AccountName,
    /// The provider's set-up with its client secret, on this device.
    ProviderSetUp,
    /// The other accounts, on this device.
    OtherAccounts,
    /// The sign-in at the provider in the browser.
    BrowserSession,
    /// The key, which is good until the person deletes it at the provider.
    Key,
    /// What the provider knows of the person and of what they asked.
    ProviderRecords,
}

impl Tuppence {
    /// What `leaving` leaves behind. `id` is the account that it is about, signed in or remembered; an
    /// erasure is about all.
    ///
    /// # Errors
    /// [`crate::FailureKind::NotFound`] for an unknown account; [`crate::FailureKind::StorageUnavailable`].
    pub async fn what_stays(
        &self,
        leaving: Leaving,
        id: Option<&AccountId>,
    ) -> Result<Vec<Kept>, Failure> {
        let accounts = self.accounts();
        let others = accounts.iter().any(|known| Some(&known.record.id) != id);
        let has_key = match id {
            None => accounts.iter().any(|account| account.key_outlives_sign_out),
            Some(id) => match self.account(id) {
                Ok(account) => account.key_outlives_sign_out,
                Err(unknown) => self.left_a_key(id).await?.ok_or(unknown)?,
            },
        };
        let mut kept = match leaving {
            Leaving::SignOut => vec![
                Kept::Conversations,
                Kept::Costs,
                Kept::AccountName,
                Kept::ProviderSetUp,
            ],
            Leaving::RemoveAccount => {
                vec![Kept::Conversations, Kept::Costs, Kept::ProviderSetUp]
            }
            Leaving::EraseDevice => Vec::new(),
        };
        if others && leaving != Leaving::EraseDevice {
            kept.push(Kept::OtherAccounts);
        }
        kept.push(Kept::BrowserSession);
        if has_key {
            kept.push(Kept::Key);
        }
        kept.push(Kept::ProviderRecords);
        Ok(kept)
    }

    /// Whether a remembered account had a key, which its sign-out could not end; `None` for one that is not
    /// remembered.
    async fn left_a_key(&self, id: &AccountId) -> Result<Option<bool>, Failure> {
        let known = self.signed_out_accounts().await?;
        let account = known.into_iter().find(|account| account.id == *id);
        Ok(account.map(|account| {
            let profile = self.inner.providers.profile(&account.provider_id);
            profile.is_ok_and(|profile| profile.gives_keys())
        }))
    }
}
