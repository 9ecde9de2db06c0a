//! Setting a provider up.

use tauri::State;

use super::Answer;
use crate::ipc::CoreHandle;
use crate::ipc::contract::{ProviderSetupParams, ProviderSetupView};
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
