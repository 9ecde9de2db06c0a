//! The commands, each a few lines: unpack, ask the core, translate the answer.
//!
//! Every one answers [`IpcError`] on failure; what each does is said in the contract's types and on
//! the core's methods that it calls.

use tauri::ipc::Channel;
use tauri::{AppHandle, Runtime, State};
use tauri_plugin_clipboard_manager::ClipboardExt as _;
use tuppence_core::{AccountId, Failure, SendRequest, Tuppence, TurnRequest, TurnUpdates};

use super::CoreHandle;
use super::contract::{
    AppView, BalanceView, ConversationDetail, ConversationView, IpcError, ModelView,
    PendingSignInView, ProviderSetupParams, ProviderSetupView, SearchHitView, SecretInput,
    SettingsView, SignInStartParams, TurnEvent, TurnRetryParams, TurnSendParams, TurnStarted,
};
use super::view;

type Answer<T> = Result<T, IpcError>;

#[tauri::command]
pub(super) async fn app_get(core: State<'_, CoreHandle>) -> Answer<AppView> {
    Ok(view::app(&core.core().await?))
}

#[tauri::command]
pub(super) async fn sign_in_start(
    core: State<'_, CoreHandle>,
    params: SignInStartParams,
) -> Answer<PendingSignInView> {
    let pending = core
        .core()
        .await?
        .sign_in(&params.provider_id, params.persistence.into())?;
    Ok(view::pending_sign_in(pending))
}

#[tauri::command]
pub(super) async fn sign_in_open_again(
    core: State<'_, CoreHandle>,
    sign_in_id: String,
) -> Answer<()> {
    Ok(core.core().await?.open_browser_again(&sign_in_id).await?)
}

#[tauri::command]
pub(super) async fn sign_in_copy_link<R: Runtime>(
    app: AppHandle<R>,
    core: State<'_, CoreHandle>,
    sign_in_id: String,
) -> Answer<()> {
    let link = core.core().await?.launch_link(&sign_in_id)?;
    copy(&app, link.as_str())
}

#[tauri::command]
pub(super) async fn sign_in_paste(
    core: State<'_, CoreHandle>,
    sign_in_id: String,
    address: SecretInput,
) -> Answer<()> {
    Ok(core
        .core()
        .await?
        .paste_redirect(&sign_in_id, address.into_inner().into())?)
}

#[tauri::command]
pub(super) async fn sign_in_cancel(core: State<'_, CoreHandle>, sign_in_id: String) -> Answer<()> {
    core.core().await?.cancel_sign_in(&sign_in_id);
    Ok(())
}

#[tauri::command]
pub(super) async fn sign_out(
    core: State<'_, CoreHandle>,
    account_id: AccountId,
    end_browser_session: bool,
) -> Answer<()> {
    Ok(core
        .core()
        .await?
        .sign_out(&account_id, end_browser_session)
        .await?)
}

#[tauri::command]
pub(super) async fn account_activate(
    core: State<'_, CoreHandle>,
    account_id: AccountId,
) -> Answer<()> {
    Ok(core.core().await?.activate(&account_id).await?)
}

#[tauri::command]
pub(super) async fn balance_refresh(
    core: State<'_, CoreHandle>,
    account_id: AccountId,
) -> Answer<BalanceView> {
    let core = core.core().await?;
    core.refresh_balance(&account_id).await?;
    Ok(view::account(core.account(&account_id)?).balance)
}

#[tauri::command]
pub(super) async fn top_up_open(core: State<'_, CoreHandle>, account_id: AccountId) -> Answer<()> {
    Ok(core.core().await?.open_top_up(&account_id).await?)
}

#[tauri::command]
pub(super) async fn models_list(
    core: State<'_, CoreHandle>,
    account_id: AccountId,
) -> Answer<Vec<ModelView>> {
    let core = core.core().await?;
    let play = core.account(&account_id)?.record.play_money;
    let models = core.models(&account_id).await?;
    Ok(models
        .iter()
        .map(|model| view::model(model, play))
        .collect())
}

#[tauri::command]
pub(super) async fn conversations_list(
    core: State<'_, CoreHandle>,
) -> Answer<Vec<ConversationView>> {
    let core = core.core().await?;
    let rows = core.conversations().await?;
    Ok(rows.into_iter().map(view::conversation).collect())
}

#[tauri::command]
pub(super) async fn conversation_open(
    core: State<'_, CoreHandle>,
    conversation_id: String,
) -> Answer<ConversationDetail> {
    let open = core.core().await?.conversation(&conversation_id).await?;
    Ok(view::conversation_detail(open))
}

