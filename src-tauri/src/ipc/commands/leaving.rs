//! Leaving: what stays, and the two ways beyond signing out.

use tauri::{AppHandle, Runtime, State};
use tuppence_core::AccountId;

use super::Answer;
use crate::adapters::erasure::Erasure;
use crate::ipc::CoreHandle;
use crate::ipc::contract::{KeptView, LeavingParams, SignedOutAccountView};

#[tauri::command]
pub(crate) async fn leaving_ask(
    core: State<'_, CoreHandle>,
    leaving: LeavingParams,
    account_id: Option<AccountId>,
) -> Answer<Vec<KeptView>> {
    let kept = core
        .core()
        .await?
        .what_stays(leaving.into(), account_id.as_ref())
        .await?;
    Ok(kept.into_iter().map(KeptView::from).collect())
}

/// Who was signed out here and is still known by name.
#[tauri::command]
pub(crate) async fn accounts_signed_out(
    core: State<'_, CoreHandle>,
) -> Answer<Vec<SignedOutAccountView>> {
    let accounts = core.core().await?.signed_out_accounts().await?;
    Ok(accounts
        .into_iter()
        .map(SignedOutAccountView::from)
        .collect())
}

#[tauri::command]
pub(crate) async fn account_remove(
    core: State<'_, CoreHandle>,
    account_id: AccountId,
) -> Answer<()> {
    Ok(core.core().await?.remove_account(&account_id).await?)
}

/// The secrets go at once; the files go when the app has let go of them, which is at its end.
#[tauri::command]
pub(crate) async fn device_erase<R: Runtime>(
    app: AppHandle<R>,
    core: State<'_, CoreHandle>,
    erasure: State<'_, Erasure>,
) -> Answer<()> {
    core.core().await?.erase_secrets().await?;
    erasure.at_the_end();
    app.exit(0);
    Ok(())
}
