//! The sandbox of a data directory, started when it is first needed.

use std::path::{Path, PathBuf};

use tokio::sync::Mutex;

use crate::{
    config::SandboxConfig,
    error::SandboxError,
    host::{Address, Hosted},
    sandbox::Sandbox,
};

/// What an app keeps for its whole life. Nothing runs until [`OnDemand::address`] is asked.
pub struct OnDemand {
    data_dir: PathBuf,
    hosted: Mutex<Option<Sandbox>>,
}

impl OnDemand {
    /// For the sandbox of this data directory.
    pub fn new(data_dir: &Path) -> Self {
        Self {
            data_dir: data_dir.to_owned(),
            hosted: Mutex::new(None),
        }
    }

    /// Where the sandbox runs: in this process from the first call on, unless another process of the same data
    /// directory runs it. Ask before each use: that process may have ended, and then this one takes over.
    ///
    /// # Errors
    /// As [`Sandbox::host_or_attach`].
    pub async fn address(&self) -> Result<Address, SandboxError> {
        let mut hosted = self.hosted.lock().await;
        if let Some(sandbox) = &*hosted {
            return Ok(sandbox.address());
        }
        let config = SandboxConfig {
            data_dir: Some(self.data_dir.clone()),
            ..SandboxConfig::default()
        };
        match Sandbox::host_or_attach(config).await? {
            Hosted::Here(sandbox) => Ok(hosted.insert(sandbox).address()),
            Hosted::Elsewhere(address) => Ok(address),
        }
    }

    /// Ends the sandbox if this process runs it: nothing of it is written any more. It starts again when it
    /// is asked for.
    pub async fn stop(&self) {
        if let Some(sandbox) = self.hosted.lock().await.take() {
            sandbox.stop().await;
        }
    }
}
