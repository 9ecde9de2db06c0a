//! The data directory: one security domain, readable by its owner only.

use std::io;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::Rng as _;

/// Where everything of one installation lives.
///
/// Its random install id is part of the keychain's item names, of the locks and of the
/// single-instance name, so that two directories never share a rotating token or a limit.
#[derive(Clone, Debug)]
pub struct DataDirectory {
    path: PathBuf,
    install_id: String,
}

impl DataDirectory {
    /// Opens `path`, making it (mode 0700) and its install id where they are missing.
    ///
    /// # Errors
    /// When it can be neither made nor read. A directory that can only be read is accepted, as long
    /// as it holds an install id.
    pub fn open(path: impl Into<PathBuf>) -> io::Result<Self> {
        let path = path.into();
        create_private_dir(&path)?;
        let id_file = path.join("install-id");
        let install_id = match std::fs::read_to_string(&id_file) {
            Ok(id) if is_install_id(id.trim()) => id.trim().to_owned(),
            Ok(_) => {
                return Err(io::Error::new(
                    io::ErrorKind::InvalidData,
                    "the file install-id is damaged; restore it, or remove it to start as a new installation",
                ));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                new_install_id(&path, &id_file)?
            }
            Err(error) => return Err(error),
        };
        Ok(Self { path, install_id })
    }

    /// `--data-dir` or `TUPPENCE_DATA_DIR` if given, else the platform's data folder / `tuppence`.
    ///
    /// # Errors
    /// When the platform names no data folder (no `HOME`).
    pub fn default_path(given: Option<PathBuf>) -> io::Result<PathBuf> {
        if let Some(path) = given.or_else(|| std::env::var_os("TUPPENCE_DATA_DIR").map(Into::into))
        {
            return Ok(path);
        }
        dirs::data_dir()
            .map(|folder| folder.join("tuppence"))
            .ok_or_else(|| {
                io::Error::new(
                    io::ErrorKind::NotFound,
                    "no data folder: set HOME or TUPPENCE_DATA_DIR",
                )
            })
    }

    /// The directory.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Random, per directory, for the life of the directory. Not a secret.
    pub fn install_id(&self) -> &str {
        &self.install_id
    }
}

fn is_install_id(text: &str) -> bool {
    text.len() == 22
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

/// Writes a fresh id so that two processes that start at once agree on one: the file appears whole,
/// and whoever comes second reads the first one's.
fn new_install_id(dir: &Path, id_file: &Path) -> io::Result<String> {
    let mut bytes = [0_u8; 16];
    rand::rng().fill_bytes(&mut bytes);
    let id = URL_SAFE_NO_PAD.encode(bytes);
    let temporary = dir.join(format!("install-id.{}", std::process::id()));
    write_private_file(&temporary, id.as_bytes())?;
    let linked = std::fs::hard_link(&temporary, id_file);
    std::fs::remove_file(&temporary)?;
    match linked {
        Ok(()) => Ok(id),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            std::fs::read_to_string(id_file).map(|id| id.trim().to_owned())
        }
        Err(error) => Err(error),
    }
}

#[cfg(unix)]
fn create_private_dir(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)?;
    let metadata = std::fs::metadata(path)?;
    if metadata.permissions().mode() & 0o077 != 0 {
        // A directory on a read-only medium stays as it is; the store says so.
        let _ = std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o700));
    }
    Ok(())
}

#[cfg(not(unix))]
fn create_private_dir(path: &Path) -> io::Result<()> {
    std::fs::create_dir_all(path)
}

/// Waits for, and holds, a lock that other processes of this data directory respect; released when
/// the file is dropped.
pub(crate) fn exclusive(path: &Path) -> io::Result<std::fs::File> {
    if let Some(dir) = path.parent() {
        create_private_dir(dir)?;
    }
    let file = private_options().truncate(false).open(path)?;
    file.lock()?;
    Ok(file)
}

fn write_private_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    use std::io::Write as _;
    let mut file = private_options().truncate(true).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// For writing, made with mode 0600 where it is missing.
pub(crate) fn private_options() -> std::fs::OpenOptions {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_install_id_outlives_the_process_and_differs_per_directory() {
        let (a, b) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let first = DataDirectory::open(a.path().join("data")).unwrap();
        let again = DataDirectory::open(a.path().join("data")).unwrap();
        let other = DataDirectory::open(b.path().join("data")).unwrap();
        assert_eq!(first.install_id(), again.install_id());
        assert_ne!(first.install_id(), other.install_id());
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_can_enter() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("data");
        std::fs::create_dir(&path).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        DataDirectory::open(&path).unwrap();
        assert_eq!(
            std::fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o700
        );
        assert_eq!(
            std::fs::metadata(path.join("install-id"))
                .unwrap()
                .permissions()
                .mode()
                & 0o777,
            0o600
        );
    }

    #[test]
    fn a_damaged_install_id_is_an_error_that_says_what_to_do() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("install-id"), "nonsense").unwrap();
        let error = DataDirectory::open(dir.path()).unwrap_err();
        assert!(error.to_string().contains("install-id"));
    }
}
