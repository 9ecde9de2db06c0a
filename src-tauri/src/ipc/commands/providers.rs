//! Setting a provider up.

use tauri::State;

use super::Answer;
use crate::ipc::CoreHandle;
use crate::ipc::contract::{
    ProviderCheckView, ProviderSetupParams, ProviderSetupView, SecretInput,
};
use crate::ipc::view;

#[tauri::command]
pub(crate) async fn provider_setup_get(
    core: State<'_, CoreHandle>,
    provider_id: String,
) -> Answer<ProviderSetupView> {
    Ok(view::provider_setup(
        core.core().await?.provider_setup(&provider_id)?,
    ))
}

#[tauri::command]
pub(crate) async fn provider_setup_save(
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

/// The developer key is used once and kept nowhere.
#[tauri::command]
pub(crate) async fn provider_register_app(
    core: State<'_, CoreHandle>,
    provider_id: String,
    developer_key: SecretInput,
) -> Answer<ProviderSetupView> {
    let key = developer_key.into_inner().into();
    let setup = core.core().await?.register_app(&provider_id, key).await?;
    Ok(view::provider_setup(setup))
}

#[tauri::command]
pub(crate) async fn provider_check(
    core: State<'_, CoreHandle>,
    provider_id: String,
) -> Answer<ProviderCheckView> {
    let checked = core.core().await?.check_provider(&provider_id).await?;
    Ok(view::provider_check(checked))
}

#[tauri::command]
pub(crate) async fn provider_remove(
    core: State<'_, CoreHandle>,
    provider_id: String,
) -> Answer<()> {
    Ok(core.core().await?.remove_provider(&provider_id).await?)
}
