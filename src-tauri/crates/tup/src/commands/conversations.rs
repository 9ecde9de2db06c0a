use serde_json::{Value, json};
use tuppence_core::Tuppence;

use crate::account_choice::choose;
use crate::commands::usage::{sums, words};
use crate::exit::Stop;
use crate::output::{Output, rfc3339};

/// Lists every conversation, or one account's if one is given.
pub(crate) async fn run(
    core: &Tuppence,
    output: &Output,
    account: Option<&str>,
) -> Result<(), Stop> {
    let account = match account {
        Some(_) => Some(choose(core, account)?.record.id),
        None => None,
    };
    let mut rows = core.conversations().await?;
    if let Some(id) = &account {
        rows.retain(|row| row.account_key.as_deref() == Some(id.as_str()));
    }
    let list: Vec<Value> = rows
        .iter()
        .map(|row| {
            json!({
                "conversation": row.id,
                "title": row.title,
                "updated_at": rfc3339(row.updated_at),
                "account": row.account_key,
                "model": row.model_id,
                "cost": sums(&row.totals),
                "streaming": row.streaming,
            })
        })
        .collect();
    output.result(&Value::from(list), || {
        if rows.is_empty() {
            return "There are no conversations yet.".to_owned();
        }
        let lines = rows.iter().map(|row| {
            let day = rfc3339(row.updated_at);
            let day = day.get(..10).unwrap_or_default();
            format!("{}  {day}  {}  ({})", row.id, row.title, words(&row.totals))
        });
        lines.collect::<Vec<_>>().join("\n")
    });
    Ok(())
}