#[tauri::command]
pub(super) async fn conversation_rename(
    core: State<'_, CoreHandle>,
    conversation_id: String,
    title: String,
) -> Answer<()> {
    Ok(core
        .core()
        .await?
        .rename_conversation(&conversation_id, &title)
        .await?)
}

#[tauri::command]
pub(super) async fn conversation_delete(
    core: State<'_, CoreHandle>,
    conversation_id: String,
) -> Answer<()> {
    Ok(core
        .core()
        .await?
        .delete_conversation(&conversation_id)
        .await?)
}

#[tauri::command]
pub(super) async fn conversation_restore(
    core: State<'_, CoreHandle>,
    conversation_id: String,
) -> Answer<()> {
    Ok(core
        .core()
        .await?
        .restore_conversation(&conversation_id)
        .await?)
}

/// Hits of one search that are shown: more than anybody reads.
const HITS: u32 = 50;

#[tauri::command]
pub(super) async fn search(
    core: State<'_, CoreHandle>,
    words: String,
) -> Answer<Vec<SearchHitView>> {
    let hits = core.core().await?.search(&words, None, HITS).await?;
    Ok(hits.into_iter().map(view::search_hit).collect())
}

#[tauri::command]
pub(super) async fn draft_get(
    core: State<'_, CoreHandle>,
    conversation_id: Option<String>,
) -> Answer<String> {
    Ok(core.core().await?.draft(conversation_id.as_deref()).await?)
}

#[tauri::command]
pub(super) async fn draft_save(
    core: State<'_, CoreHandle>,
    conversation_id: Option<String>,
    text: String,
) -> Answer<()> {
    Ok(core
        .core()
        .await?
        .save_draft(conversation_id.as_deref(), &text)
        .await?)
}

#[tauri::command]
pub(super) async fn turn_send(
    core: State<'_, CoreHandle>,
    params: TurnSendParams,
    channel: Channel<TurnEvent>,
) -> Answer<TurnStarted> {
    let core = core.core().await?;
    let request = SendRequest {
        conversation_id: params.conversation_id,
        text: params.text,
        turn: TurnRequest {
            model_id: params.model_id,
            account: params.account_id.as_str().into(),
        },
    };
    let started = core.send(request).await?;
    Ok(follow(core, started, channel))
}

#[tauri::command]
pub(super) async fn turn_retry(
    core: State<'_, CoreHandle>,
    params: TurnRetryParams,
    channel: Channel<TurnEvent>,
) -> Answer<TurnStarted> {
    let core = core.core().await?;
    let turn = TurnRequest {
        model_id: params.model_id,
        account: params.account_id.as_str().into(),
    };
    let started = core.retry(&params.message_id, turn).await?;
    Ok(follow(core, started, channel))
}

#[tauri::command]
pub(super) async fn turn_attach(
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
pub(super) async fn turn_stop(core: State<'_, CoreHandle>, turn_id: String) -> Answer<()> {
    core.core().await?.stop(&turn_id);
    Ok(())
}

#[tauri::command]
pub(super) async fn settings_set(
    core: State<'_, CoreHandle>,
    settings: SettingsView,
) -> Answer<()> {
    Ok(core.core().await?.set_preferences(settings.into()).await?)
}

#[tauri::command]
pub(super) async fn provider_setup_get(
    core: State<'_, CoreHandle>,
    provider_id: String,
) -> Answer<ProviderSetupView> {
    Ok(view::provider_setup(
        core.core().await?.provider_setup(&provider_id)?,
    ))
}

#[tauri::command]
pub(super) async fn provider_setup_save(
    core: State<'_, CoreHandle>,
    params: ProviderSetupParams,
) -> Answer<ProviderSetupView> {
    let setup = core
        .core()
        .await?
        .save_provider_setup(view::new_provider_setup(params))
        .await?;
    Ok(view::provider_setup(setup))
}

#[tauri::command]
pub(super) async fn link_open(core: State<'_, CoreHandle>, url: String) -> Answer<()> {
    Ok(core.core().await?.open_link(&url).await?)
}

#[tauri::command]
pub(super) async fn message_copy<R: Runtime>(
    app: AppHandle<R>,
    core: State<'_, CoreHandle>,
    message_id: String,
) -> Answer<()> {
    let text = core.core().await?.message_text(&message_id).await?;
    copy(&app, &text)
}

#[tauri::command]
pub(super) async fn text_copy<R: Runtime>(app: AppHandle<R>, text: String) -> Answer<()> {
    copy(&app, &text)
}

fn copy<R: Runtime>(app: &AppHandle<R>, text: &str) -> Answer<()> {
    app.clipboard()
        .write_text(text)
        .map_err(|error| Failure::internal(error).into())
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
