use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;
use std::time::Duration;

use tokio::time::{Instant, sleep};

/// How often a lock that another process holds is tried.
const POLL_INTERVAL: Duration = Duration::from_millis(25);

/// The lock of an account across processes. The system gives it up when the process ends, however it
/// ends.
pub(super) struct AccountLock(File);

impl AccountLock {
    /// Waits for the lock until `limit` has passed.
    pub(super) async fn acquire(path: &Path, limit: Duration) -> io::Result<Self> {
        let file = open(path)?;
        let deadline = Instant::now() + limit;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self(file)),
                Err(TryLockError::Error(error)) => return Err(error),
                Err(TryLockError::WouldBlock) if Instant::now() >= deadline => {
                    return Err(io::ErrorKind::TimedOut.into());
                }
                Err(TryLockError::WouldBlock) => sleep(POLL_INTERVAL).await,
            }
        }
    }
}

impl Drop for AccountLock {
    fn drop(&mut self) {
        let _ = self.0.unlock();
    }
}

/// Opens the lock file, which is empty, stays, and is nobody else's business.
fn open(path: &Path) -> io::Result<File> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;

    #[tokio::test]
    async fn the_lock_is_waited_for_but_not_for_ever() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("locks").join("account");
        let held = AccountLock::acquire(&path, Duration::ZERO).await.unwrap();
        let refused = AccountLock::acquire(&path, Duration::from_millis(60)).await;
        assert_eq!(
            refused.err().map(|error| error.kind()),
            Some(io::ErrorKind::TimedOut)
        );
        let waiting = tokio::spawn(async move {
            AccountLock::acquire(&path, Duration::from_secs(5))
                .await
                .is_ok()
        });
        tokio::time::sleep(Duration::from_millis(50)).await;
        drop(held);
        assert!(waiting.await.unwrap());
    }

    /// Checklist 125.
    #[cfg(unix)]
    #[tokio::test]
    async fn the_lock_file_is_nobody_elses() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("account");
        drop(AccountLock::acquire(&path, Duration::ZERO).await.unwrap());
        assert_eq!(
            std::fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
}
