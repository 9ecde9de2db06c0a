use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::future::{BoxFuture, ready};

use super::{AccountKey, SecretItems, StoreError, TokenStore};
use crate::secret::SecretText;
use crate::token::TokenSet;

/// Keeps tokens for as long as the process lives: "this session only", and tests.
#[derive(Clone, Debug, Default)]
pub struct MemoryStore {
    contents: Arc<Mutex<Contents>>,
}

#[derive(Debug, Default)]
struct Contents {
    tokens: HashMap<AccountKey, TokenSet>,
    secrets: HashMap<String, SecretText>,
}

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    fn contents(&self) -> MutexGuard<'_, Contents> {
        self.contents.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl TokenStore for MemoryStore {
    fn load<'a>(
        &'a self,
        key: &'a AccountKey,
    ) -> BoxFuture<'a, Result<Option<TokenSet>, StoreError>> {
        Box::pin(ready(Ok(self.contents().tokens.get(key).cloned())))
    }

    fn save<'a>(
        &'a self,
        key: &'a AccountKey,
        tokens: &'a TokenSet,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        self.contents().tokens.insert(key.clone(), tokens.clone());
        Box::pin(ready(Ok(())))
    }

    fn clear<'a>(&'a self, key: &'a AccountKey) -> BoxFuture<'a, Result<(), StoreError>> {
        self.contents().tokens.remove(key);
        Box::pin(ready(Ok(())))
    }
}

impl SecretItems for MemoryStore {
    fn get_secret<'a>(
        &'a self,
        name: &'a str,
    ) -> BoxFuture<'a, Result<Option<SecretText>, StoreError>> {
        Box::pin(ready(Ok(self.contents().secrets.get(name).cloned())))
    }

    fn set_secret<'a>(
        &'a self,
        name: &'a str,
        secret: &'a SecretText,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        self.contents()
            .secrets
            .insert(name.to_owned(), secret.clone());
        Box::pin(ready(Ok(())))
    }

    fn delete_secret<'a>(&'a self, name: &'a str) -> BoxFuture<'a, Result<(), StoreError>> {
        self.contents().secrets.remove(name);
        Box::pin(ready(Ok(())))
    }
}
