//! One process hosts the sandbox of a data directory; others attach to it.

use std::{
    fs::{self, File, TryLockError},
    net::SocketAddr,
    path::{Path, PathBuf},
    time::Duration,
};

use serde::{Deserialize, Serialize};
use url::Url;

use crate::{
    books::{private_folder, replace_privately},
    config::{Dialect, SandboxConfig},
    error::SandboxError,
    sandbox::{Sandbox, loopback_client},
    secrets::random_token,
};

/// How long a host that holds the lock may take until it answers.
const ATTACH_ATTEMPTS: u32 = 50;
const ATTACH_PAUSE: Duration = Duration::from_millis(100);

/// Where a sandbox can be reached. Its `Debug` hides the install secret in the path.
#[derive(Clone, PartialEq, Eq)]
pub struct Address {
    /// As [`Sandbox::issuer`].
    pub issuer: Url,
    /// As [`Sandbox::api_base`].
    pub api_base: Url,
    /// As [`Sandbox::client_id`].
    pub client_id: String,
}

impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Address")
            .field("port", &self.issuer.port())
            .field("client_id", &self.client_id)
            .finish_non_exhaustive()
    }
}

/// The sandbox of a data directory: in this process, or in another.
pub enum Hosted {
    /// It runs here, until it is stopped or dropped.
    Here(Sandbox),
    /// Another process runs it. When that ends, ask again to become the host.
    Elsewhere(Address),
}

impl Hosted {
    /// Where it can be reached.
    pub fn address(&self) -> Address {
        match self {
            Self::Here(sandbox) => sandbox.address(),
            Self::Elsewhere(address) => address.clone(),
        }
    }

    /// Stops it if it runs here.
    pub async fn stop(self) {
        if let Self::Here(sandbox) = self {
            sandbox.stop().await;
        }
    }
}

/// What the host leaves for others and for its own next start. 0600: it holds the install secret.
#[derive(Serialize, Deserialize)]
struct AddressFile {
    port: u16,
    install_secret: String,
    dialect: String,
    issuer: Url,
    api_base: Url,
    client_id: String,
}

impl Sandbox {
    /// Where it can be reached.
    pub fn address(&self) -> Address {
        Address {
            issuer: self.issuer().clone(),
            api_base: self.api_base().clone(),
            client_id: self.client_id().to_owned(),
        }
    }

    /// Starts the sandbox of `config.data_dir`, or finds the one that another process runs there.
    ///
    /// The port and the install secret of the last run are used again where possible, so that an account keeps its
    /// issuer. A secret is drawn if the configuration has none.
    ///
    /// # Errors
    /// As [`Sandbox::start`]; [`SandboxError::HostSilent`] if the process that holds the lock does not answer within 5 s.
    pub async fn host_or_attach(config: SandboxConfig) -> Result<Hosted, SandboxError> {
        let folder = config
            .data_dir
            .as_ref()
            .ok_or(SandboxError::NoDataDirectory)?
            .join("sandbox");
        private_folder(&folder).map_err(|source| SandboxError::File {
            path: folder.clone(),
            source,
        })?;
        let lock_path = folder.join("host.lock");
        for _ in 0..ATTACH_ATTEMPTS {
            if let Some(lock) = try_lock(&lock_path)? {
                return host(config, &folder, lock).await;
            }
            if let Some(address) = running(&config, &folder).await? {
                return Ok(Hosted::Elsewhere(address));
            }
            tokio::time::sleep(ATTACH_PAUSE).await;
        }
        Err(SandboxError::HostSilent { path: lock_path })
    }
}

async fn host(
    mut config: SandboxConfig,
    folder: &Path,
    lock: File,
) -> Result<Hosted, SandboxError> {
    let path = folder.join("address.json");
    let previous = read_address(&path);
    if config.install_secret.is_none() {
        config.install_secret = Some(
            previous
                .as_ref()
                .map_or_else(random_token, |file| file.install_secret.clone()),
        );
    }
    let sandbox = start_near(&config, previous.map(|file| file.port)).await?;
    let file = AddressFile {
        port: sandbox.issuer().port().unwrap_or_default(),
        install_secret: config.install_secret.unwrap_or_default(),
        dialect: sandbox.dialect().name().to_owned(),
        issuer: sandbox.issuer().clone(),
        api_base: sandbox.api_base().clone(),
        client_id: sandbox.client_id().to_owned(),
    };
    let text = serde_json::to_vec_pretty(&file).map_err(|source| SandboxError::Damaged {
        path: path.clone(),
        source,
    })?;
    replace_privately(&path, &text).map_err(|source| SandboxError::File { path, source })?;
    sandbox.hold(lock);
    Ok(Hosted::Here(sandbox))
}

/// Starts on the port of the last run, or on a free one if that is taken or none was asked for.
async fn start_near(
    config: &SandboxConfig,
    previous: Option<u16>,
) -> Result<Sandbox, SandboxError> {
    if let Some(port) = previous.filter(|port| *port != 0 && config.listen.port() == 0) {
        let listen = SocketAddr::new(config.listen.ip(), port);
        match Sandbox::start(SandboxConfig {
            listen,
            ..config.clone()
        })
        .await
        {
            Err(SandboxError::Bind { .. }) => {}
            started => return started,
        }
    }
    Sandbox::start(config.clone()).await
}

/// The lock, unless another process (or another sandbox of this one) has it.
fn try_lock(path: &PathBuf) -> Result<Option<File>, SandboxError> {
    let failed = |source| SandboxError::File {
        path: path.clone(),
        source,
    };
    let file = fs::OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path)
        .map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(failed(error)),
    }
}

/// The sandbox that another process runs, if it answers its health path under the install secret.
async fn running(config: &SandboxConfig, folder: &Path) -> Result<Option<Address>, SandboxError> {
    let path = folder.join("address.json");
    let Some(file) = read_address(&path) else {
        return Ok(None);
    };
    let health = format!(
        "{}/sandbox/health",
        file.issuer.as_str().trim_end_matches('/')
    );
    let answer = loopback_client()?
        .get(health)
        .timeout(Duration::from_secs(2))
        .send()
        .await;
    if !answer.is_ok_and(|answer| answer.status().is_success()) {
        return Ok(None);
    }
    match file.dialect.parse::<Dialect>() {
        Ok(found) if found != config.dialect => Err(SandboxError::OtherDialect { path, found }),
        _ => Ok(Some(Address {
            issuer: file.issuer,
            api_base: file.api_base,
            client_id: file.client_id,
        })),
    }
}

/// A missing or damaged address file costs no more than a new address.
fn read_address(path: &Path) -> Option<AddressFile> {
    serde_json::from_slice(&fs::read(path).ok()?).ok()
}
