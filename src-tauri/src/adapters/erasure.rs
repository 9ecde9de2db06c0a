//! Removing the data directory's files when nothing holds them any more: at the very end of the app.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use tuppence_core::erase_files;

/// Tauri's managed state: whether this run ends with an erasure.
pub struct Erasure {
    dir: PathBuf,
    wanted: AtomicBool,
}

impl Erasure {
    /// For this data directory.
    pub fn of(dir: &Path) -> Self {
        Self {
            dir: dir.to_owned(),
            wanted: AtomicBool::new(false),
        }
    }

    /// Erases when the app ends.
    pub fn at_the_end(&self) {
        self.wanted.store(true, Ordering::SeqCst);
    }

    /// The app ends: the core is closed and the window gone.
    pub(crate) fn finish(&self) {
        if !self.wanted.load(Ordering::SeqCst) {
            return;
        }
        if let Err(error) = erase_files(&self.dir) {
            tracing::error!(kind = %error.kind(), "not everything could be removed");
        }
    }
}
