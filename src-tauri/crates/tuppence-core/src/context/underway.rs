//! The summaries that are being written, by conversation.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use native_oauth::CancellationToken;

use crate::Tuppence;

/// How asking for a summary ended, where nothing failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Summarised {
    /// It is there, and sent from now on.
    Written,
    /// The person stopped it. What was written until then is paid for, and kept for the next time.
    Stopped,
}

/// All of them.
#[derive(Default)]
pub(crate) struct Underway {
    by_conversation: Mutex<HashMap<String, CancellationToken>>,
}

impl Underway {
    fn all(&self) -> MutexGuard<'_, HashMap<String, CancellationToken>> {
        let all = &self.by_conversation;
        all.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One of them, for as long as it is written.
pub(super) struct Writing<'a> {
    core: &'a Tuppence,
    conversation_id: &'a str,
    /// The person said stop.
    pub(super) stopped: CancellationToken,
}

impl<'a> Writing<'a> {
    pub(super) fn begin(core: &'a Tuppence, conversation_id: &'a str) -> Self {
        let stopped = CancellationToken::new();
        let mut all = core.inner.summaries.all();
        // One that is asked for again takes the place of the one before.
        if let Some(before) = all.insert(conversation_id.to_owned(), stopped.clone()) {
            before.cancel();
        }
        Self {
            core,
            conversation_id,
            stopped,
        }
    }
}

impl Drop for Writing<'_> {
    fn drop(&mut self) {
        // A stopped one may have been taken out already, and another may stand in its place.
        if !self.stopped.is_cancelled() {
            self.core.inner.summaries.all().remove(self.conversation_id);
        }
    }
}

impl Tuppence {
    /// Stops the summary that is being written for a conversation: its request ends at once. Where none is,
    /// nothing happens.
    pub fn stop_summary(&self, conversation_id: &str) {
        if let Some(stopped) = self.inner.summaries.all().remove(conversation_id) {
            stopped.cancel();
        }
    }
}
