//! The limits that a person sets.

use tauri::{AppHandle, Runtime, State};
use tuppence_core::Limits;

use super::Answer;
use crate::adapters::raise_question;
use crate::ipc::CoreHandle;
use crate::ipc::contract::{LimitsStateView, LimitsView};
use crate::ipc::view;

#[tauri::command]
pub(crate) async fn limits_get(core: State<'_, CoreHandle>) -> Answer<LimitsStateView> {
    Ok(view::limits_state(core.core().await?.limits_state().await?))
}

/// What raises something is asked about in a dialog of the system's. A person who says no keeps what holds.
#[tauri::command]
pub(crate) async fn limits_set<R: Runtime>(
    app: AppHandle<R>,
    core: State<'_, CoreHandle>,
    limits: LimitsView,
) -> Answer<LimitsStateView> {
    let core = core.core().await?;
    let limits = Limits::from(limits);
    let raises = core.raises(&limits).await?;
    if raises.is_empty() {
        core.set_limits(limits, None).await?;
    } else if let Some(confirmed) = raise_question::ask(&app, &core, &raises).await {
        core.set_limits(limits, Some(confirmed)).await?;
    }
    Ok(view::limits_state(core.limits_state().await?))
}
