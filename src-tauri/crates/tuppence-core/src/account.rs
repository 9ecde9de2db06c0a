//! Accounts: one person at one provider, with a wallet.

use std::fmt;
use std::time::SystemTime;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use native_oauth::Scopes;
use sha2::{Digest as _, Sha256};
use wallet_api::{Allowance, Balance, ProviderProfile};

/// An opaque key, stable for (issuer, subject) on this device; says neither of them.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct AccountId(String);

impl AccountId {
    /// The key of `subject` at `issuer`. Both are hashed: a database, a log or a keychain listing
    /// that shows the key does not show who it belongs to.
    pub fn of(issuer: &str, subject: &str) -> Self {
        let mut hash = Sha256::new();
        for part in [issuer, subject] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        Self(URL_SAFE_NO_PAD.encode(&hash.finalize()[..16]))
    }

    /// The key as text, for the store and the wire.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for AccountId {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AccountId({})", self.0)
    }
}

/// Where a session's tokens rest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Persistence {
    /// In the OS keychain.
    #[default]
    Keychain,
    /// In memory, by the person's choice: the session ends with the app.
    SessionOnly,
}

/// What is remembered of an account between runs: nothing secret.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct AccountRecord {
    /// Its key.
    pub id: AccountId,
    /// The provider it signed in to.
    pub provider_id: String,
    /// That provider's name to show.
    pub provider_name: String,
    /// The provider's identifier of the person.
    pub subject: String,
    /// The name to show.
    pub display_name: String,
    /// E-mail, where the provider says it.
    pub email: Option<String>,
    /// Picture at the provider, fetched on request only.
    pub picture_url: Option<url::Url>,
    /// Scopes that the provider granted, space separated.
    pub granted_scopes: String,
    /// Amounts of this account are play money.
    pub play_money: bool,
    /// The last balance that was read, with its time.
    pub last_balance: Option<LastBalance>,
    /// The grant is over by the provider's verdict.
    pub reauth_required: bool,
    /// Features that are off because their scope was asked for and not granted.
    #[serde(default)]
    pub lacking: Vec<Lacking>,
}

/// A feature that is off for want of a scope. [`Tuppence::consent_for`](crate::Tuppence::consent_for) asks
/// for it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Lacking {
    /// What is off.
    pub feature: Feature,
    /// The scope that it takes.
    pub scope: String,
}

/// What a scope may stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Feature {
    /// Answers.
    Answers,
    /// Reading the balance.
    Balance,
}

impl Lacking {
    /// What is off where `granted` is all that was given of what the profile asks for. A scope that was
    /// never asked for is no want: the provider may go without it.
    pub(crate) fn of(profile: &ProviderProfile, granted: &Scopes) -> Vec<Self> {
        let scopes = &profile.feature_scopes;
        [
            (Feature::Answers, &scopes.answers),
            (Feature::Balance, &scopes.balance),
        ]
        .into_iter()
        .filter_map(|(feature, scope)| {
            let scope = scope.clone()?;
            (profile.scopes.contains(&scope) && !granted.contains(&scope))
                .then_some(Self { feature, scope })
        })
        .collect()
    }
}

/// A balance as remembered between runs.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct LastBalance {
    /// How much.
    pub amount: money::Amount,
    /// When it was read.
    pub as_of: SystemTime,
}

/// The session of an account, as far as a person can tell.
#[derive(Clone, Debug, PartialEq)]
pub enum SessionStatus {
    /// Tokens are at hand, or in the keychain and not read yet.
    SignedIn(Persistence),
    /// The provider's verdict on the grant: sign in again.
    ReauthRequired,
    /// The keychain did not hand the tokens over; the detail says why.
    KeychainUnavailable(String),
}

/// An account with its present state.
#[derive(Clone, Debug)]
pub struct Account {
    /// What is remembered.
    pub record: AccountRecord,
    /// Its session.
    pub session: SessionStatus,
    /// Its wallet.
    pub balance: Balance,
    /// What it may use beside the balance, as last read.
    pub allowances: Vec<Allowance>,
    /// The last attempt to read the balance failed: what is shown is the last known one.
    pub balance_is_stale: bool,
    /// The person's picture as a `data:` URL.
    pub picture: Option<String>,
    /// The provider has a page to sign out of in the browser too.
    pub can_end_browser_session: bool,
    /// It is signed in with a key that lasts until the person deletes it at the provider: a sign-out
    /// only forgets it here.
    pub key_outlives_sign_out: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_depends_on_issuer_and_subject_and_shows_neither() {
        let key = AccountId::of("https://issuer.example", "penny");
        assert_eq!(key, AccountId::of("https://issuer.example", "penny"));
        assert_ne!(key, AccountId::of("https://issuer.example", "other"));
        assert_ne!(key, AccountId::of("https://issuer.examplep", "enny"));
        assert!(!key.as_str().contains("penny"));
    }
}
