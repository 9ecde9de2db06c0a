//! Starting and stopping.

use std::{
    fs::File,
    net::SocketAddr,
    sync::{Arc, Mutex, OnceLock},
    time::Duration,
};

use axum::{Router, middleware};
use tokio::{
    net::TcpListener,
    sync::{Notify, OnceCell},
    task::JoinHandle,
};
use tokio_util::sync::CancellationToken;
use url::Url;

use crate::{
    api,
    books::{Books, StateFile, private_folder},
    browser::Browsers,
    config::{Dialect, SandboxConfig},
    control::{Control, Tally},
    devices::Devices,
    error::SandboxError,
    grants::Grants,
    guard, oauth, pages,
    provider::{Provider, RegisteredClient},
    scenario::Faults,
    secrets::random_alphanumeric,
};

/// How long requests under way may take to end when the sandbox stops.
const STOP_GRACE: Duration = Duration::from_secs(1);

/// A running sandbox. Dropping it stops it too, without waiting.
pub struct Sandbox {
    provider: Arc<Provider>,
    issuer: Url,
    api_base: Url,
    server: JoinHandle<()>,
    saver: JoinHandle<()>,
    /// Held by the process that hosts for others. The server has it too, so that nobody takes over before the port is free.
    host_lock: Arc<OnceLock<File>>,
}

impl Sandbox {
    /// Reads the books, binds and serves.
    ///
    /// # Errors
    /// [`SandboxError`] if the configuration would be reachable from elsewhere, the port is taken, or the data
    /// directory cannot be used.
    pub async fn start(config: SandboxConfig) -> Result<Self, SandboxError> {
        check(&config)?;
        let (state_file, books, grants) = restore(&config)?;
        let listener = bind(config.listen).await?;
        let address = listener.local_addr().map_err(|source| SandboxError::Bind {
            address: config.listen,
            source,
        })?;
        let authority = address.to_string();
        let base = match &config.install_secret {
            Some(secret) => format!("http://{authority}/{secret}"),
            None => format!("http://{authority}"),
        };
        let client = registered_client(&config);
        let tally = Tally::default();
        if let Some(secret) = &client.secret {
            tally.secret(secret);
        }
        let faults = Faults::default();
        faults.set(&config.scenario);
        let provider = Arc::new(Provider {
            client,
            base,
            authority,
            books: Mutex::new(books),
            grants: Mutex::new(grants),
            browsers: Mutex::new(Browsers::default()),
            devices: Mutex::new(Devices::default()),
            keys: OnceCell::new(),
            faults,
            tally,
            http: loopback_client()?,
            stop: CancellationToken::new(),
            state_file,
            changed: Notify::new(),
            config,
        });
        let issuer = parsed(&provider.base, address)?;
        let api_base = parsed(&provider.address(api::prefix(provider.dialect())), address)?;
        let stop = provider.stop.clone();
        let router = router(&provider);
        let host_lock = Arc::new(OnceLock::new());
        let held = Arc::clone(&host_lock);
        let server = tokio::spawn(async move {
            let serving =
                axum::serve(listener, router).with_graceful_shutdown(stop.cancelled_owned());
            if let Err(error) = serving.await {
                tracing::warn!(%error, "the sandbox stopped serving");
            }
            drop(held);
        });
        let saver = tokio::spawn(Arc::clone(&provider).keep_saving());
        Ok(Self {
            provider,
            issuer,
            api_base,
            server,
            saver,
            host_lock,
        })
    }

    /// The issuer: where discovery, sign-in and the account live. The issuer *identifier* in discovery and
    /// ID tokens is [`issuer_identifier`](Self::issuer_identifier); the two differ by the slash that a [`Url`] without a path is given.
    pub fn issuer(&self) -> &Url {
        &self.issuer
    }

    /// The issuer exactly as discovery and ID tokens spell it: no slash at its end.
    pub fn issuer_identifier(&self) -> &str {
        &self.provider.base
    }

    /// Where models and chat live (`…/v1`, or `…/api/v1`).
    pub fn api_base(&self) -> &Url {
        &self.api_base
    }

    /// The one registered client; empty in the openrouter dialect, which registers none.
    pub fn client_id(&self) -> &str {
        &self.provider.client.id
    }

    /// Its secret, in the chutes dialect only.
    pub fn client_secret(&self) -> Option<&str> {
        self.provider.client.secret.as_deref()
    }

