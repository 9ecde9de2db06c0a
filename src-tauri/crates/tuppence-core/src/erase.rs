//! Erasing everything that is kept on this device: for a computer that somebody else uses next.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::Path;

use native_oauth::SecretItems as _;

use crate::Tuppence;
use crate::failure::{Failure, FailureKind};
use crate::providers::secret_item;

/// What was signed out of before the files go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Erased {
    /// How many accounts were signed out.
    pub accounts: usize,
    /// How many sign-outs a provider has not heard of: tokens that end only when they expire.
    pub unheard: usize,
}

impl Tuppence {
    /// The first half of erasing: signs every account out, tries to revoke what is queued, and removes
    /// every keychain item of this data directory. Close the core then, drop it, and call
    /// [`erase_files`].
    ///
    /// # Errors
    /// [`FailureKind::RequestRejected`] while another program has the data directory open; those of the
    /// keychain. What was not erased is still there to try again.
    pub async fn erase_secrets(&self) -> Result<Erased, Failure> {
        let path = self.inner.data.path().to_owned();
        let open = tokio::task::spawn_blocking(move || open_stores(&path)).await;
        let open = open.map_err(Failure::internal)?.map_err(|error| {
            let what = format!("the data directory cannot be read: {}", error.kind());
            Failure::lasting(FailureKind::StorageUnavailable, what)
        })?;
        if open > 1 {
            return Err(Failure::lasting(
                FailureKind::RequestRejected,
                "another Tuppence has this data directory open; quit it first",
            ));
        }
        let accounts = self.accounts();
        for account in &accounts {
            self.sign_out(&account.record.id, false).await?;
        }
        let set_up: Vec<String> = self
            .inner
            .providers
            .setups()
            .iter()
            .filter(|(_, setup)| setup.has_secret)
            .map(|(id, _)| id.clone())
            .collect();
        for id in set_up {
            self.inner.keychain.delete_secret(&secret_item(&id)).await?;
        }
        Ok(Erased {
            accounts: accounts.len(),
            unheard: self.forget_revocations().await?,
        })
    }
}

/// How many programs have the directory's database open, this one included.
fn open_stores(dir: &Path) -> io::Result<usize> {
    let mut open = 0;
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_presence = name.starts_with("open-") && name.ends_with(".lock");
        // One that ends at this moment takes its file with it.
        if is_presence
            && let Ok(file) = File::open(entry.path())
            && matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock))
        {
            open += 1;
        }
    }
    Ok(open)
}

/// The second half of erasing: removes what Tuppence keeps in a data directory, and the directory if
/// nothing else is in it. Whatever else a person keeps there stays.
///
/// # Errors
/// The first file that could not be removed.
pub fn erase_files(dir: &Path) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        if !is_ours(&entry.file_name().to_string_lossy()) {
            continue;
        }
        let removed = match entry.file_type()?.is_dir() {
            true => fs::remove_dir_all(entry.path()),
            false => fs::remove_file(entry.path()),
        };
        match removed {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    // Not empty: it is not ours alone.
    let _ = fs::remove_dir(dir);
    Ok(())
}

fn is_ours(name: &str) -> bool {
    const NAMES: [&str; 9] = [
        "attachments",
        "backups",
        "examine-at-next-start",
        "exports",
        "locks",
        "opening.lock",
        "restore-at-next-start",
        "sandbox",
        "webview",
    ];
    NAMES.contains(&name)
        || name == "tuppence.db"
        || name.starts_with("tuppence.db-")
        || name.starts_with("tuppence.db.")
        || name == "install-id"
        || name.starts_with("install-id.")
        || (name.starts_with("open-") && name.ends_with(".lock"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn only_what_is_ours_goes() {
        let home = tempfile::tempdir().unwrap();
        let dir = home.path().join("data");
        fs::create_dir_all(dir.join("backups")).unwrap();
        fs::create_dir_all(dir.join("attachments")).unwrap();
        fs::create_dir_all(dir.join("exports")).unwrap();
        fs::create_dir_all(dir.join("photos")).unwrap();
        for name in [
            "tuppence.db",
            "tuppence.db-wal",
            "install-id",
            "restore-at-next-start",
            "attachments/one",
            "attachments/two.partial",
            "backups/one",
            "exports/tuppence-ledger-2026-01-01.csv",
            "photos/cat",
        ] {
            fs::write(dir.join(name), "x").unwrap();
        }
        erase_files(&dir).unwrap();
        let left: Vec<_> = fs::read_dir(&dir)
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        assert_eq!(left, ["photos"]);
        fs::remove_dir_all(dir.join("photos")).unwrap();
        fs::write(dir.join("tuppence.db"), "x").unwrap();
        erase_files(&dir).unwrap();
        assert!(!dir.exists(), "an empty directory goes too");
    }
}
