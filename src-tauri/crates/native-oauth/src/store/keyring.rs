use std::time::Duration;

use futures_util::future::BoxFuture;

use super::{AccountKey, SecretItems, StoreError, TokenStore};
use crate::secret::SecretText;
use crate::token::TokenSet;

/// The platform's keychain: Secret Service, Keychain, Credential Manager.
#[derive(Clone, Debug)]
pub struct KeyringStore {
    service: String,
    namespace: String,
    time_limit: Duration,
}

impl KeyringStore {
    /// Items of `service`, their account names beginning with `namespace`, so that two installations
    /// never share a token.
    pub fn new(service: &str, namespace: &str) -> Self {
        Self {
            service: service.to_owned(),
            namespace: namespace.to_owned(),
            time_limit: Duration::from_secs(10),
        }
    }

    /// Another limit on one call than 10 seconds. A locked keychain prompts for as long as it likes.
    #[must_use]
    pub fn with_time_limit(self, time_limit: Duration) -> Self {
        Self { time_limit, ..self }
    }

    /// Finds out whether the keychain can be used, before a browser is opened for nothing.
    ///
    /// # Errors
    /// Those of any other call.
    pub async fn probe(&self) -> Result<(), StoreError> {
        let _ = (&self.service, &self.namespace, self.time_limit);
        unimplemented!()
    }
}

impl TokenStore for KeyringStore {
    fn load<'a>(
        &'a self,
        _key: &'a AccountKey,
    ) -> BoxFuture<'a, Result<Option<TokenSet>, StoreError>> {
        unimplemented!()
    }
    fn save<'a>(
        &'a self,
        _key: &'a AccountKey,
        _tokens: &'a TokenSet,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        unimplemented!()
    }
    fn clear<'a>(&'a self, _key: &'a AccountKey) -> BoxFuture<'a, Result<(), StoreError>> {
        unimplemented!()
    }
}

impl SecretItems for KeyringStore {
    fn get_secret<'a>(
        &'a self,
        _name: &'a str,
    ) -> BoxFuture<'a, Result<Option<SecretText>, StoreError>> {
        unimplemented!()
    }
    fn set_secret<'a>(
        &'a self,
        _name: &'a str,
        _secret: &'a SecretText,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        unimplemented!()
    }
    fn delete_secret<'a>(&'a self, _name: &'a str) -> BoxFuture<'a, Result<(), StoreError>> {
        unimplemented!()
    }
}
