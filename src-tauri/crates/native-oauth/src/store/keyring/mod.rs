//! Tokens in the platform's keychain.

mod format;
mod items;
mod platform;
mod worker;

use std::time::Duration;

use futures_util::future::BoxFuture;

use self::items::Items;
use super::{AccountKey, SecretItems, StoreError, TokenStore};
use crate::secret::SecretText;
use crate::token::TokenSet;

/// The platform's keychain: Secret Service on Linux, Keychain on macOS, Credential Manager on Windows.
///
/// An account has one item per token, so that each stays within the smallest limit of the three (2,560
/// bytes, on Windows; a longer one is split). The refresh token is written first: if the process ends
/// half way, what can be renewed is safe.
///
/// Every call runs on a thread of its own and is limited in time, because a locked keychain answers
/// only when somebody has dealt with its prompt. A Secret Service that starts late, or again, is found
/// again.
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

    /// Another limit on one call than 10 seconds.
    #[must_use]
    pub fn with_time_limit(self, time_limit: Duration) -> Self {
        Self { time_limit, ..self }
    }

    /// Finds out whether the keychain can be written, read and cleared, before a browser is opened for
    /// nothing.
    ///
    /// # Errors
    /// Those of any other call.
    pub async fn probe(&self) -> Result<(), StoreError> {
        let name = self.secret_name("probe");
        self.run(move |items| {
            items.write(&name, b"probe")?;
            let read = items.read(&name)?;
            items.delete(&name)?;
            match read {
                Some(bytes) if bytes.as_slice() == b"probe" => Ok(()),
                _ => Err(StoreError::Corrupt),
            }
        })
        .await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Items) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let items = Items::new(&self.service);
        worker::run(self.time_limit, move || work(&items)).await
    }

    fn token_name(&self, key: &AccountKey, token: &str) -> String {
        format!("{}/account/{}/{token}", self.namespace, key.as_str())
    }

    fn secret_name(&self, name: &str) -> String {
        format!("{}/secret/{name}", self.namespace)
    }

    fn token_names(&self, key: &AccountKey) -> [String; 3] {
        ["refresh", "access", "id"].map(|token| self.token_name(key, token))
    }
}

impl TokenStore for KeyringStore {
    fn load<'a>(
        &'a self,
        key: &'a AccountKey,
    ) -> BoxFuture<'a, Result<Option<TokenSet>, StoreError>> {
        let [refresh, access, id] = self.token_names(key);
        Box::pin(self.run(move |items| {
            let refresh = items.read(&refresh)?;
            let access = items.read(&access)?;
            if refresh.is_none() && access.is_none() {
                return Ok(None);
            }
            format::decode(refresh, access, items.read(&id)?).map(Some)
        }))
    }

    fn save<'a>(
        &'a self,
        key: &'a AccountKey,
        tokens: &'a TokenSet,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        let [refresh, access, id] = self.token_names(key);
        let encoded = format::encode(tokens);
        Box::pin(self.run(move |items| {
            items.write_or_delete(&refresh, encoded.refresh.as_ref())?;
            items.write(&access, &encoded.access)?;
            items.write_or_delete(&id, encoded.id.as_ref())
        }))
    }

    fn clear<'a>(&'a self, key: &'a AccountKey) -> BoxFuture<'a, Result<(), StoreError>> {
        let names = self.token_names(key);
        Box::pin(self.run(move |items| {
            // Each is tried, so that one that fails does not keep the others.
            let results = names.map(|name| items.delete(&name));
            results.into_iter().collect()
        }))
    }
}

impl SecretItems for KeyringStore {
    fn get_secret<'a>(
        &'a self,
        name: &'a str,
    ) -> BoxFuture<'a, Result<Option<SecretText>, StoreError>> {
        let name = self.secret_name(name);
        Box::pin(self.run(move |items| items.read(&name)?.map(format::text).transpose()))
    }

    fn set_secret<'a>(
        &'a self,
        name: &'a str,
        secret: &'a SecretText,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        let name = self.secret_name(name);
        let secret = secret.clone();
        Box::pin(self.run(move |items| items.write(&name, secret.expose().as_bytes())))
    }

    fn delete_secret<'a>(&'a self, name: &'a str) -> BoxFuture<'a, Result<(), StoreError>> {
        let name = self.secret_name(name);
        Box::pin(self.run(move |items| items.delete(&name)))
    }
}
