//! Reading the ledger: receipts and their sums. Dollars and play money have sums of their own.

use std::time::SystemTime;

use money::{Amount, Cost, Label, MicroUsd, PlayMoney};
use rusqlite::{Row, Transaction};

use crate::{Receipt, Store, StoreError, clock, receipt};

/// Which receipts; the default is all that were paid from here. Those of an imported conversation
/// count only where that conversation is asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReceiptFilter<'a> {
    /// Only this account's.
    pub account_key: Option<&'a str>,
    /// Only this conversation's.
    pub conversation_id: Option<&'a str>,
    /// From this instant on.
    pub since: Option<SystemTime>,
    /// Before this instant.
    pub until: Option<SystemTime>,
}

/// What receipts add up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Dollars, labelled as the least known part; `None` where nothing cost dollars.
    pub usd: Option<Cost>,
    /// Play money, likewise.
    pub play: Option<Cost>,
    /// How many answers.
    pub answers: u64,
    /// How many of them have no known cost: the sums leave them out.
    pub unpriced: u64,
}

/// What to add up by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupBy {
    /// The conversation's id.
    Conversation,
    /// The account's key.
    Account,
    /// The model's id.
    Model,
    /// The day in this device's time zone, `2026-11-21`.
    Day,
    /// The month, likewise, `2026-11`.
    Month,
    /// What was paid for: `answer`, `summary`, `title`.
    Purpose,
}

const WHERE: &str = "(?1 IS NULL OR account_key = ?1) AND (?2 IS NULL OR conversation_id = ?2)
  AND (?3 IS NULL OR at >= ?3) AND (?4 IS NULL OR at < ?4)
  AND (imported = 0 OR ?2 IS NOT NULL)";

const SUMS: &str = "sum(cost_micro) FILTER (WHERE cost_kind = 'usd') AS usd_micro,
  max(CASE cost_label WHEN 'reported' THEN 0 WHEN 'computed' THEN 1 ELSE 2 END)
    FILTER (WHERE cost_kind = 'usd') AS usd_label,
  sum(cost_micro) FILTER (WHERE cost_kind = 'play') AS play_micro,
  max(CASE cost_label WHEN 'reported' THEN 0 WHEN 'computed' THEN 1 ELSE 2 END)
    FILTER (WHERE cost_kind = 'play') AS play_label,
  count(*) AS answers, count(*) FILTER (WHERE cost_kind IS NULL) AS unpriced";

impl ReceiptFilter<'_> {
    fn values(&self) -> (Option<&str>, Option<&str>, Option<i64>, Option<i64>) {
        (
            self.account_key,
            self.conversation_id,
            self.since.map(clock::to_ms),
            self.until.map(clock::to_ms),
        )
    }
}

impl Store {
    /// Receipts, latest first.
    ///
    /// # Errors
    /// Those of any read.
    pub fn receipts(&self, filter: &ReceiptFilter) -> Result<Vec<Receipt>, StoreError> {
        let columns = receipt::COLUMNS;
        let sql =
            format!("SELECT {columns}, purpose FROM receipts WHERE {WHERE} ORDER BY seq DESC");
        self.read(|tx| {
            let mut statement = tx.prepare_cached(&sql)?;
            let rows = statement.query_map(filter.values(), receipt::from_row)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// What the receipts add up to.
    ///
    /// # Errors
    /// Those of any read.
    pub fn totals(&self, filter: &ReceiptFilter) -> Result<Totals, StoreError> {
        let sql = format!("SELECT {SUMS} FROM receipts WHERE {WHERE}");
        self.read(|tx| {
            let mut statement = tx.prepare_cached(&sql)?;
            Ok(statement.query_row(filter.values(), totals_from_row)?)
        })
    }

    /// What the receipts add up to by group, groups in ascending order.
    ///
    /// # Errors
    /// Those of any read.
    pub fn totals_by(
        &self,
        group: GroupBy,
        filter: &ReceiptFilter,
    ) -> Result<Vec<(String, Totals)>, StoreError> {
        let group = match group {
            GroupBy::Conversation => "conversation_id",
            GroupBy::Account => "account_key",
            GroupBy::Model => "model_id",
            GroupBy::Purpose => "purpose",
            GroupBy::Day => "strftime('%Y-%m-%d', at / 1000, 'unixepoch', 'localtime')",
            GroupBy::Month => "strftime('%Y-%m', at / 1000, 'unixepoch', 'localtime')",
        };
        let sql = format!(
            "SELECT {SUMS}, {group} AS name FROM receipts WHERE {WHERE} GROUP BY name ORDER BY name"
        );
        self.read(|tx| {
            let mut statement = tx.prepare_cached(&sql)?;
            let rows = statement.query_map(filter.values(), |row| {
                Ok((row.get("name")?, totals_from_row(row)?))
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }
}

/// By the index on conversations alone.
pub(crate) fn totals_of_conversation(
    tx: &Transaction,
    conversation_id: &str,
) -> Result<Totals, StoreError> {
    let sql = format!("SELECT {SUMS} FROM receipts WHERE conversation_id = ?1");
    Ok(tx
        .prepare_cached(&sql)?
        .query_row([conversation_id], totals_from_row)?)
}

fn totals_from_row(row: &Row) -> rusqlite::Result<Totals> {
    let usd = sum(row, "usd_micro", "usd_label", |micro| {
        Amount::Usd(MicroUsd(micro))
    })?;
    let play = sum(row, "play_micro", "play_label", |micro| {
        Amount::Play(PlayMoney(micro))
    })?;
    Ok(Totals {
        usd,
        play,
        answers: row.get::<_, u32>("answers")?.into(),
        unpriced: row.get::<_, u32>("unpriced")?.into(),
    })
}

fn sum(
    row: &Row,
    micro: &str,
    label: &str,
    amount: fn(i64) -> Amount,
) -> rusqlite::Result<Option<Cost>> {
    let (Some(micro), Some(label)) = (row.get(micro)?, row.get::<_, Option<u8>>(label)?) else {
        return Ok(None);
    };
    let label = match label {
        0 => Label::Reported,
        1 => Label::Computed,
        _ => Label::Estimate,
    };
    Ok(Some(Cost {
        amount: amount(micro),
        label,
    }))
}
