//! The ledger as a file: every receipt, for a spreadsheet or a script.

use conversations::{Receipt, ReceiptFilter};
use money::{Amount, Label};
use serde_json::json;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::Tuppence;
use crate::account::AccountId;
use crate::failure::Failure;

/// What the file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LedgerFormat {
    /// Comma-separated values (RFC 4180), a header first.
    Csv,
    /// One JSON object, `{"receipts": [...]}`.
    Json,
}

const COLUMNS: &[&str] = &[
    "time",
    "outcome",
    "provider",
    "account",
    "model",
    "input_tokens",
    "cached_tokens",
    "output_tokens",
    "reasoning_tokens",
    "micro_usd",
    "play_micro",
    "label",
    "request_id",
    "invocation_id",
    "conversation",
    "message",
    "receipt",
    "purpose",
];

impl Tuppence {
    /// The ledger as a file, oldest receipt first, of all accounts or of one. Dollars and play money
    /// stand in columns of their own.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn export_ledger(
        &self,
        format: LedgerFormat,
        account: Option<&AccountId>,
    ) -> Result<String, Failure> {
        let id = account.cloned();
        let mut receipts = self
            .with_store(move |store| {
                store.receipts(&ReceiptFilter {
                    account_key: id.as_ref().map(AccountId::as_str),
                    ..ReceiptFilter::default()
                })
            })
            .await?;
        receipts.reverse();
        let providers: std::collections::HashMap<_, _> = self
            .accounts()
            .into_iter()
            .map(|it| (it.record.id.to_string(), it.record.provider_name))
            .collect();
        let rows = receipts.iter().map(|receipt| {
            let provider = providers
                .get(&receipt.account_key)
                .map_or("", String::as_str);
            (receipt, provider)
        });
        Ok(match format {
            LedgerFormat::Csv => csv(rows),
            LedgerFormat::Json => json_text(rows),
        })
    }
}

fn csv<'a>(rows: impl Iterator<Item = (&'a Receipt, &'a str)>) -> String {
    let mut text = COLUMNS.join(",");
    text.push_str("\r\n");
    for (receipt, provider) in rows {
        let tokens = |count: fn(&money::Usage) -> u64| {
            receipt
                .usage
                .as_ref()
                .map_or_else(String::new, |usage| count(usage).to_string())
        };
        let (usd, play) = amounts(receipt);
        let number = |amount: Option<i64>| amount.map_or_else(String::new, |it| it.to_string());
        let fields = [
            at(receipt),
            receipt.outcome.clone(),
            provider.to_owned(),
            receipt.account_key.clone(),
            receipt.model_id.clone(),
            tokens(|usage| usage.input),
            tokens(|usage| usage.cached),
            tokens(|usage| usage.output),
            tokens(|usage| usage.reasoning),
            number(usd),
            number(play),
            receipt
                .cost
                .map_or_else(String::new, |cost| label(cost.label).to_owned()),
            receipt.request_id.clone().unwrap_or_default(),
            receipt.invocation_id.clone().unwrap_or_default(),
            receipt.conversation_id.clone(),
            receipt.message_id.clone(),
            receipt.id.clone(),
            receipt.purpose.clone(),
        ];
        let fields: Vec<String> = fields.iter().map(|field| quoted(field)).collect();
        text.push_str(&fields.join(","));
        text.push_str("\r\n");
    }
    text
}

/// Quoted where RFC 4180 asks for it. What a spreadsheet would take for a formula is kept text by an
/// apostrophe; amounts are the only fields that may begin with a minus.
fn quoted(field: &str) -> String {
    let is_number = field.parse::<i64>().is_ok();
    let formula = field.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number;
    let field = if formula {
        format!("'{field}")
    } else {
        field.to_owned()
    };
    if field.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field
    }
}

fn json_text<'a>(rows: impl Iterator<Item = (&'a Receipt, &'a str)>) -> String {
    let receipts: Vec<_> = rows
        .map(|(receipt, provider)| {
            json!({
                "time": at(receipt),
                "outcome": receipt.outcome,
                "provider": provider,
                "account": receipt.account_key,
                "model": receipt.model_id,
                "usage": receipt.usage,
                "cost": receipt.cost,
                "prices_per_million": receipt.price_snapshot_json.as_deref()
                    .and_then(|json| serde_json::from_str::<serde_json::Value>(json).ok()),
                "request_id": receipt.request_id,
                "invocation_id": receipt.invocation_id,
                "conversation": receipt.conversation_id,
                "message": receipt.message_id,
                "receipt": receipt.id,
                "purpose": receipt.purpose,
            })
        })
        .collect();
    let mut text = format!("{:#}", json!({ "receipts": receipts }));
    text.push('\n');
    text
}

fn amounts(receipt: &Receipt) -> (Option<i64>, Option<i64>) {
    match receipt.cost.map(|cost| cost.amount) {
        Some(Amount::Usd(amount)) => (Some(amount.0), None),
        Some(Amount::Play(amount)) => (None, Some(amount.0)),
        None => (None, None),
    }
}

fn at(receipt: &Receipt) -> String {
    OffsetDateTime::from(receipt.at)
        .format(&Rfc3339)
        .unwrap_or_default()
}

fn label(label: Label) -> &'static str {
    match label {
        Label::Reported => "reported",
        Label::Computed => "computed",
        Label::Estimate => "estimate",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_that_a_spreadsheet_would_run_is_kept_text() {
        assert_eq!(
            quoted("=HYPERLINK(\"http://a\")"),
            "\"'=HYPERLINK(\"\"http://a\"\")\""
        );
        assert_eq!(quoted("-5"), "-5");
        assert_eq!(quoted("a,b"), "\"a,b\"");
        assert_eq!(quoted("plain/model-1"), "plain/model-1");
    }
}
