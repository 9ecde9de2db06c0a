//! The core as the commands see it: opening in the background while the window paints.

use std::future::Future;

use tokio::sync::watch;
use tuppence_core::{Failure, Tuppence};

use super::contract::IpcError;

/// Tauri's managed state. Commands that come before the core is open wait for it.
pub struct CoreHandle(watch::Receiver<Option<Result<Tuppence, Failure>>>);

impl CoreHandle {
    /// Opens the core on Tauri's runtime.
    pub fn opening(open: impl Future<Output = Result<Tuppence, Failure>> + Send + 'static) -> Self {
        let (opened, receiver) = watch::channel(None);
        tauri::async_runtime::spawn(async move {
            opened.send_replace(Some(open.await));
        });
        Self(receiver)
    }

    /// The core, as soon as it is open.
    ///
    /// # Errors
    /// The failure to open it, for every command alike.
    pub async fn core(&self) -> Result<Tuppence, IpcError> {
        let mut receiver = self.0.clone();
        let opened = receiver.wait_for(Option::is_some).await;
        match opened.as_deref() {
            Ok(Some(Ok(core))) => Ok(core.clone()),
            Ok(Some(Err(failure))) => Err(failure.clone().into()),
            Ok(None) | Err(_) => Err(Failure::internal("the core ended while opening").into()),
        }
    }

    /// The core if it is open by now.
    pub fn ready(&self) -> Option<Tuppence> {
        self.0
            .borrow()
            .as_ref()
            .and_then(|opened| opened.as_ref().ok().cloned())
    }
}
