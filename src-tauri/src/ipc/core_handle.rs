//! The core as the commands see it: opening in the background while the window paints.

use std::future::Future;

use tokio::sync::{Notify, watch};
use tuppence_core::{Failure, Tuppence};

use super::contract::IpcError;

/// Tauri's managed state. Commands that come before the core is open wait for it.
pub struct CoreHandle {
    core: watch::Receiver<Option<Result<Tuppence, Failure>>>,
    page_asked: Notify,
}

impl CoreHandle {
    /// Opens the core on Tauri's runtime.
    pub fn opening(open: impl Future<Output = Result<Tuppence, Failure>> + Send + 'static) -> Self {
        let (opened, receiver) = watch::channel(None);
        tauri::async_runtime::spawn(async move {
            opened.send_replace(Some(open.await));
        });
        Self {
            core: receiver,
            page_asked: Notify::new(),
        }
    }

    /// The core, as soon as it is open.
    ///
    /// # Errors
    /// The failure to open it, for every command alike.
    pub async fn core(&self) -> Result<Tuppence, IpcError> {
        let mut receiver = self.core.clone();
        let opened = receiver.wait_for(Option::is_some).await;
        match opened.as_deref() {
            Ok(Some(Ok(core))) => Ok(core.clone()),
            Ok(Some(Err(failure))) => Err(failure.clone().into()),
            Ok(None) | Err(_) => Err(Failure::internal("the core ended while opening").into()),
        }
    }

    /// The page has asked for the whole of the application, which it does once it has drawn its first words.
    pub(crate) fn page_asks(&self) {
        self.page_asked.notify_one();
    }

    /// Waits for the page's first question.
    pub(crate) async fn first_question(&self) {
        self.page_asked.notified().await;
    }

    /// The core if it is open by now.
    pub fn ready(&self) -> Option<Tuppence> {
        self.core
            .borrow()
            .as_ref()
            .and_then(|opened| opened.as_ref().ok().cloned())
    }
}
