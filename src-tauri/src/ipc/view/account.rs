//! Accounts and their balance.

use tuppence_core as core;

use super::rfc3339;
use crate::ipc::contract::*;

pub(in crate::ipc) fn account(account: core::Account) -> AccountView {
    let record = account.record;
    AccountView {
        id: record.id.to_string(),
        provider_id: record.provider_id,
        provider_name: record.provider_name,
        display_name: record.display_name,
        email: record.email,
        picture: account.picture,
        session: match account.session {
            core::SessionStatus::SignedIn(persistence) => SessionView::SignedIn {
                persistence: persistence.into(),
            },
            core::SessionStatus::ReauthRequired => SessionView::ReauthRequired,
            core::SessionStatus::KeychainUnavailable(detail) => {
                SessionView::KeychainUnavailable { detail }
            }
        },
        play_money: record.play_money,
        granted_scopes: record
            .granted_scopes
            .split_whitespace()
            .map(str::to_owned)
            .collect(),
        balance: balance(account.balance, account.balance_is_stale),
        allowances: account
            .allowances
            .into_iter()
            .map(super::allowance)
            .collect(),
        can_end_browser_session: account.can_end_browser_session,
        key_outlives_sign_out: account.key_outlives_sign_out,
    }
}

pub(in crate::ipc) fn balance(balance: core::Balance, stale: bool) -> BalanceView {
    match balance {
        core::Balance::Known { amount, as_of } => BalanceView::Known {
            amount: amount.into(),
            as_of: rfc3339(as_of),
            stale,
        },
        core::Balance::KeyCap(cap) => BalanceView::KeyCap {
            spent: cap.spent.into(),
            limit: cap.limit.map(|limit| KeyLimitView {
                amount: limit.amount.into(),
                used: limit.used.into(),
                resets: resets(limit.resets),
            }),
            ends_at: cap.ends_at.map(rfc3339),
            as_of: rfc3339(cap.as_of),
            stale,
        },
        core::Balance::NotLinked => BalanceView::NotLinked,
        core::Balance::NotReadable => BalanceView::NotReadable,
        core::Balance::Unlimited => BalanceView::Unlimited,
        core::Balance::Unknown => BalanceView::Unknown,
    }
}

pub(in crate::ipc) fn resets(reset: core::LimitReset) -> LimitResetView {
    match reset {
        core::LimitReset::Never => LimitResetView::Never,
        core::LimitReset::Daily => LimitResetView::Daily,
        core::LimitReset::Weekly => LimitResetView::Weekly,
        core::LimitReset::Monthly => LimitResetView::Monthly,
        core::LimitReset::Otherwise => LimitResetView::Otherwise,
    }
}

impl From<Persistence> for core::Persistence {
    fn from(persistence: Persistence) -> Self {
        match persistence {
            Persistence::Keychain => Self::Keychain,
            Persistence::SessionOnly => Self::SessionOnly,
        }
    }
}

impl From<core::Persistence> for Persistence {
    fn from(persistence: core::Persistence) -> Self {
        match persistence {
            core::Persistence::Keychain => Self::Keychain,
            core::Persistence::SessionOnly => Self::SessionOnly,
        }
    }
}
