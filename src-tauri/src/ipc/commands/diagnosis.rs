//! Looking for what is in the way of a sign-in.

use tauri::State;

use super::Answer;
use crate::ipc::CoreHandle;
use crate::ipc::contract::{DiagnosisView, SignInTraceView};
use crate::ipc::view;

#[tauri::command]
pub(crate) async fn doctor_run(core: State<'_, CoreHandle>) -> Answer<DiagnosisView> {
    Ok(view::diagnosis(core.core().await?.doctor().await))
}

/// The attempt under way, or else the last one.
#[tauri::command]
pub(crate) async fn sign_in_steps(core: State<'_, CoreHandle>) -> Answer<Option<SignInTraceView>> {
    let trace = core.core().await?.last_sign_in_trace();
    Ok(trace.map(view::sign_in_trace))
}
