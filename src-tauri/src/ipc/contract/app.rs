//! The whole application at a glance: what the window needs for its first paint and after every change.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    AllowanceView, BalanceView, DevicePromptView, IpcError, LimitResetView, SettingsView, SignInWay,
};

/// What the window needs for its first paint, and after every change of session.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AppView {
    /// The app's version, `x.y.z`.
    pub version: String,
    /// Providers to choose from, in the order to offer them.
    pub providers: Vec<ProviderView>,
    /// Accounts signed in on this device, in the order they were added.
    pub accounts: Vec<AccountView>,
    /// Which of them pays for a new message.
    pub active_account_id: Option<String>,
    /// The attempt to sign in that is under way.
    pub pending_sign_in: Option<PendingSignInView>,
    /// Refused answers that go on by themselves once money has come, by their messages' ids.
    pub awaiting_money: Vec<String>,
    /// What the person chose in Settings.
    pub settings: SettingsView,
    /// A fault of the data directory that the person must know of.
    pub storage_notice: Option<StorageNotice>,
}

/// One provider that can be signed in to.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProviderView {
    /// `quota`, `chutes`, `sandbox`, or the name the person gave.
    pub id: String,
    /// The name to show.
    pub name: String,
    /// Play money: amounts of this provider never meet a dollar.
    pub play_money: bool,
    /// Whether "Sign in" can start at once, or set-up comes first.
    pub ready: bool,
    /// A sign-in ends in a key, and terms can be asked of it.
    pub takes_key_terms: bool,
}

/// An account on this device.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AccountView {
    /// Opaque; stable for (issuer, subject) on this device.
    pub id: String,
    /// The provider's id.
    pub provider_id: String,
    /// The provider's name to show.
    pub provider_name: String,
    /// The person's name at the provider, or a stand-in.
    pub display_name: String,
    /// Their e-mail address, where the provider says it.
    pub email: Option<String>,
    /// A picture as a `data:` URL, fetched by Rust.
    pub picture: Option<String>,
    /// Where the session stands.
    pub session: SessionView,
    /// Play money: amounts of this account never meet a dollar.
    pub play_money: bool,
    /// Scopes the provider granted.
    pub granted_scopes: Vec<String>,
    /// The wallet as last known.
    pub balance: BalanceView,
    /// What it may use beside the balance.
    pub allowances: Vec<AllowanceView>,
    /// Whether the provider has a page to sign out of in the browser too.
    pub can_end_browser_session: bool,
    /// It is signed in with a key that lasts until the person deletes it at the provider. A sign-out only
    /// forgets it here, and can open the page where it is deleted.
    pub key_outlives_sign_out: bool,
}

/// The session of one account.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum SessionView {
    /// Tokens are at hand (or in the keychain, not yet read).
    SignedIn {
        /// Where they rest.
        persistence: Persistence,
    },
    /// The provider's definite verdict: the grant is over. Nothing else leads here.
    ReauthRequired,
    /// The keychain did not hand the tokens over; trying again may help.
    KeychainUnavailable {
        /// Why, for "Details".
        detail: String,
    },
}

/// Where a session's tokens rest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Persistence {
    /// In the OS keychain: the session outlives the app.
    #[default]
    Keychain,
    /// In memory: the session ends with the app. Only ever by the person's choice.
    SessionOnly,
}

/// An attempt to sign in, waiting for the system browser.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PendingSignInView {
    /// The attempt's id.
    pub id: String,
    /// The provider's id.
    pub provider_id: String,
    /// The provider's name to show.
    pub provider_name: String,
    /// How far it is.
    pub stage: SignInStage,
    /// When it started (RFC 3339).
    pub started_at: String,
    /// When it gives up (RFC 3339).
    pub deadline_at: String,
    /// The browser could not be started: offer the link instead.
    pub browser_failed: bool,
    /// Where the person says yes.
    pub way: SignInWay,
    /// The provider offers a sign-in on another device; known once its metadata is.
    pub offers_device: bool,
    /// What to do on another device, once its code is there.
    pub device: Option<DevicePromptView>,
}

/// The stages of signing in that a person can tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SignInStage {
    /// Starting the sandbox, reading the provider's metadata, binding the listener.
    Preparing,
    /// The browser has the turn.
    WaitingForBrowser,
    /// The response came; tokens are being fetched, checked and stored.
    Finishing,
}

/// How an attempt to sign in ended. Cancelling is no error.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum SignInOutcome {
    /// Signed in.
    SignedIn {
        /// As whom.
        account_id: String,
    },
    /// The person cancelled, or a later attempt took its place.
    Cancelled,
    /// It failed; the error names the next step.
    Failed {
        /// Why.
        error: IpcError,
    },
}

/// A fault of the data directory.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StorageNotice {
    /// What is wrong.
    pub kind: StorageNoticeKind,
    /// For "Details".
    pub detail: String,
}

/// What can be wrong with the data directory while the app still runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum StorageNoticeKind {
    /// Nothing can be saved; what was there can be read.
    ReadOnly,
    /// Written by a later version of the app; open read-only.
    NewerVersion,
    /// The file was damaged; it was kept beside a fresh one.
    Damaged,
    /// The same, and a backup took its place.
    Restored,
}

/// A sign-in attempt, for commands that speak of one.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SignInStartParams {
    /// The provider's id.
    pub provider_id: String,
    /// Where the tokens shall rest.
    pub persistence: Persistence,
    /// What to ask of the key, at a provider that gives one. Others are asked nothing.
    pub terms: Option<KeyTermsParams>,
    /// Where the person is going to say yes.
    pub way: SignInWay,
}

/// What a person asks of a key. The provider's page may grant something else, which the balance tells.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KeyTermsParams {
    /// The most that it may spend, in millionths of a dollar.
    #[ts(type = "number | null")]
    pub limit_micro_usd: Option<i64>,
    /// How often that begins anew.
    pub resets: LimitResetView,
    /// In how many days it ends.
    pub ends_in_days: Option<u16>,
}
