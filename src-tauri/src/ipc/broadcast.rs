//! Broadcasts of state: always the whole new state, never a difference.

use std::time::Duration;

use tauri::{AppHandle, Emitter as _, Manager as _, Runtime};
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tuppence_core::{CoreEvent, Tuppence};

use super::{CoreHandle, view};
use crate::window;

/// Changes that come in a burst are told once.
const SETTLE: Duration = Duration::from_millis(8);

/// Tells the window what the core tells its hosts, for as long as the app runs.
pub(crate) fn broadcast<R: Runtime>(app: &AppHandle<R>) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let Ok(core) = app.state::<CoreHandle>().core().await else {
            return;
        };
        let mut events = core.subscribe();
        tauri::async_runtime::spawn(after_the_first_words(app.clone(), core.clone()));
        loop {
            match events.recv().await {
                Ok(CoreEvent::Changed) | Err(RecvError::Lagged(_)) => {
                    tokio::time::sleep(SETTLE).await;
                    let later = drain_changes(&mut events);
                    emit(&app, "app-changed", view::app(&core));
                    for event in later {
                        tell(&app, &core, event).await;
                    }
                }
                Ok(event) => tell(&app, &core, event).await,
                Err(RecvError::Closed) => return,
            }
        }
    });
}

/// Work that nothing on the first screen waits for takes no processor's time from it.
async fn after_the_first_words<R: Runtime>(app: AppHandle<R>, core: Tuppence) {
    app.state::<CoreHandle>().first_question().await;
    core.look_up_active();
    core.keep_house();
}

/// Takes what has queued up; repeated `Changed` are covered by the one about to be told.
fn drain_changes(events: &mut tokio::sync::broadcast::Receiver<CoreEvent>) -> Vec<CoreEvent> {
    let mut others = Vec::new();
    loop {
        match events.try_recv() {
            Ok(CoreEvent::Changed) | Err(TryRecvError::Lagged(_)) => {}
            Ok(event) => others.push(event),
            Err(TryRecvError::Empty | TryRecvError::Closed) => return others,
        }
    }
}

async fn tell<R: Runtime>(app: &AppHandle<R>, core: &Tuppence, event: CoreEvent) {
    match event {
        CoreEvent::Changed => emit(app, "app-changed", view::app(core)),
        CoreEvent::SignInEnded(outcome) => {
            // The window's whole state first, so that the outcome's account is known to it.
            emit(app, "app-changed", view::app(core));
            emit(app, "sign-in-ended", view::sign_in_outcome(outcome));
            window::to_front(app);
        }
        // The window reads an attempt's steps where it shows them.
        CoreEvent::SignInStep(_) => emit(app, "sign-in-step", ()),
        CoreEvent::WentOn(id) => emit(app, "conversation-went-on", id),
        CoreEvent::MessageChanged { message_id, .. } => {
            if let Ok(state) = core.message(&message_id).await {
                emit(app, "message-changed", view::message(state));
            }
        }
        CoreEvent::ConversationChanged(id) => {
            if let Ok(row) = core.conversation_row(&id).await {
                emit(app, "conversation-changed", view::conversation(row));
            }
        }
    }
}

fn emit<R: Runtime>(app: &AppHandle<R>, event: &str, payload: impl serde::Serialize + Clone) {
    if let Err(error) = app.emit_to(window::MAIN, event, payload) {
        tracing::debug!(%error, event, "nobody listens");
    }
}
