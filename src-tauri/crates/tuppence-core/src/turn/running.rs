//! The turns that run in this process.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use native_oauth::CancellationToken;
use tokio::task::JoinHandle;
use uuid::Uuid;

use super::live::{Live, TurnUpdates};

/// Turn ids by the id of the answer they stream.
pub(crate) type TurnsByMessage = HashMap<String, String>;

/// Turns get this long to be recorded when the app ends.
const CLOSING: Duration = Duration::from_secs(3);

/// One turn.
pub(crate) struct RunningTurn {
    id: String,
    conversation_id: String,
    message_id: String,
    live: Mutex<Live>,
    /// The person said stop.
    pub(super) stopped: CancellationToken,
    /// The app ends.
    pub(super) closing: CancellationToken,
}

impl RunningTurn {
    pub(super) fn new(conversation_id: &str, message_id: &str) -> Arc<Self> {
        Self::stopped_by(conversation_id, message_id, &CancellationToken::new())
    }

    /// One that is stopped with what it is a part of.
    pub(super) fn stopped_by(
        conversation_id: &str,
        message_id: &str,
        stop: &CancellationToken,
    ) -> Arc<Self> {
        Arc::new(Self {
            id: Uuid::new_v4().to_string(),
            conversation_id: conversation_id.to_owned(),
            message_id: message_id.to_owned(),
            live: Mutex::new(Live::default()),
            stopped: stop.child_token(),
            closing: CancellationToken::new(),
        })
    }

    pub(super) fn id(&self) -> &str {
        &self.id
    }

    pub(super) fn conversation_id(&self) -> &str {
        &self.conversation_id
    }

    pub(super) fn message_id(&self) -> &str {
        &self.message_id
    }

    pub(super) fn live(&self) -> MutexGuard<'_, Live> {
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn subscribe(&self) -> TurnUpdates {
        self.live().follow(&self.id)
    }

    pub(super) fn stop(&self) {
        self.stopped.cancel();
    }
}

/// Turns by id, each with its task once that is known.
type ById = HashMap<String, (Arc<RunningTurn>, Option<JoinHandle<()>>)>;

/// All of them.
#[derive(Default)]
pub(crate) struct Turns {
    running: Mutex<ById>,
}

impl Turns {
    pub(super) fn insert(&self, turn: Arc<RunningTurn>) {
        self.running().insert(turn.id.clone(), (turn, None));
    }

    /// Remembers a turn's task, to wait for it at the end; one that is over already needs no waiting.
    pub(super) fn owns(&self, turn: &RunningTurn, task: JoinHandle<()>) {
        if let Some((_, slot)) = self.running().get_mut(&turn.id) {
            *slot = Some(task);
        }
    }

    pub(super) fn remove(&self, turn: &RunningTurn) {
        self.running().remove(&turn.id);
    }

    pub(super) fn get(&self, id: &str) -> Option<Arc<RunningTurn>> {
        self.running().get(id).map(|(turn, _)| turn.clone())
    }

    /// Turn ids by the id of the answer they stream.
    pub(crate) fn by_message(&self) -> TurnsByMessage {
        self.running()
            .values()
            .map(|(turn, _)| (turn.message_id.clone(), turn.id.clone()))
            .collect()
    }

    /// Stops what runs in one conversation.
    pub(crate) fn stop_in(&self, conversation_id: &str) {
        for (turn, _) in self.running().values() {
            if turn.conversation_id == conversation_id {
                turn.stop();
            }
        }
    }

    /// Ends every turn and waits, for a while, until each is on record as cut off.
    pub(crate) async fn close(&self) {
        let all: Vec<_> = self.running().drain().map(|(_, running)| running).collect();
        for (turn, _) in &all {
            turn.closing.cancel();
        }
        let tasks = all.into_iter().filter_map(|(_, task)| task);
        // One that does not make it is cut off at the next start, from its journal.
        let _ = tokio::time::timeout(CLOSING, futures_util::future::join_all(tasks)).await;
    }

    fn running(&self) -> MutexGuard<'_, ById> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
