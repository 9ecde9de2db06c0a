//! Files that only their owner can read.

use std::{
    fs::{self, File, OpenOptions},
    io,
    path::Path,
};

use crate::{StoreError, error::IoContext};

/// Makes the directory, and takes access from everyone but its owner. Access that the owner lacks
/// is not added: a directory set read-only stays so.
pub(crate) fn private_dir(dir: &Path) -> Result<(), StoreError> {
    fs::create_dir_all(dir).during("making the data directory")?;
    restrict(dir).during("making the data directory private")
}

/// Opens a file for writing, made 0600 where it was missing and narrowed to it where it was wider.
/// SQLite gives its `-wal` and `-shm` files the same mode.
pub(crate) fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    restrict(path)?;
    Ok(file)
}

#[cfg(unix)]
fn restrict(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(path)?.permissions().mode();
    if mode & 0o077 != 0 {
        fs::set_permissions(path, fs::Permissions::from_mode(mode & 0o700))?;
    }
    Ok(())
}

/// On Windows the profile folder's access list already names its owner alone.
#[cfg(not(unix))]
fn restrict(_path: &Path) -> io::Result<()> {
    Ok(())
}

/// Makes renames in a directory survive a power loss, where the system can.
pub(crate) fn sync_dir(dir: &Path) -> Result<(), StoreError> {
    if cfg!(unix) {
        File::open(dir)
            .and_then(|handle| handle.sync_all())
            .during("writing the data directory")?;
    }
    Ok(())
}

/// Removes a file that may be gone already.
pub(crate) fn remove_if_there(path: &Path) -> Result<(), StoreError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        outcome => outcome.during("removing a file"),
    }
}

/// The path with something appended to its last part: `tuppence.db` to `tuppence.db-wal`.
pub(crate) fn with_suffix(path: &Path, suffix: &str) -> std::path::PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
