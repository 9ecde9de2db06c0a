//! Ways to leave.

use tuppence_core as core;

use crate::ipc::contract::*;

impl From<LeavingParams> for core::Leaving {
    fn from(leaving: LeavingParams) -> Self {
        match leaving {
            LeavingParams::SignOut => Self::SignOut,
            LeavingParams::RemoveAccount => Self::RemoveAccount,
            LeavingParams::EraseDevice => Self::EraseDevice,
        }
    }
}

impl From<core::Kept> for KeptView {
    fn from(kept: core::Kept) -> Self {
        match kept {
            core::Kept::Conversations => Self::Conversations,
            core::Kept::Costs => Self::Costs,
            core::Kept::AccountName => Self::AccountName,
            core::Kept::ProviderSetUp => Self::ProviderSetUp,
            core::Kept::OtherAccounts => Self::OtherAccounts,
            core::Kept::BrowserSession => Self::BrowserSession,
            core::Kept::Key => Self::Key,
            core::Kept::ProviderRecords => Self::ProviderRecords,
        }
    }
}

impl From<core::SignedOutAccount> for SignedOutAccountView {
    fn from(account: core::SignedOutAccount) -> Self {
        Self {
            id: account.id.to_string(),
            provider_id: account.provider_id,
            provider_name: account.provider_name,
            display_name: account.display_name,
        }
    }
}
