//! Presets: what conversations begin with.

use tauri::State;

use super::Answer;
use crate::ipc::CoreHandle;
use crate::ipc::contract::{PresetParams, PresetView};
use crate::ipc::view;

#[tauri::command]
pub(crate) async fn presets_list(core: State<'_, CoreHandle>) -> Answer<Vec<PresetView>> {
    let presets = core.core().await?.presets().await?;
    Ok(presets.into_iter().map(view::preset).collect())
}

#[tauri::command]
pub(crate) async fn preset_save(
    core: State<'_, CoreHandle>,
    preset: PresetParams,
) -> Answer<PresetView> {
    let core = core.core().await?;
    let kept = core.save_preset(view::preset_draft(preset)).await?;
    Ok(view::preset(kept))
}

#[tauri::command]
pub(crate) async fn preset_delete(core: State<'_, CoreHandle>, preset_id: String) -> Answer<()> {
    Ok(core.core().await?.delete_preset(&preset_id).await?)
}

#[tauri::command]
pub(crate) async fn preset_restore(core: State<'_, CoreHandle>, preset_id: String) -> Answer<()> {
    Ok(core.core().await?.restore_preset(&preset_id).await?)
}
