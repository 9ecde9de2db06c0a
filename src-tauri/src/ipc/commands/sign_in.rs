//! Signing in.

use tauri::{AppHandle, Runtime, State};
use tuppence_core::{AccountId, SecretText, SignInRequest};

use super::Answer;
use super::desktop::{copy, take_back};
use crate::ipc::CoreHandle;
use crate::ipc::contract::{PendingSignInView, SecretInput, SignInStartParams, SignInWay};
use crate::ipc::view;

#[tauri::command]
pub(crate) async fn sign_in_start(
    core: State<'_, CoreHandle>,
    params: SignInStartParams,
) -> Answer<PendingSignInView> {
    let request = SignInRequest::new(params.provider_id, params.persistence.into())
        .with_terms(params.terms.map(view::key_terms).unwrap_or_default())
        .by(params.way.into());
    let pending = core.core().await?.sign_in_with(request)?;
    Ok(view::pending_sign_in(pending))
}

/// Asks for scopes that an account lacks: those it has, and these.
#[tauri::command]
pub(crate) async fn consent_start(
    core: State<'_, CoreHandle>,
    account_id: AccountId,
    scopes: String,
) -> Answer<PendingSignInView> {
    let scopes: Vec<&str> = scopes.split_whitespace().collect();
    let pending = core.core().await?.consent_for(&account_id, &scopes)?;
    Ok(view::pending_sign_in(pending))
}

/// The same sign-in by another way.
#[tauri::command]
pub(crate) async fn sign_in_switch(
    core: State<'_, CoreHandle>,
    sign_in_id: String,
    way: SignInWay,
) -> Answer<PendingSignInView> {
    let core = core.core().await?;
    let pending = core.continue_sign_in_by(&sign_in_id, way.into())?;
    Ok(view::pending_sign_in(pending))
}

#[tauri::command]
pub(crate) async fn sign_in_open_again(
    core: State<'_, CoreHandle>,
    sign_in_id: String,
) -> Answer<()> {
    Ok(core.core().await?.open_browser_again(&sign_in_id).await?)
}

#[tauri::command]
pub(crate) async fn sign_in_copy_link<R: Runtime>(
    app: AppHandle<R>,
    core: State<'_, CoreHandle>,
    sign_in_id: String,
) -> Answer<()> {
    let link = core.core().await?.launch_link(&sign_in_id)?;
    copy(&app, link.as_str())
}

/// An address that was taken leaves the clipboard too.
#[tauri::command]
pub(crate) async fn sign_in_paste<R: Runtime>(
    app: AppHandle<R>,
    core: State<'_, CoreHandle>,
    sign_in_id: String,
    address: SecretInput,
) -> Answer<()> {
    let address = SecretText::from(address.into_inner());
    core.core()
        .await?
        .paste_redirect(&sign_in_id, address.clone())?;
    take_back(&app, address.expose());
    Ok(())
}

#[tauri::command]
pub(crate) async fn sign_in_cancel(core: State<'_, CoreHandle>, sign_in_id: String) -> Answer<()> {
    core.core().await?.cancel_sign_in(&sign_in_id);
    Ok(())
}
