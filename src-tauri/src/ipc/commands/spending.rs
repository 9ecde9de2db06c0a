//! What was spent, what a message would cost, and what the provider's books say.

use tauri::State;
use tuppence_core::AccountId;

use super::Answer;
use crate::ipc::CoreHandle;
use crate::ipc::contract::{
    AskedParams, BilledDayView, LedgerFormatView, LossesView, PromptCostView, ReconciliationView,
    SpendingParams, SpendingView,
};
use crate::ipc::view;

/// What the words would cost with what goes along, for each model of the account.
#[tauri::command]
pub(crate) async fn prompt_costs(
    core: State<'_, CoreHandle>,
    account_id: AccountId,
    asked: AskedParams,
) -> Answer<Vec<PromptCostView>> {
    let core = core.core().await?;
    let costs = core.prompt_costs(&account_id, view::asked(asked)).await?;
    Ok(costs.into_iter().map(view::prompt_cost).collect())
}

#[tauri::command]
pub(crate) async fn spending_get(
    core: State<'_, CoreHandle>,
    params: SpendingParams,
) -> Answer<SpendingView> {
    let account = params.account_id.as_deref().map(AccountId::from);
    let group = view::group_by(params.by);
    let spending = core.core().await?.spending(group, account.as_ref()).await?;
    Ok(view::spending(spending))
}

#[tauri::command]
pub(crate) async fn spending_reconcile(
    core: State<'_, CoreHandle>,
    account_id: AccountId,
) -> Answer<Vec<ReconciliationView>> {
    let compared = core.core().await?.reconcile(&account_id, None).await?;
    Ok(compared.into_iter().map(view::reconciliation).collect())
}

/// What the provider billed, day by day; nothing where it does not tell.
#[tauri::command]
pub(crate) async fn spending_billed(
    core: State<'_, CoreHandle>,
    account_id: AccountId,
) -> Answer<Option<Vec<BilledDayView>>> {
    let days = core.core().await?.billed(&account_id).await?;
    Ok(days.map(|days| days.into_iter().map(view::billed_day).collect()))
}

/// What was paid for and never came.
#[tauri::command]
pub(crate) async fn losses_get(
    core: State<'_, CoreHandle>,
    account_id: Option<AccountId>,
) -> Answer<Vec<LossesView>> {
    let losses = core.core().await?.losses(account_id.as_ref()).await?;
    Ok(losses.into_iter().map(view::losses).collect())
}

/// Writes the ledger to the person's downloads and says where.
#[tauri::command]
pub(crate) async fn ledger_save(
    core: State<'_, CoreHandle>,
    format: LedgerFormatView,
    account_id: Option<AccountId>,
) -> Answer<String> {
    let format = view::ledger_format(format);
    let path = core
        .core()
        .await?
        .save_ledger(format, account_id.as_ref())
        .await?;
    Ok(path.display().to_string())
}
