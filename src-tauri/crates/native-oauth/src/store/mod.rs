//! Where tokens rest.

#[cfg(feature = "keyring")]
mod keyring;
mod memory;

use futures_util::future::BoxFuture;

use crate::secret::SecretText;
use crate::token::TokenSet;

#[cfg(feature = "keyring")]
pub use self::keyring::KeyringStore;
pub use self::memory::MemoryStore;

/// Names one account in a store: opaque here.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AccountKey(String);

impl AccountKey {
    /// Any text that names one account and no other.
    pub fn new(key: impl Into<String>) -> Self {
        Self(key.into())
    }

    /// The key.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Keeps one token set per account.
pub trait TokenStore: Send + Sync {
    /// The tokens of an account, if there are any.
    fn load<'a>(
        &'a self,
        key: &'a AccountKey,
    ) -> BoxFuture<'a, Result<Option<TokenSet>, StoreError>>;
    /// Replaces the tokens of an account. When it returns, they are safe.
    fn save<'a>(
        &'a self,
        key: &'a AccountKey,
        tokens: &'a TokenSet,
    ) -> BoxFuture<'a, Result<(), StoreError>>;
    /// Forgets the tokens of an account; none being there is no error.
    fn clear<'a>(&'a self, key: &'a AccountKey) -> BoxFuture<'a, Result<(), StoreError>>;
}

/// Keeps named secrets that are not tokens of an account, such as client secrets.
pub trait SecretItems: Send + Sync {
    /// The secret of that name, if there is one.
    fn get_secret<'a>(
        &'a self,
        name: &'a str,
    ) -> BoxFuture<'a, Result<Option<SecretText>, StoreError>>;
    /// Replaces the secret of that name.
    fn set_secret<'a>(
        &'a self,
        name: &'a str,
        secret: &'a SecretText,
    ) -> BoxFuture<'a, Result<(), StoreError>>;
    /// Forgets the secret of that name; none being there is no error.
    fn delete_secret<'a>(&'a self, name: &'a str) -> BoxFuture<'a, Result<(), StoreError>>;
}

/// Why a store did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no keychain, or it is not running.
    #[error("the keychain is not available")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The keychain is locked: it did not answer in time, or its prompt was dismissed.
    #[error("the keychain is locked")]
    Locked,
    /// What is stored cannot be read back. Signing in again replaces it.
    #[error("what the keychain holds for this account cannot be read")]
    Corrupt,
    /// Anything else.
    #[error("the keychain failed")]
    Other(#[source] Box<dyn std::error::Error + Send + Sync>),
}
