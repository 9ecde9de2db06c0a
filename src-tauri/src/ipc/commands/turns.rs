//! Turns: sending, following, stopping.

use tauri::State;
use tauri::ipc::Channel;
use tuppence_core::{SendRequest, Tuppence, TurnRequest, TurnUpdates};

use super::Answer;
use crate::ipc::CoreHandle;
use crate::ipc::contract::{
    TurnEditParams, TurnEvent, TurnRetryParams, TurnSendParams, TurnStarted,
};
use crate::ipc::view;

#[tauri::command]
pub(crate) async fn turn_send(
    core: State<'_, CoreHandle>,
    params: TurnSendParams,
    channel: Channel<TurnEvent>,
) -> Answer<TurnStarted> {
    let core = core.core().await?;
    let request = SendRequest {
        conversation_id: params.conversation_id,
        text: params.text,
        attachments: params.attachments,
        preset: params.preset.map(view::preset_use),
        turn: TurnRequest {
            model_id: params.model_id,
            account: params.account_id.as_str().into(),
        },
    };
    let started = core.send(request).await?;
    Ok(follow(core, started, channel))
}

#[tauri::command]
pub(crate) async fn turn_retry(
    core: State<'_, CoreHandle>,
    params: TurnRetryParams,
    channel: Channel<TurnEvent>,
) -> Answer<TurnStarted> {
    let core = core.core().await?;
    let turn = TurnRequest {
        model_id: params.model_id,
        account: params.account_id.as_str().into(),
    };
    let started = match params.shorter {
        true => core.retry_shorter(&params.message_id, turn).await?,
        false => core.retry(&params.message_id, turn).await?,
    };
    Ok(follow(core, started, channel))
}

#[tauri::command]
pub(crate) async fn turn_edit(
    core: State<'_, CoreHandle>,
    params: TurnEditParams,
    channel: Channel<TurnEvent>,
) -> Answer<TurnStarted> {
    let core = core.core().await?;
    let turn = TurnRequest {
        model_id: params.model_id,
        account: params.account_id.as_str().into(),
    };
    let started = core.edit(&params.message_id, &params.text, turn).await?;
    Ok(follow(core, started, channel))
}

#[tauri::command]
pub(crate) async fn turn_attach(
    core: State<'_, CoreHandle>,
    turn_id: String,
    channel: Channel<TurnEvent>,
) -> Answer<()> {
    let core = core.core().await?;
    let updates = core.attach(&turn_id)?;
    forward(core, updates, channel);
    Ok(())
}

#[tauri::command]
pub(crate) async fn turn_stop(core: State<'_, CoreHandle>, turn_id: String) -> Answer<()> {
    core.core().await?.stop(&turn_id);
    Ok(())
}

fn follow(
    core: Tuppence,
    started: tuppence_core::TurnStarted,
    channel: Channel<TurnEvent>,
) -> TurnStarted {
    let view = view::turn_started(&started);
    forward(core, started.updates, channel);
    view
}

/// Carries a turn's updates to the page, at most one message a frame: the core has coalesced them.
fn forward(core: Tuppence, mut updates: TurnUpdates, channel: Channel<TurnEvent>) {
    tauri::async_runtime::spawn(async move {
        while let Some(update) = updates.next().await {
            if channel.send(view::turn_event(update)).is_err() {
                // Nobody reads any more: the window is gone, and with it the wish to pay for the rest.
                core.stop(updates.turn_id());
                break;
            }
        }
    });
}

#[tauri::command]
pub(crate) async fn turn_stay(core: State<'_, CoreHandle>, message_id: String) -> Answer<()> {
    Ok(core.core().await?.stay(&message_id).await?)
}
