//! Three ways to leave, and what each leaves behind.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A way to leave.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum LeavingParams {
    /// The tokens go.
    SignOut,
    /// The tokens go, and what this device knows of the person.
    RemoveAccount,
    /// Everything goes that is on this device.
    EraseDevice,
}

/// What is still there afterwards.
#[derive(Clone, Copy, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum KeptView {
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

/// An account that was signed out here and is still known by name. Nothing of its sign-in is left.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SignedOutAccountView {
    /// Opaque; signing in again as the same person has the same.
    pub id: String,
    /// The provider's id, which may have been removed since.
    pub provider_id: String,
    /// The provider's name to show.
    pub provider_name: String,
    /// The name to show.
    pub display_name: String,
}
