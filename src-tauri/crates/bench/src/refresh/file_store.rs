use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use native_oauth::{
    AccessToken, AccountKey, BoxFuture, RefreshToken, Scopes, StoreError, TokenSet, TokenStore,
};
use serde::{Deserialize, Serialize};

/// A file in place of the keychain, which a test machine need not have: several processes share it.
pub(super) struct FileStore(PathBuf);

#[derive(Serialize, Deserialize)]
struct Stored {
    access_token: String,
    refresh_token: Option<String>,
    expires_at: Option<SystemTime>,
}

impl FileStore {
    pub(super) fn in_folder(folder: &Path) -> Self {
        Self(folder.join("tokens.json"))
    }

    fn read(&self) -> Result<Option<TokenSet>, StoreError> {
        let bytes = match std::fs::read(&self.0) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(other(error)),
        };
        let stored: Stored = serde_json::from_slice(&bytes).map_err(|_| StoreError::Corrupt)?;
        Ok(Some(TokenSet {
            access_token: AccessToken::new(stored.access_token),
            refresh_token: stored.refresh_token.map(RefreshToken::new),
            id_token: None,
            received_at: SystemTime::now() - Duration::from_secs(1),
            expires_at: stored.expires_at,
            granted_scopes: Scopes::default(),
        }))
    }

    /// Writes beside the file and renames, so that nobody reads half of it.
    fn write(&self, tokens: &TokenSet) -> Result<(), StoreError> {
        let refresh_token = tokens.refresh_token.as_ref();
        let stored = Stored {
            access_token: tokens.access_token.expose().to_owned(),
            refresh_token: refresh_token.map(|token| token.expose().to_owned()),
            expires_at: tokens.expires_at,
        };
        let beside = self.0.with_extension(std::process::id().to_string());
        std::fs::write(&beside, serde_json::to_vec(&stored).map_err(other)?).map_err(other)?;
        std::fs::rename(&beside, &self.0).map_err(other)
    }
}

impl TokenStore for FileStore {
    fn load<'a>(
        &'a self,
        _: &'a AccountKey,
    ) -> BoxFuture<'a, Result<Option<TokenSet>, StoreError>> {
        Box::pin(async { self.read() })
    }

    fn save<'a>(
        &'a self,
        _: &'a AccountKey,
        tokens: &'a TokenSet,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async { self.write(tokens) })
    }

    fn clear<'a>(&'a self, _: &'a AccountKey) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async { std::fs::remove_file(&self.0).map_err(other) })
    }
}

fn other(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> StoreError {
    StoreError::Other(error.into())
}
