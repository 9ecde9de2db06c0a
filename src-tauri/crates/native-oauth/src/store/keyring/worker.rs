use std::sync::{Arc, LazyLock};
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::time::timeout;

use crate::store::StoreError;

/// One call at a time in this process: the library's connection to the keychain belongs to the process
/// too, and calls that wait behind a prompt must not pile up threads.
static TURN: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(1)));

/// Runs blocking work on a thread made for that. Past the limit the caller is told that the keychain is
/// locked; the work itself cannot be ended, and keeps its turn until the keychain answers.
pub(super) async fn run<T: Send + 'static>(
    limit: Duration,
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    let bounded = timeout(limit, async {
        let turn = Arc::clone(&TURN).acquire_owned().await;
        tokio::task::spawn_blocking(move || {
            let result = work();
            drop(turn);
            result
        })
        .await
    });
    match bounded.await {
        Ok(Ok(result)) => result,
        Ok(Err(panicked)) => Err(StoreError::Other(Box::new(panicked))),
        Err(_) => Err(StoreError::Locked),
    }
}
