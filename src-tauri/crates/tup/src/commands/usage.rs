use serde_json::{Value, json};
use tuppence_core::{GroupBy, LedgerFormat, Totals, Tuppence};

use crate::account_choice::choose;
use crate::args::{LedgerFile, UsageBy};
use crate::exit::Stop;
use crate::output::Output;

/// Adds up everything that is on this device, or one account's if one is given.
pub(crate) async fn run(
    core: &Tuppence,
    output: &Output,
    account: Option<&str>,
    by: UsageBy,
    export: Option<LedgerFile>,
) -> Result<(), Stop> {
    let account = match account {
        Some(_) => Some(choose(core, account)?.record.id),
        None => None,
    };
    if let Some(file) = export {
        let format = match file {
            LedgerFile::Csv => LedgerFormat::Csv,
            LedgerFile::Json => LedgerFormat::Json,
        };
        output.piece(&core.export_ledger(format, account.as_ref()).await?);
        return Ok(());
    }
    let (group, name) = match by {
        UsageBy::Day => (GroupBy::Day, "day"),
        UsageBy::Month => (GroupBy::Month, "month"),
        UsageBy::Model => (GroupBy::Model, "model"),
        UsageBy::Account => (GroupBy::Account, "account"),
        UsageBy::Conversation => (GroupBy::Conversation, "conversation"),
        UsageBy::Purpose => (GroupBy::Purpose, "purpose"),
    };
    let spending = core.spending(group, account.as_ref()).await?;
    let groups: Vec<Value> = spending
        .groups
        .iter()
        .map(|(group, totals)| {
            let mut row = sums(totals);
            row[name] = json!(group);
            row
        })
        .collect();
    let value = json!({"by": name, "total": sums(&spending.total), "groups": groups});
    output.result(&value, || {
        let line = |group: &str, totals: &Totals| format!("{group:<40} {}", words(totals));
        let mut lines: Vec<String> = spending
            .groups
            .iter()
            .map(|(group, totals)| line(group, totals))
            .collect();
        lines.push(line("total", &spending.total));
        lines.join("\n")
    });
    Ok(())
}

/// Dollars and play money apart; `null` where nothing cost any.
pub(crate) fn sums(totals: &Totals) -> Value {
    json!({
        "usd": totals.usd,
        "play": totals.play,
        "answers": totals.answers,
        "unpriced": totals.unpriced,
    })
}

/// The sums, and how many answers they leave out.
pub(crate) fn words(totals: &Totals) -> String {
    let mut words: Vec<String> = [totals.usd, totals.play]
        .into_iter()
        .flatten()
        .map(|cost| cost.amount.to_string())
        .collect();
    if words.is_empty() {
        words.push("no known cost".to_owned());
    }
    if totals.unpriced > 0 {
        words.push(format!("{} answers without a known cost", totals.unpriced));
    }
    words.join(", ")
}