    /// Which provider it behaves like.
    pub fn dialect(&self) -> Dialect {
        self.provider.dialect()
    }

    /// The handle for tests and the tour.
    pub fn control(&self) -> Control {
        Control(Arc::clone(&self.provider))
    }

    /// Keeps the host's lock for as long as this sandbox runs.
    pub(crate) fn hold(&self, lock: File) {
        // There is one lock for one sandbox, so it is never set twice.
        let _ = self.host_lock.set(lock);
    }

    /// Ends what is under way, saves, and closes the port.
    pub async fn stop(mut self) {
        self.provider.stop.cancel();
        if tokio::time::timeout(STOP_GRACE, &mut self.server)
            .await
            .is_err()
        {
            self.server.abort();
        }
        // The last save is short, and its result is already logged.
        let _ = (&mut self.saver).await;
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.provider.stop.cancel();
    }
}

fn check(config: &SandboxConfig) -> Result<(), SandboxError> {
    if !config.listen.ip().is_loopback() {
        return Err(SandboxError::NotLoopback(config.listen));
    }
    if let Some(upstream) = &config.upstream {
        let is_loopback = match upstream.host() {
            Some(url::Host::Ipv4(address)) => address.is_loopback(),
            Some(url::Host::Ipv6(address)) => address.is_loopback(),
            _ => false,
        };
        if upstream.scheme() != "http" || !is_loopback {
            return Err(SandboxError::UpstreamNotLoopback);
        }
    }
    let in_alphabet = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if config
        .install_secret
        .as_ref()
        .is_some_and(|secret| secret.len() < 16 || !secret.bytes().all(in_alphabet))
    {
        return Err(SandboxError::InstallSecret);
    }
    Ok(())
}

fn restore(config: &SandboxConfig) -> Result<(Option<StateFile>, Books, Grants), SandboxError> {
    let Some(data_dir) = &config.data_dir else {
        return Ok((None, Books::default(), Grants::default()));
    };
    let folder = data_dir.join("sandbox");
    private_folder(&folder).map_err(|source| SandboxError::File {
        path: folder.clone(),
        source,
    })?;
    let file = StateFile::new(&folder);
    let (books, grants) = file.read(config.dialect)?;
    Ok((Some(file), books, grants))
}

async fn bind(address: SocketAddr) -> Result<TcpListener, SandboxError> {
    TcpListener::bind(address)
        .await
        .map_err(|source| SandboxError::Bind { address, source })
}

fn registered_client(config: &SandboxConfig) -> RegisteredClient {
    let name = "Tuppence";
    match config.dialect {
        Dialect::Quota => RegisteredClient {
            id: "quota_client_sandbox".to_owned(),
            secret: None,
            name,
        },
        Dialect::Oidc => RegisteredClient {
            id: "sandbox-native-client".to_owned(),
            secret: None,
            name,
        },
        Dialect::OpenRouter => RegisteredClient {
            id: String::new(),
            secret: None,
            name,
        },
        Dialect::Chutes => {
            let secret = config
                .client_secret
                .clone()
                .unwrap_or_else(|| format!("csc_{}", random_alphanumeric(48)));
            RegisteredClient {
                id: "cid_sandboxsandboxsandboxsan".to_owned(),
                secret: Some(secret),
                name,
            }
        }
    }
}

/// A client for this machine only: no proxy, no redirects.
pub(crate) fn loopback_client() -> Result<reqwest::Client, SandboxError> {
    reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(Duration::from_secs(5))
        .build()
        .map_err(SandboxError::HttpClient)
}

fn router(provider: &Arc<Provider>) -> Router {
    let routes = Router::new()
        .merge(oauth::routes(provider.dialect()))
        .merge(api::routes(provider.dialect()))
        .merge(pages::routes());
    let routes = match &provider.config.install_secret {
        Some(secret) => Router::new().nest(&format!("/{secret}"), routes),
        None => routes,
    };
    routes
        .layer(middleware::from_fn_with_state(
            Arc::clone(provider),
            guard::admit,
        ))
        .with_state(Arc::clone(provider))
}

/// Cannot fail for addresses of our own making; the error only spares a panic.
fn parsed(text: &str, address: SocketAddr) -> Result<Url, SandboxError> {
    Url::parse(text).map_err(|error| SandboxError::Bind {
        address,
        source: std::io::Error::other(error),
    })
}
