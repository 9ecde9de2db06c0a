//! Books and token hashes at rest: one JSON file, 0600, replaced whole.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;

use super::{Account, Books};
use crate::{
    config::Dialect,
    error::SandboxError,
    grants::{Grant, Grants},
    provider::{Provider, locked},
};

/// The state file. Writes are in order, one at a time.
pub(crate) struct StateFile {
    path: PathBuf,
    writing: Mutex<()>,
}

#[derive(Serialize, Deserialize)]
struct State {
    dialect: String,
    accounts: Vec<Account>,
    /// Tokens appear in it as SHA-256 only.
    grants: Vec<Grant>,
}

impl StateFile {
    pub(crate) fn new(folder: &Path) -> Self {
        Self {
            path: folder.join("state.json"),
            writing: Mutex::new(()),
        }
    }

    /// Reads what an earlier run left; nothing if there was none.
    pub(crate) fn read(&self, dialect: Dialect) -> Result<(Books, Grants), SandboxError> {
        let text = match fs::read(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok((Books::default(), Grants::default()));
            }
            Err(source) => {
                return Err(SandboxError::File {
                    path: self.path.clone(),
                    source,
                });
            }
        };
        let state: State =
            serde_json::from_slice(&text).map_err(|source| SandboxError::Damaged {
                path: self.path.clone(),
                source,
            })?;
        match state.dialect.parse::<Dialect>() {
            Ok(found) if found != dialect => Err(SandboxError::OtherDialect {
                path: self.path.clone(),
                found,
            }),
            _ => Ok((
                Books {
                    accounts: state.accounts,
                },
                Grants::restored(state.grants),
            )),
        }
    }

    pub(crate) async fn write(&self, provider: &Provider) -> io::Result<()> {
        let _turn = self.writing.lock().await;
        // Grants first: the same order everywhere, so that two locks never wait for each other.
        let grants = locked(&provider.grants).grants().to_vec();
        let accounts = locked(&provider.books).accounts.clone();
        let state = State {
            dialect: provider.dialect().name().to_owned(),
            accounts,
            grants,
        };
        let text = serde_json::to_vec_pretty(&state)?;
        let path = self.path.clone();
        tokio::task::spawn_blocking(move || replace_privately(&path, &text)).await?
    }
}

/// Makes a folder that only its owner can enter.
pub(crate) fn private_folder(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

/// Writes a file that only its owner can read, whole or not at all.
pub(crate) fn replace_privately(path: &Path, text: &[u8]) -> io::Result<()> {
    use std::io::Write;
    let unfinished = path.with_extension("new");
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(&unfinished)?;
    file.write_all(text)?;
    file.sync_all()?;
    drop(file);
    fs::rename(&unfinished, path)
}
