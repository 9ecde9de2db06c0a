//! How much of a conversation is sent, once it is longer than the model takes.

use tauri::State;
use tuppence_core::{AccountId, Summarised, TurnRequest};

use super::Answer;
use crate::ipc::CoreHandle;
use crate::ipc::contract::{AskedParams, ContextPlanView, ContextRuleName};
use crate::ipc::view;

#[tauri::command]
pub(crate) async fn context_plan(
    core: State<'_, CoreHandle>,
    account_id: AccountId,
    model_id: String,
    asked: AskedParams,
) -> Answer<ContextPlanView> {
    let core = core.core().await?;
    let plan = core.context_plan(&account_id, &model_id, view::asked(asked));
    Ok(view::context_plan(plan.await?))
}

#[tauri::command]
pub(crate) async fn context_choose(
    core: State<'_, CoreHandle>,
    conversation_id: String,
    rule: ContextRuleName,
) -> Answer<()> {
    let rule = view::context_rule(rule);
    Ok(core
        .core()
        .await?
        .choose_context(&conversation_id, rule)
        .await?)
}

/// Done once the summary is there, for which the account has paid, or stopped: then it is false.
#[tauri::command]
pub(crate) async fn context_summarise(
    core: State<'_, CoreHandle>,
    account_id: AccountId,
    model_id: String,
    asked: AskedParams,
) -> Answer<bool> {
    let turn = TurnRequest {
        model_id,
        account: account_id,
    };
    let core = core.core().await?;
    let ended = core.summarise(view::asked(asked), turn).await?;
    Ok(ended == Summarised::Written)
}

#[tauri::command]
pub(crate) async fn context_stop(
    core: State<'_, CoreHandle>,
    conversation_id: String,
) -> Answer<()> {
    core.core().await?.stop_summary(&conversation_id);
    Ok(())
}
