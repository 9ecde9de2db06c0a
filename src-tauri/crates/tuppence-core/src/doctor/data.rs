//! The data directory: there, writable, and its owner's alone.

use std::io;
use std::path::{Path, PathBuf};

use super::{Area, Finding};

/// More entries than an installation has; what is beyond is not looked at.
const MOST: usize = 10_000;

pub(super) async fn directory(path: PathBuf) -> Finding {
    let shown = path.display().to_string();
    let looked = tokio::task::spawn_blocking(move || open_to_others(&path)).await;
    match looked {
        Ok(Ok(open)) if open.is_empty() => {
            Finding::ok(Area::DataDirectory, shown, "readable by its owner only")
        }
        Ok(Ok(open)) => {
            let what = format!("open to other people of this machine: {}", open.join(", "));
            Finding::problem(Area::DataDirectory, shown, what)
        }
        Ok(Err(error)) => {
            let what = format!("cannot be read: {}", error.kind());
            Finding::problem(Area::DataDirectory, shown, what)
        }
        Err(_) => Finding::problem(Area::DataDirectory, shown, "could not be looked at"),
    }
}

/// Names, below the directory, of what others may read or write.
fn open_to_others(root: &Path) -> io::Result<Vec<String>> {
    let mut open = Vec::new();
    let mut left = vec![root.to_owned()];
    let mut seen = 0;
    while let Some(path) = left.pop() {
        let metadata = match std::fs::symlink_metadata(&path) {
            Ok(metadata) => metadata,
            // Journals and locks come and go while a program runs.
            Err(error) if error.kind() == io::ErrorKind::NotFound && path != root => continue,
            Err(error) => return Err(error),
        };
        if is_open(&metadata) {
            let name = path.strip_prefix(root).unwrap_or(&path);
            open.push(match name.as_os_str().is_empty() {
                true => "the directory itself".to_owned(),
                false => name.display().to_string(),
            });
        }
        seen += 1;
        if metadata.is_dir() && seen < MOST {
            for entry in std::fs::read_dir(&path)? {
                left.push(entry?.path());
            }
        }
    }
    open.sort();
    Ok(open)
}

#[cfg(unix)]
fn is_open(metadata: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    !metadata.is_symlink() && metadata.permissions().mode() & 0o077 != 0
}

/// The user's own folders are kept from others by the system's access lists.
#[cfg(not(unix))]
fn is_open(_metadata: &std::fs::Metadata) -> bool {
    false
}

#[cfg(all(test, unix))]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    /// Checklist 142.
    #[test]
    fn what_others_can_read_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let mode = |path: &Path, mode| {
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
        };
        mode(dir.path(), 0o700);
        let file = dir.path().join("tuppence.db");
        std::fs::write(&file, "").unwrap();
        mode(&file, 0o600);
        assert!(open_to_others(dir.path()).unwrap().is_empty());
        mode(&file, 0o640);
        assert_eq!(open_to_others(dir.path()).unwrap(), ["tuppence.db"]);
        mode(dir.path(), 0o711);
        assert_eq!(open_to_others(dir.path()).unwrap().len(), 2);
    }
}
