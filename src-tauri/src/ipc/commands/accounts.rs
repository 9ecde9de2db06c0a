//! Accounts, and what one of them can pay and ask.

use tauri::State;
use tuppence_core::AccountId;

use super::Answer;
use crate::ipc::CoreHandle;
use crate::ipc::contract::{BalanceView, ModelView};
use crate::ipc::view;

#[tauri::command]
pub(crate) async fn sign_out(
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
pub(crate) async fn account_activate(
    core: State<'_, CoreHandle>,
    account_id: AccountId,
) -> Answer<()> {
    Ok(core.core().await?.activate(&account_id).await?)
}

#[tauri::command]
pub(crate) async fn balance_refresh(
    core: State<'_, CoreHandle>,
    account_id: AccountId,
) -> Answer<BalanceView> {
    let core = core.core().await?;
    core.refresh_wallet(&account_id).await?;
    Ok(view::account(core.account(&account_id)?).balance)
}

#[tauri::command]
pub(crate) async fn top_up_open(
    core: State<'_, CoreHandle>,
    account_id: AccountId,
    message_id: Option<String>,
) -> Answer<()> {
    let core = core.core().await?;
    match message_id {
        Some(message_id) => core.top_up_for(&account_id, &message_id).await?,
        None => core.open_top_up(&account_id).await?,
    }
    Ok(())
}

#[tauri::command]
pub(crate) async fn account_manage_open(
    core: State<'_, CoreHandle>,
    account_id: AccountId,
) -> Answer<()> {
    Ok(core.core().await?.open_manage_page(&account_id).await?)
}

#[tauri::command]
pub(crate) async fn models_list(
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
