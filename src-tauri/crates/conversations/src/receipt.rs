use std::time::SystemTime;

use money::{Amount, Cost, Label, MicroUsd, PlayMoney, Usage};
use rusqlite::{Row, Transaction, named_params};

use crate::{
    Ending, Finished, Message, MoneyKind, StoreError, clock, message::unknown_word,
    reservation::Settled,
};

/// What one answer cost. Written once, when it ended; never changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Receipt {
    /// Its id.
    pub id: String,
    /// When the answer ended.
    pub at: SystemTime,
    /// The conversation, which may be deleted by now.
    pub conversation_id: String,
    /// The answer, likewise.
    pub message_id: String,
    /// The account that paid.
    pub account_key: String,
    /// The model that answered.
    pub model_id: String,
    /// What was paid for: `answer`, `summary`, `title`.
    pub purpose: String,
    /// How the answer ended: `complete`, `stopped`, `cut_off`, `failed`.
    pub outcome: String,
    /// Tokens, where known.
    pub usage: Option<Usage>,
    /// Cost, where known.
    pub cost: Option<Cost>,
    /// The most that it can have cost: what limits count. Receipts from before there were limits have
    /// none.
    pub bound: Option<Amount>,
    /// The prices agreed at the beginning, as the caller gave them.
    pub price_snapshot_json: Option<String>,
    /// The provider's id of the request or response.
    pub request_id: Option<String>,
    /// The provider's id of the invocation.
    pub invocation_id: Option<String>,
}

pub(crate) const COLUMNS: &str = "id, at, conversation_id, message_id, account_key, model_id,
  outcome, input_tokens, cached_tokens, output_tokens, reasoning_tokens, cost_kind, cost_micro,
  cost_label, bound_kind, bound_micro, price_snapshot, request_id, invocation_id";

pub(crate) fn write(
    tx: &Transaction,
    id: &str,
    at: i64,
    message: &Message,
    finished: &Finished,
    settled: &Settled,
) -> Result<(), StoreError> {
    let cost = finished.cost.or(settled.cost);
    let usage = finished.usage.or(settled.usage);
    tx.prepare_cached(&format!(
        "INSERT INTO receipts ({COLUMNS}, purpose) VALUES (:id, :at, :conversation, :message, :account,
           :model, :outcome, :input, :cached, :output, :reasoning, :kind, :micro, :label,
           :bound_kind, :bound_micro, :prices,
           :request, :invocation,
           coalesce((SELECT chore FROM messages WHERE id = :message), 'answer'))"
    ))?
    .execute(named_params! {
        ":id": id,
        ":at": at,
        ":conversation": message.conversation_id,
        ":message": message.id,
        ":account": message.account_key.as_deref().unwrap_or_default(),
        ":model": message.model_id.as_deref().unwrap_or_default(),
        ":outcome": Ending::name(&finished.ending),
        ":input": usage.map(|usage| tokens(usage.input)),
        ":cached": usage.map(|usage| tokens(usage.cached)),
        ":output": usage.map(|usage| tokens(usage.output)),
        ":reasoning": usage.map(|usage| tokens(usage.reasoning)),
        ":kind": cost.map(|cost| MoneyKind::of(cost.amount).name()),
        ":micro": cost.map(|cost| cost.amount.micro()),
        ":label": cost.map(|cost| label_name(cost.label)),
        ":bound_kind": settled.bound.map(|bound| MoneyKind::of(bound).name()),
        ":bound_micro": settled.bound.map(Amount::micro),
        ":prices": message.price_snapshot_json,
        ":request": finished.request_id,
        ":invocation": finished.invocation_id,
    })?;
    Ok(())
}

/// SQLite's integers are signed; no answer has that many tokens.
pub(crate) fn tokens(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

pub(crate) fn label_name(label: Label) -> &'static str {
    match label {
        Label::Reported => "reported",
        Label::Computed => "computed",
        Label::Estimate => "estimate",
    }
}

pub(crate) fn label_of(name: &str) -> Label {
    match name {
        "reported" => Label::Reported,
        "computed" => Label::Computed,
        _ => Label::Estimate,
    }
}

pub(crate) fn from_row(row: &Row) -> rusqlite::Result<Receipt> {
    Ok(Receipt {
        id: row.get("id")?,
        at: clock::from_ms(row.get("at")?),
        conversation_id: row.get("conversation_id")?,
        message_id: row.get("message_id")?,
        account_key: row.get("account_key")?,
        model_id: row.get("model_id")?,
        purpose: row.get("purpose")?,
        outcome: row.get("outcome")?,
        usage: usage_from_row(row)?,
        cost: cost_from_row(row)?,
        bound: bound_from_row(row)?,
        price_snapshot_json: row.get("price_snapshot")?,
        request_id: row.get("request_id")?,
        invocation_id: row.get("invocation_id")?,
    })
}

pub(crate) fn usage_from_row(row: &Row) -> rusqlite::Result<Option<Usage>> {
    let count = |column| {
        let count: Option<i64> = row.get(column)?;
        Ok::<_, rusqlite::Error>(count.map(|count| u64::try_from(count).unwrap_or_default()))
    };
    let (Some(input), Some(output)) = (count("input_tokens")?, count("output_tokens")?) else {
        return Ok(None);
    };
    Ok(Some(Usage {
        input,
        cached: count("cached_tokens")?.unwrap_or_default(),
        output,
        reasoning: count("reasoning_tokens")?.unwrap_or_default(),
    }))
}

fn bound_from_row(row: &Row) -> rusqlite::Result<Option<Amount>> {
    let kind: Option<String> = row.get("bound_kind")?;
    let micro: Option<i64> = row.get("bound_micro")?;
    Ok(kind.zip(micro).map(|(kind, micro)| match kind.as_str() {
        "play" => Amount::Play(PlayMoney(micro)),
        _ => Amount::Usd(MicroUsd(micro)),
    }))
}

pub(crate) fn cost_from_row(row: &Row) -> rusqlite::Result<Option<Cost>> {
    let kind: Option<String> = row.get("cost_kind")?;
    let micro: Option<i64> = row.get("cost_micro")?;
    let label: Option<String> = row.get("cost_label")?;
    let (Some(kind), Some(micro), Some(label)) = (kind, micro, label) else {
        return Ok(None);
    };
    let amount = match kind.as_str() {
        "usd" => Amount::Usd(MicroUsd(micro)),
        "play" => Amount::Play(PlayMoney(micro)),
        _ => return Err(unknown_word(11)),
    };
    let label = match label.as_str() {
        "reported" => Label::Reported,
        "computed" => Label::Computed,
        "estimate" => Label::Estimate,
        _ => return Err(unknown_word(13)),
    };
    Ok(Some(Cost { amount, label }))
}
