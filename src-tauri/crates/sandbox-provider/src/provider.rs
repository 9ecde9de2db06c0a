//! The running provider: what every endpoint shares.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use tokio::sync::{Notify, OnceCell};
use tokio_util::sync::CancellationToken;

use crate::{
    books::{Books, StateFile},
    browser::Browsers,
    config::{Dialect, SandboxConfig},
    control::Tally,
    devices::Devices,
    grants::Grants,
    scenario::{Faults, Scenario},
    signing::{SigningFailed, SigningKey, SigningKeys},
};

/// Everything that the endpoints share. The mutexes are held for moments only, never across an await.
pub(crate) struct Provider {
    pub(crate) config: SandboxConfig,
    pub(crate) client: RegisteredClient,
    /// The issuer and the start of every address, without a slash at its end.
    pub(crate) base: String,
    /// `127.0.0.1:PORT`, the only Host that is served.
    pub(crate) authority: String,
    pub(crate) books: Mutex<Books>,
    pub(crate) grants: Mutex<Grants>,
    pub(crate) browsers: Mutex<Browsers>,
    pub(crate) devices: Mutex<Devices>,
    /// Drawn when the first ID token or key set is asked for: a key takes a moment.
    pub(crate) keys: OnceCell<Mutex<SigningKeys>>,
    pub(crate) faults: Faults,
    pub(crate) tally: Tally,
    /// Fetches from the upstream: no proxy, no redirects.
    pub(crate) http: reqwest::Client,
    pub(crate) stop: CancellationToken,
    pub(crate) state_file: Option<StateFile>,
    /// Wakes the task that writes the state file.
    pub(crate) changed: Notify,
}

/// The one client that the sandbox knows.
pub(crate) struct RegisteredClient {
    pub(crate) id: String,
    /// `None`: a public client (RFC 6749 section 2.1).
    pub(crate) secret: Option<String>,
    /// What consent pages call it.
    pub(crate) name: &'static str,
}

impl Provider {
    pub(crate) fn dialect(&self) -> Dialect {
        self.config.dialect
    }

    /// An absolute address under the base; `path` begins with a slash.
    pub(crate) fn address(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// Whether a fault is on.
    pub(crate) fn fails(&self, scenario: Scenario) -> bool {
        self.faults.on(scenario)
    }

    /// Waits as long as a slow fault does, if it is on, or until the sandbox stops.
    pub(crate) async fn delay_if(&self, scenario: Scenario) {
        if self.fails(scenario) {
            self.pause(self.config.fault_delay).await;
        }
    }

    /// Waits, or until the sandbox stops.
    pub(crate) async fn pause(&self, duration: Duration) {
        tokio::select! {
            () = self.stop.cancelled() => {}
            () = tokio::time::sleep(duration) => {}
        }
    }

    /// The signing keys, new in every run.
    pub(crate) async fn keys(&self) -> Result<&Mutex<SigningKeys>, SigningFailed> {
        let draw = async || Ok(Mutex::new(SigningKeys::new(SigningKey::draw().await?)));
        self.keys.get_or_try_init(draw).await
    }

    /// Signs with a new key from now on; `late` keeps it out of the next fetch of the key set.
    pub(crate) async fn rotate_keys(&self, late: bool) -> Result<(), SigningFailed> {
        let key = SigningKey::draw().await?;
        locked(self.keys().await?).rotate(key, late);
        Ok(())
    }

    /// Has the state file written soon.
    pub(crate) fn save_soon(&self) {
        self.changed.notify_one();
    }

    /// Writes the state file now: before an answer whose loss would lock the person out.
    pub(crate) async fn save(self: &Arc<Self>) {
        let Some(file) = &self.state_file else { return };
        if let Err(error) = file.write(self).await {
            tracing::warn!(%error, "the sandbox could not save its state");
        }
    }

    /// Writes the state file whenever something changed, until the sandbox stops.
    pub(crate) async fn keep_saving(self: Arc<Self>) {
        loop {
            tokio::select! {
                () = self.stop.cancelled() => break,
                () = self.changed.notified() => self.save().await,
            }
        }
        self.save().await;
    }
}

/// Locks even if a holder panicked: every critical section leaves its data whole.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Seconds since 1970.
pub(crate) fn now() -> i64 {
    let elapsed = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(elapsed.as_secs()).unwrap_or(i64::MAX)
}
