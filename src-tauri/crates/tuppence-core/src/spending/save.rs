//! The ledger into the person's downloads.

use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use time::OffsetDateTime;

use super::LedgerFormat;
use crate::Tuppence;
use crate::account::AccountId;
use crate::data_dir::private_options;
use crate::failure::{Failure, FailureKind};

/// Files of one day, after which something else is wrong.
const MOST_FILES: u32 = 1_000;

impl Tuppence {
    /// Writes the ledger to the person's downloads, readable by them alone; says where. Nothing that is
    /// there is overwritten. Without such a folder it is the data directory's `exports`.
    ///
    /// # Errors
    /// [`FailureKind::StorageUnavailable`], those of the store.
    pub async fn save_ledger(
        &self,
        format: LedgerFormat,
        account: Option<&AccountId>,
    ) -> Result<PathBuf, Failure> {
        let text = self.export_ledger(format, account).await?;
        let folder = dirs::download_dir()
            .filter(|folder| folder.is_dir())
            .unwrap_or_else(|| self.inner.data.path().join("exports"));
        let saved = tokio::task::spawn_blocking(move || save(&folder, format, &text));
        saved.await.map_err(Failure::internal)?.map_err(|error| {
            let detail = format!("the ledger cannot be written: {error}");
            Failure::retryable(FailureKind::StorageUnavailable, detail)
        })
    }
}

fn save(folder: &Path, format: LedgerFormat, text: &str) -> io::Result<PathBuf> {
    std::fs::create_dir_all(folder)?;
    let extension = match format {
        LedgerFormat::Csv => "csv",
        LedgerFormat::Json => "json",
    };
    let day = OffsetDateTime::now_utc().date();
    for number in 1..MOST_FILES {
        let suffix = if number == 1 {
            String::new()
        } else {
            format!("-{number}")
        };
        let path = folder.join(format!("tuppence-ledger-{day}{suffix}.{extension}"));
        match private_options().create_new(true).open(&path) {
            Ok(mut file) => {
                file.write_all(text.as_bytes())?;
                file.sync_all()?;
                return Ok(path);
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// Checklist 142.
    #[test]
    fn a_second_file_of_the_day_has_another_name_and_both_are_the_owners() {
        let dir = tempfile::tempdir().unwrap();
        let first = save(dir.path(), LedgerFormat::Csv, "a").unwrap();
        let second = save(dir.path(), LedgerFormat::Csv, "b").unwrap();
        assert_eq!(std::fs::read_to_string(&first).unwrap(), "a");
        assert_eq!(std::fs::read_to_string(&second).unwrap(), "b");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = std::fs::metadata(&second).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }
}
